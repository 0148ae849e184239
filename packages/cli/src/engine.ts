/** The engine as this package uses it, behind one seam: tests put hand-written findings behind it. */
import type { Rule, Session, SessionOptions, TypeOracle } from '@scrimp/analysis';
import type * as typescript from 'typescript';

export interface AnalysisEngine {
  readonly createSession: (options: SessionOptions) => Session;
  /** The oracle that asks the checker of `program`; `typescript` is the copy that made it. */
  readonly checkerOracle: (typescript: SessionOptions['typescript'], program: typescript.Program) => TypeOracle;
  /** The oracle that knows only what annotations say. */
  readonly syntaxOracle: (typescript: SessionOptions['typescript']) => TypeOracle;
  readonly rules: readonly Rule[];
  /** Markdown of a rule's page, or null when there is none at hand. */
  readonly rulePage: (id: string) => string | null;
}

/** The real engine with every rule. Loaded when a command needs it. */
export async function loadEngine(): Promise<AnalysisEngine> {
  return (await import('./real-engine.js')).realEngine;
}
