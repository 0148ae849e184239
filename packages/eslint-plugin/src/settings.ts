/** Reads `settings.scrimp` of the user's ESLint config, which nothing has checked before. */
import type { TargetRuntime } from '@scrimp/analysis';
import { targetRuntimes } from './target-runtime.js';

export interface ScrimpSettings {
  /** Null: taken from `engines.node`. */
  readonly target: TargetRuntime | null;
  /** Qualified names of functions that are hot besides `@hot`: `Session.encrypt`. */
  readonly hotFunctions: readonly string[];
}

const defaultSettings: ScrimpSettings = { target: null, hotFunctions: [] };
const knownSettings = ['target', 'hotFunctions'];

export function readSettings(written: unknown): { readonly settings: ScrimpSettings; readonly problem: string | null } {
  if (written === undefined || written === null) return { settings: defaultSettings, problem: null };
  if (typeof written !== 'object' || Array.isArray(written)) return wrong('settings.scrimp must be an object such as { target: "node20" }');
  const unknown = Object.keys(written).find((name) => !knownSettings.includes(name));
  if (unknown !== undefined) return wrong(`settings.scrimp does not know ${unknown}; it knows ${knownSettings.join(' and ')}`);
  const { target = null, hotFunctions = [] } = written as { readonly target?: unknown; readonly hotFunctions?: unknown };
  const known = targetRuntimes.find((one) => one === target) ?? null;
  if (target !== null && known === null) return wrong(`settings.scrimp.target must be one of ${targetRuntimes.join(', ')}, not ${JSON.stringify(target)}`);
  if (!Array.isArray(hotFunctions) || !hotFunctions.every((name) => typeof name === 'string')) {
    return wrong('settings.scrimp.hotFunctions must be a list of function names such as "Session.encrypt"');
  }
  return { settings: { target: known, hotFunctions }, problem: null };
}

function wrong(problem: string): { readonly settings: ScrimpSettings; readonly problem: string } {
  return { settings: defaultSettings, problem };
}
