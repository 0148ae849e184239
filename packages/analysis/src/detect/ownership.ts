/**
 * What annotations say of bytes that cross a call: `@borrows` (the callee neither writes nor keeps them) and `@takesOwnership` (the caller does not touch them afterwards).
 * They answer for code out of sight, as assumptions; what the evidence shows stands against them. `claims` finds functions and callers that are seen to break them.
 */
import { parametersWith } from '../ir/annotation.js';
import type { ValueId } from '../ir/instruction.js';
import type { Effect } from '../flow/instruction-effects.js';
import { instructionDominates } from '../flow/dominators.js';
import type { FunctionFlow } from '../flow/function-flow.js';
import { isForeign, type ObjectId } from '../flow/object.js';
import { elementsKey } from '../flow/points-to.js';
import type { FunctionQuery } from './query.js';

/** Names of the callees that promise to borrow the objects, where the instruction is a call that gets them only as borrowed arguments; null when it is no such call. */
export function borrowersAt(flow: FunctionFlow, instruction: ValueId, objects: readonly ObjectId[]): string | null {
  const call = flow.values.calls.get(instruction);
  if (call === undefined || !call.complete || call.candidates.length === 0 || call.operands.uncertainFrom !== null) return null;
  const shows = (value: ValueId): boolean => flow.values.of(value).some((one) => sharesStore(flow, one, objects));
  const positions = call.operands.arguments.flatMap((value, index) => (shows(value) ? [index] : []));
  if (positions.length === 0 || (call.operands.receiver !== null && shows(call.operands.receiver))) return null;
  return call.candidates.every((one) => positions.every((index) => one.borrows.includes(index))) ? call.candidates.map((one) => one.name).join(' and ') : null;
}

/** Whether all of the objects are parameters that the function owns by `@takesOwnership`, and has given to nobody. */
export function areOwned(flow: FunctionFlow, objects: readonly ObjectId[]): boolean {
  const owned = parametersWith(flow.function, 'takesOwnership');
  if (owned.length === 0 || objects.length === 0) return false;
  return objects.flatMap((one) => [one, ...flow.values.objects[one]!.stores]).every((one) => {
    const { source } = flow.values.objects[one]!;
    return source.kind === 'parameter' && owned.includes(source.index) && flow.escapes.leakOf(one) === null;
  });
}

/** A promise and the place that breaks it. */
export interface BrokenClaim {
  readonly kind: 'borrowWritten' | 'borrowKept' | 'usedAfterHandover';
  readonly at: ValueId;
  /** What is promised of which parameter, and by whom: `read borrows frame`. */
  readonly promise: string;
  /** What does it: `an assignment`, `Map.prototype.set`. */
  readonly by: string;
  /** False when it happens in a function of the program, under conditions that this call need not meet. */
  readonly isCertain: boolean;
}

/** What the function is seen to do against the promises that it makes and that its callees take. */
export function brokenClaims(fn: FunctionQuery): readonly BrokenClaim[] {
  return [...brokenBorrows(fn), ...touchedAfterHandover(fn)];
}

const writing: ReadonlySet<Effect['kind']> = new Set<Effect['kind']>(['write', 'wipe', 'write-later', 'detach']);

function brokenBorrows(fn: FunctionQuery): readonly BrokenClaim[] {
  const borrowed = parametersWith(fn.function, 'borrows');
  if (borrowed.length === 0) return [];
  const { flow } = fn;
  const found: BrokenClaim[] = [];
  for (const index of borrowed) {
    const objects = flow.values.objects.filter((one) => one.source.kind === 'parameter' && one.source.index === index).map((one) => one.id);
    const name = fn.function.parameters[index] ?? `parameter ${String(index + 1)}`;
    for (const instruction of fn.instructions()) {
      const effect = flow.effects.of(instruction.id).effects.find((one) => one.objects.some((object) => sharesStore(flow, object, objects)) && (writing.has(one.kind) || isKeeping(one, flow)));
      if (effect === undefined) continue;
      found.push({ kind: writing.has(effect.kind) ? 'borrowWritten' : 'borrowKept', at: instruction.id, promise: `${fn.function.name} borrows ${name}`, by: byOf(effect), isCertain: isSeen(flow, instruction.id, effect) });
      break;
    }
  }
  return found;
}

/** Kept by something that was there before the call, or by nobody knows whom; a list of the function's own may die with it. */
function isKeeping(effect: Effect, flow: FunctionFlow): boolean {
  return effect.kind === 'retain' && (effect.keeper === undefined || effect.keeper === -1 || isForeign(flow.values.objects[effect.keeper]!));
}

/** Bytes that the caller writes after a callee took them over. */
function touchedAfterHandover(fn: FunctionQuery): readonly BrokenClaim[] {
  const { program } = fn;
  if (!program.annotatedFunctions().some((one) => parametersWith(one.function, 'takesOwnership').length > 0)) return [];
  const { flow } = fn;
  const found: BrokenClaim[] = [];
  for (const call of fn.calls()) {
    const callees = call.complete ? [...program.calleesOf(call), ...(program.constructionOf(call) ?? [])] : [];
    for (const callee of callees) {
      for (const index of parametersWith(callee.function, 'takesOwnership')) {
        const value = call.operands.arguments[index];
        const objects = value === undefined ? [] : flow.values.of(value);
        if (objects.length === 0) continue;
        const later = fn.instructions().find(({ id }) => id !== call.value && instructionDominates(flow.cfg, flow.dominators(), call.value, id)
          && flow.effects.of(id).effects.some((one) => writing.has(one.kind) && one.objects.some((object) => sharesStore(flow, object, objects))));
        if (later === undefined) continue;
        const effect = flow.effects.of(later.id).effects.find((one) => writing.has(one.kind))!;
        found.push({ kind: 'usedAfterHandover', at: later.id, promise: `${callee.function.name} takes ownership of ${callee.function.parameters[index] ?? 'it'} on line ${String(fn.line(call.value))}`, by: byOf(effect), isCertain: isSeen(flow, later.id, effect) });
      }
    }
  }
  return found;
}

function byOf(effect: Effect): string {
  if (effect.callee !== undefined) return effect.callee;
  if (effect.field === undefined) return 'an assignment';
  // Private names carry the number of their class.
  return effect.field === elementsKey ? 'a list' : `field ${effect.field.replace(/^#+(.*?)(?:@\d+)$/, '#$1')}`;
}

function isSeen(flow: FunctionFlow, instruction: ValueId, effect: Effect): boolean {
  return effect.callee === undefined || flow.values.calls.get(instruction)?.candidates.some((one) => one.name === effect.callee && one.row !== null) === true;
}

function sharesStore(flow: FunctionFlow, object: ObjectId, others: readonly ObjectId[]): boolean {
  const stores = new Set(others.flatMap((one) => [one, ...flow.values.objects[one]!.stores]));
  return stores.has(object) || flow.values.objects[object]!.stores.some((store) => stores.has(store));
}
