/** The analysis of one function, assembled: what `link` summarizes and `detect` asks. Each part is described in its own file. */
import type { FunctionIr } from '../ir/function.js';
import type { Literal, ValueId } from '../ir/instruction.js';
import { buildCfg, type Cfg } from './cfg.js';
import { constantOf } from './constant.js';
import type { FlowContext } from './context.js';
import { computeDominators, type Dominators } from './dominators.js';
import { computeEscapes, type Escapes } from './escape.js';
import { computeEffects, type EffectTable } from './instruction-effects.js';
import { findLoops, type LoopNest } from './loops.js';
import { type PointsTo, solvePointsTo } from './points-to.js';
import { computeReaching, type ReachingDefinitions } from './reaching.js';
import { type Tracking, trackValue } from './track.js';

export interface FunctionFlow {
  readonly function: FunctionIr;
  readonly context: FlowContext;
  readonly cfg: Cfg;
  readonly reaching: ReachingDefinitions;
  readonly values: PointsTo;
  readonly effects: EffectTable;
  readonly escapes: Escapes;
  /** Computed on first use. */
  dominators(): Dominators;
  loops(): LoopNest;
  track(origin: ValueId): Tracking;
  constant(value: ValueId): Literal | null;
}

export function analyzeFunction(fn: FunctionIr, context: FlowContext): FunctionFlow {
  const cfg = buildCfg(fn);
  const reaching = computeReaching(cfg);
  const values = solvePointsTo(cfg, reaching, context);
  const effects = computeEffects(cfg, values, context);
  const escapes = computeEscapes(cfg, values, effects);
  let dominators: Dominators | null = null;
  let loops: LoopNest | null = null;
  const tracked = new Map<ValueId, Tracking>();
  return {
    function: fn, context, cfg, reaching, values, effects, escapes,
    dominators: () => (dominators ??= computeDominators(cfg)),
    loops: () => (loops ??= findLoops(cfg)),
    track(origin) {
      const known = tracked.get(origin) ?? trackValue(origin, cfg, values);
      tracked.set(origin, known);
      return known;
    },
    constant: (value) => constantOf(value, cfg, reaching, context),
  };
}
