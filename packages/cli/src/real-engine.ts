/** The engine of @scrimp/analysis with every rule of @scrimp/rules. */
import { checkerOracle, createSession } from '@scrimp/analysis';
import { rules } from '@scrimp/rules';
import { rulePage } from './rule-pages.js';
import type { AnalysisEngine } from './engine.js';
import type { ts } from 'ts-morph';

type EngineProgram = Parameters<typeof checkerOracle>[1];

export const realEngine: AnalysisEngine = {
  createSession,
  checkerOracle: (typescript, program) => checkerOracle(typescript, foreignProgram(program)),
  rules,
  rulePage,
};

/** ts-morph's program as the engine takes it: the same shape, with the numbers of the TypeScript that is passed beside it. */
function foreignProgram(program: ts.Program): EngineProgram {
  const foreign: unknown = program;
  return foreign as EngineProgram;
}
