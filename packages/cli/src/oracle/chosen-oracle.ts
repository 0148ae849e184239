/** `--oracle`: who is asked for types. The default is the checker of TypeScript in this process, which nothing here concerns. */
import { findNativeTypescript } from './native-typescript.js';
import type { TypeOracle } from '@scrimp/analysis';
import type { AnalysisEngine } from '../engine.js';
import type { ProjectGroup } from '../project/project-plan.js';

export const oracleNames = ['checker', 'native', 'none'] as const;
export type OracleName = (typeof oracleNames)[number];

export interface ChosenOracle {
  /** Undefined for the default. */
  readonly oracleOf: ((group: ProjectGroup) => TypeOracle) | undefined;
  /** To be called when the audit is done: what the user must know of it, or null. */
  readonly close: () => string | null;
}

/** `folder` is where the audit was asked for; a native TypeScript is looked for from there. */
export async function openOracle(name: OracleName, folder: string, engine: Pick<AnalysisEngine, 'syntaxOracle'>, find: typeof findNativeTypescript = findNativeTypescript): Promise<ChosenOracle | { readonly problem: string }> {
  if (name === 'checker') return { oracleOf: undefined, close: () => null };
  if (name === 'none') {
    const { ts } = await import('../typescript.js');
    return { oracleOf: () => engine.syntaxOracle(ts), close: () => null };
  }
  const native = await find(folder);
  if (native === null) return { problem: '--oracle native needs TypeScript 7, which is not installed here; install it with `npm install --save-dev typescript-7@npm:typescript@7`' };
  const { openNativeChecker } = await import('./native-oracle.js');
  let checker;
  try {
    checker = openNativeChecker(native, folder);
  } catch (error) {
    // Its program for this platform is a package of its own, which may be missing.
    return { problem: `TypeScript ${native.version} does not start: ${error instanceof Error ? error.message : String(error)}` };
  }
  return {
    oracleOf: (group) => checker.oracleOf(group),
    close() {
      checker.close();
      const failures = checker.failures();
      return failures === 0 ? null : `TypeScript ${native.version} failed on ${String(failures)} questions; their types count as not known`;
    },
  };
}
