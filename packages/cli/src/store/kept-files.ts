/**
 * What an audit keeps of its files for the next one: what each was lowered to, and what tells whether that still stands.
 * Here is the data and its text; which files stand is decided in `standing-files.ts`.
 */
import { parseModule, printModule, type LoweredFile } from '@scrimp/analysis';
import { parseJson } from './stored-audit.js';
import { isRecord, listOf, nullable, number, recordOf, text, type Shape } from './shape.js';

/** Files of one program. */
export interface KeptGroup {
  /** Of options and names of files: a group with another identity has other types. */
  readonly identity: string;
  readonly files: readonly KeptFile[];
}

export interface KeptFile extends KeptFacts {
  /** Why the file was left out, which its text alone decides; null for one that was lowered. */
  readonly leftOut: string | null;
  /** Not to be asked of a file that was left out. */
  readonly module: () => LoweredFile['module'];
}

export interface KeptFacts {
  /** Absolute, as the program knows it. */
  readonly path: string;
  /** Hash of the text. */
  readonly text: string;
  /** Hash of what types of other files can depend on; null when that cannot be told. */
  readonly declarations: string | null;
  /** Whether it declares something for files that do not import it. */
  readonly declaresForAll: boolean;
  /** `ts.ResolutionMode`. */
  readonly format: number | null;
  /** The module as text, where it was read as one. */
  readonly printed?: string;
}

/** The facts of all files first, then one text for each module. */
export function printGroups(groups: readonly KeptGroup[]): readonly string[] {
  const modules: string[] = [];
  const facts = groups.map(({ identity, files }) => ({
    identity,
    files: files.map(({ module, printed, ...rest }) => ({ ...rest, module: rest.leftOut === null ? modules.push(printed ?? printModule(module())) - 1 : null })),
  }));
  return [JSON.stringify(facts), ...modules];
}

/** Null for texts that are no groups. A module is parsed when it is asked for, and may throw then. */
export function parseGroups(parts: readonly string[]): readonly KeptGroup[] | null {
  const [facts = '', ...modules] = parts;
  const value = parseJson(facts);
  if (!isGroupList(value)) return null;
  return value.map(({ identity, files }) => ({
    identity,
    files: files.map(({ module, ...rest }) => {
      const printed = module === null ? undefined : modules[module];
      return {
        ...rest,
        ...(printed === undefined ? {} : { printed }),
        module: () => {
          if (printed === undefined) throw new Error(`nothing was kept of ${rest.path}`);
          return parseModule(printed);
        },
      };
    }),
  }));
}

interface StoredGroup {
  readonly identity: string;
  readonly files: readonly (KeptFacts & { readonly leftOut: string | null; readonly module: number | null })[];
}

const truth: Shape = (value) => typeof value === 'boolean';
const groupList = listOf(recordOf({
  identity: text,
  files: listOf(recordOf({ path: text, text, declarations: nullable(text), declaresForAll: truth, format: nullable(number), leftOut: nullable(text), module: nullable(number) })),
}));

function isGroupList(value: unknown): value is readonly StoredGroup[] {
  return Array.isArray(value) && value.every(isRecord) && groupList(value);
}
