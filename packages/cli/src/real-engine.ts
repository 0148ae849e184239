/** The engine of @scrimp/analysis with every rule of @scrimp/rules. */
import { checkerOracle, createSession, syntaxOracle } from '@scrimp/analysis';
import { rules } from '@scrimp/rules';
import { rulePage } from './rule-pages.js';
import type { AnalysisEngine } from './engine.js';

export const realEngine: AnalysisEngine = {
  createSession,
  checkerOracle,
  syntaxOracle,
  rules,
  rulePage,
};
