/**
 * Functions that a call is given to run. A function of the program that calls its parameter is analyzed again for the very function that it is given,
 * where that is in sight. Elsewhere, what a callback in sight does is in its summary: one that changes and keeps nothing, and gives nothing back that could be
 * bytes, leaves everything as it is whoever calls it with whatever; any other may do anything with what the call sees.
 */
import { type CalleeEffects, type CallOperands, valuesAt } from './call-effects.js';
import type { CallTarget, FlowContext } from './context.js';
import type { ObjectId } from './object.js';
import type { PointsTo } from './points-to.js';

/** Whether the call may run code that it is given, other than functions in sight that only look at things. */
export function mayCallBack(candidate: CalleeEffects, operands: CallOperands, values: PointsTo, context: FlowContext): boolean {
  return candidate.calls.some((path) => {
    const found = valuesAt(operands, path);
    // `labels.join('.')` runs nothing of a list that only ever got texts.
    if (found.inside.length > 0) return values.at(operands, path).length > 0;
    return found.values.some((value) => {
      // Numbers, texts and missing arguments have no code of their own: `BigInt(sequence)` runs nothing.
      const known = values.knowledge(value);
      if (known.complete && known.classes.length === 0) return false;
      const given = values.of(value);
      return given.length === 0 || !given.every((one) => isQuiet(one, values, context));
    });
  });
}

/** The effects with the functions that the call is given in the place of the parameters that the callee calls; as they are where one is not in sight. */
export function withGivenFunctions(candidate: CalleeEffects, operands: CallOperands, values: PointsTo, context: FlowContext): CalleeEffects {
  if (candidate.row !== null || candidate.calls.length === 0 || operands.uncertainFrom !== null) return candidate;
  const given = new Map<number, CallTarget>();
  for (const path of candidate.calls) {
    const value = typeof path === 'number' ? operands.arguments[path] : undefined;
    const [only, ...more] = value === undefined ? [] : values.of(value);
    const target = only === undefined || more.length > 0 || typeof path !== 'number' ? null : targetOf(only, values, context);
    if (target === null || typeof path !== 'number') return candidate;
    given.set(path, target);
  }
  return context.callGiven(candidate, given) ?? candidate;
}

function isQuiet(one: ObjectId, values: PointsTo, context: FlowContext): boolean {
  const target = targetOf(one, values, context);
  const called = target === null ? null : context.callProgram(target, 'call');
  return called !== null && called.every((effects) => changesNothing(effects));
}

function targetOf(one: ObjectId, values: PointsTo, context: FlowContext): CallTarget | null {
  const { source } = values.objects[one]!;
  switch (source.kind) {
    case 'closure': return { kind: 'closure', function: source.function };
    case 'captured': return { kind: 'captured', variable: source.variable, members: [] };
    case 'import': return { kind: 'import', specifier: source.specifier, path: source.path };
    case 'parameter': return context.given.get(source.index) ?? null;
    default: return null;
  }
}

function changesNothing(effects: CalleeEffects): boolean {
  const { writes, retains, readsLater, writesLater, calls, unseen, assigns, detaches, reshapes, definesAccessors, observesClass } = effects;
  return [observesClass, writes, retains, readsLater, writesLater, calls, unseen, assigns, detaches, reshapes, definesAccessors].every((paths) => paths.length === 0)
    && !effects.assignsOutside && !effects.converts && effects.declared === null && effects.outside !== 'writes'
    && (effects.result.kind === 'scalar' || effects.result.kind === 'string');
}
