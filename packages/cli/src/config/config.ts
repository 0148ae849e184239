/**
 * What `scrimp.config.*` may say, and its validation: every key has a reader that gives the value or one sentence on what is wrong.
 * Adding a key is adding a field and a reader. Where the file is and how it is loaded is `load-config.ts`.
 */
import { didYouMean } from '../suggestion.js';
import { targets } from '../project/targets.js';
import type { ModelFamily, readUserRows, TargetRuntime } from '@scrimp/analysis';

export interface ScrimpConfig {
  /** Runtime for costs and advice; null: taken from `engines.node`, else the running Node. */
  readonly target: TargetRuntime | null;
  /** Patterns of functions that run per message: `Session.encrypt`, `Codec.*`, `src/wire/*.ts#*`. */
  readonly hot: readonly string[];
  /** Patterns of functions that run rarely. */
  readonly cold: readonly string[];
  /** What packages do that scrimp does not know, from rows as `UserRow` has them; null: nothing. */
  readonly model: ModelFamily | null;
}

/** Reads the rows of `model`. Of the engine, which is loaded only when a config has some. */
export type RowReader = typeof readUserRows;

export const defaultConfig: ScrimpConfig = { target: null, hot: [], cold: [], model: null };

/** The value, or what is wrong with it, to stand behind the name of the key: `must be a list of …`. */
type Reading<Value> = { readonly value: Value } | { readonly problem: string };

const readers: { readonly [Key in keyof ScrimpConfig]: (written: unknown, readRows: RowReader) => Reading<ScrimpConfig[Key]> } = {
  target(written) {
    const target = targets.find((one) => one === written);
    return target === undefined ? { problem: `must be one of ${targets.join(', ')}, not ${shown(written)}` } : { value: target };
  },
  hot: readPatterns,
  cold: readPatterns,
  model(written, readRows) {
    const { model, problems: [problem] } = readRows(written, didYouMean);
    return problem === undefined ? { value: model } : { problem };
  },
};

const keys = Object.keys(readers) as readonly (keyof ScrimpConfig)[];

/** The config with defaults for what it leaves out, and one sentence per problem; a key with a problem has its default. */
export function readConfig(written: unknown, readRows: RowReader): { readonly config: ScrimpConfig; readonly problems: readonly string[] } {
  if (typeof written !== 'object' || written === null || Array.isArray(written)) return { config: defaultConfig, problems: [`must be an object such as { hot: ["Session.*"] }, not ${shown(written)}`] };
  const problems = Object.keys(written).filter((key) => !keys.some((known) => known === key)).map((key) => `does not know ${key}${didYouMean(key, keys)}; it knows ${keys.join(', ')}`);
  let config = defaultConfig;
  for (const key of keys) {
    const value: unknown = (written as Readonly<Record<string, unknown>>)[key];
    if (value === undefined) continue;
    const reading = readers[key](value, readRows);
    if ('problem' in reading) problems.push(`${key}${reading.problem.startsWith('[') ? '' : ' '}${reading.problem}`);
    else config = { ...config, [key]: reading.value };
  }
  return { config, problems };
}

function readPatterns(written: unknown): Reading<readonly string[]> {
  if (!Array.isArray(written)) return { problem: `must be a list of patterns such as ["Session.*", "src/wire/*.ts#*"], not ${shown(written)}` };
  const wrong: unknown = written.find((one) => typeof one !== 'string' || one.trim() === '');
  return wrong === undefined ? { value: written as string[] } : { problem: `has an entry that names no function: ${shown(wrong)}` };
}

function shown(written: unknown): string {
  const text = jsonOf(written) ?? typeof written;
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** Null for what is no JSON: a function, a bigint, an object that holds itself. */
function jsonOf(written: unknown): string | null {
  if (['undefined', 'function', 'symbol'].includes(typeof written)) return null;
  try {
    return JSON.stringify(written);
  } catch {
    return null;
  }
}
