/** The engine as this package uses it, behind one seam: tests put hand-written findings behind it. */
import type { Rule, Session, SessionOptions } from '@scrimp/analysis';
import type { ts } from 'ts-morph';

export interface AnalysisEngine {
  readonly createSession: (options: SessionOptions) => Session;
  /** The oracle that asks the checker of `program`; `typescript` is the copy that made it. */
  readonly checkerOracle: (typescript: SessionOptions['typescript'], program: ts.Program) => SessionOptions['oracle'];
  readonly rules: readonly Rule[];
}

/** The real engine with every rule. Loaded when a command needs it. */
export async function loadEngine(): Promise<AnalysisEngine> {
  const engine: object = { ...(await import('@scrimp/analysis')), ...(await import('@scrimp/rules')) };
  if (!isEngine(engine)) throw new Error('the engine is not built: @scrimp/analysis must export createSession and checkerOracle, @scrimp/rules must export rules');
  return engine;
}

function isEngine(module: object): module is AnalysisEngine {
  return 'createSession' in module && 'checkerOracle' in module && 'rules' in module;
}
