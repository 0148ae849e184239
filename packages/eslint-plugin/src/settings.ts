/** Reads `settings.scrimp` of the user's ESLint config, which nothing has checked before. */
import { readUserRows, type ModelFamily, type ReadUserRows, type TargetRuntime } from '@scrimp/analysis';
import { targetRuntimes } from './target-runtime.js';

export interface ScrimpSettings {
  /** Null: taken from `engines.node`. */
  readonly target: TargetRuntime | null;
  /** Qualified names of functions that are hot besides `@hot`: `Session.encrypt`. */
  readonly hotFunctions: readonly string[];
  /** What packages do that scrimp does not know, from rows as `UserRow` of @scrimp/analysis has them. */
  readonly model: ModelFamily | null;
}

const defaultSettings: ScrimpSettings = { target: null, hotFunctions: [], model: null };
const knownSettings = ['target', 'hotFunctions', 'model'];

export function readSettings(written: unknown): { readonly settings: ScrimpSettings; readonly problem: string | null } {
  if (written === undefined || written === null) return { settings: defaultSettings, problem: null };
  if (typeof written !== 'object' || Array.isArray(written)) return wrong('settings.scrimp must be an object such as { target: "node20" }');
  const unknown = Object.keys(written).find((name) => !knownSettings.includes(name));
  if (unknown !== undefined) return wrong(`settings.scrimp does not know ${unknown}; it knows ${knownSettings.join(', ')}`);
  const { target = null, hotFunctions = [], model = [] } = written as { readonly target?: unknown; readonly hotFunctions?: unknown; readonly model?: unknown };
  const known = targetRuntimes.find((one) => one === target) ?? null;
  if (target !== null && known === null) return wrong(`settings.scrimp.target must be one of ${targetRuntimes.join(', ')}, not ${JSON.stringify(target)}`);
  if (!Array.isArray(hotFunctions) || !hotFunctions.every((name) => typeof name === 'string')) {
    return wrong('settings.scrimp.hotFunctions must be a list of function names such as "Session.encrypt"');
  }
  const rows = readRows(model);
  const [problem] = rows.problems;
  if (problem !== undefined) return wrong(`settings.scrimp.model${problem.startsWith('[') ? '' : ' '}${problem}`);
  return { settings: { target: known, hotFunctions, model: rows.model }, problem: null };
}

let lastRead: { readonly written: unknown; readonly rows: ReadUserRows } | null = null;

/** ESLint hands over the same settings with every file. */
function readRows(written: unknown): ReadUserRows {
  if (lastRead !== null && lastRead.written === written) return lastRead.rows;
  const rows = readUserRows(written, () => '');
  lastRead = { written, rows };
  return rows;
}

function wrong(problem: string): { readonly settings: ScrimpSettings; readonly problem: string } {
  return { settings: defaultSettings, problem };
}
