/**
 * The arguments of `pnpm model:verify`.
 */
import { parseArgs } from 'node:util';

export interface ModelVerifyRequest {
  /** The majors to run on, each in a process of its own; null for the Node that runs this. */
  readonly majors: readonly number[] | null;
  /** Try wrong rows, which must all be noticed: besides the rows on the majors, instead of them on this Node. */
  readonly falsify: boolean;
  /** List each row that is not executed with its reason. */
  readonly reasons: boolean;
}

/** The majors that scrimp promises to know. */
const supported = [20, 24, 26];

const usage = 'usage: pnpm model:verify [--node 20,24,26 | --this-node] [--falsify] [--reasons]';

/** Gives one sentence with the usage for anything it does not know. */
export function readCommandLine(args: readonly string[]): { readonly request?: ModelVerifyRequest; readonly problems: readonly string[] } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { node: { type: 'string' }, 'this-node': { type: 'boolean' }, falsify: { type: 'boolean' }, reasons: { type: 'boolean' } },
    });
    if (values.node !== undefined && values['this-node'] === true) return { problems: [`--node and --this-node exclude each other; ${usage}`] };
    const texts = values.node?.split(',') ?? supported.map(String);
    const wrong = texts.find((text) => !/^\d+$/.test(text) || Number(text) < 20);
    if (wrong !== undefined) return { problems: [`--node ${JSON.stringify(wrong)} is not a Node major from 20 on; ${usage}`] };
    const majors = values['this-node'] === true ? null : [...new Set(texts.map(Number))];
    return { request: { majors, falsify: values.falsify === true, reasons: values.reasons === true }, problems: [] };
  } catch (error) {
    return { problems: [`${error instanceof Error ? error.message : String(error)}; ${usage}`] };
  }
}
