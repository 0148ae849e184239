/**
 * Whether two values of a function are certainly the same bytes or number at both places: equal constants, the same unchanged variable, the same field
 * of the same object with no write in between. Used where a rewrite computes once what the program computes twice.
 */
import type { Instruction, ValueId } from '../ir/instruction.js';
import { calleeName } from '../flow/callee-name.js';
import type { FunctionFlow } from '../flow/function-flow.js';
import { mayShareBytes } from '../flow/escape.js';
import { isForeign } from '../flow/object.js';
import { atEntry } from '../flow/reaching.js';
import type { Obligation } from './finding.js';
import { obligation } from './obligation.js';

const maximumDepth = 8;

/** Whether both refer to the same thing. Bytes may still have changed between the two; `unchangedBetween` tells. */
export function isSameReference(flow: FunctionFlow, left: ValueId, right: ValueId): boolean {
  return sameReference(left, right, 0);

  function sameReference(first: ValueId, second: ValueId, depth: number): boolean {
    if (first === second) return true;
    if (depth > maximumDepth) return false;
    const firstConstant = flow.constant(first);
    const secondConstant = flow.constant(second);
    if (firstConstant !== null && secondConstant !== null) return JSON.stringify(firstConstant) === JSON.stringify(secondConstant);
    const one = flow.cfg.instructions[resolved(first)];
    const other = flow.cfg.instructions[resolved(second)];
    if (one === null || one === undefined || other === null || other === undefined) return false;
    if (one === other) return !isRepeated(one.id, first, second);
    if (one.op === 'load' && other.op === 'load') {
      if (one.variable.function !== other.variable.function || one.variable.slot !== other.variable.slot) return false;
      if (one.variable.function !== flow.function.id) return flow.context.variables.onlyValue(one.variable) !== null;
      const before = flow.reaching.valuesOf(one.id);
      const after = flow.reaching.valuesOf(other.id);
      return flow.context.variables.facts(one.variable).writers.size === 0 && before.length === 1 && after.length === 1 && before[0] === after[0];
    }
    if (one.op === 'parameter' && other.op === 'parameter') return one.index === other.index;
    if (one.op === 'this' && other.op === 'this') return true;
    if (one.op === 'import' && other.op === 'import') return one.specifier === other.specifier && one.name === other.name;
    if (one.op === 'global' && other.op === 'global') return one.name === other.name;
    if (one.op === 'get' && other.op === 'get') {
      if (one.key.kind === 'computed' || other.key.kind === 'computed') return false;
      return JSON.stringify(one.key) === JSON.stringify(other.key) && !isComputed(flow, one) && sameReference(one.object, other.object, depth + 1) && !isFieldWrittenBetween(one.id, other.id);
    }
    return false;
  }

  function resolved(value: ValueId): ValueId {
    let current = value;
    for (let hop = 0; hop < maximumDepth; hop += 1) {
      const instruction = flow.cfg.instructions[current];
      if (instruction?.op === 'store' || instruction?.op === 'require-object') { current = instruction.value; continue; }
      if (instruction?.op !== 'load' || instruction.variable.function !== flow.function.id || flow.context.variables.facts(instruction.variable).writers.size > 0) return current;
      const [only, ...more] = flow.reaching.valuesOf(current);
      if (only === undefined || more.length > 0 || only === atEntry) return current;
      current = only;
    }
    return current;
  }

  /** In a loop one instruction computes several values; only uses in the same round see the same one, which reaching definitions cannot tell for temporaries across rounds. */
  function isRepeated(definition: ValueId, first: ValueId, second: ValueId): boolean {
    const block = flow.cfg.blockOf[definition]!;
    const loop = block === -1 ? null : flow.loops()[block] ?? null;
    if (loop === null) return false;
    return !loop.blocks.has(flow.cfg.blockOf[first]!) || !loop.blocks.has(flow.cfg.blockOf[second]!);
  }

  function isFieldWrittenBetween(first: ValueId, second: ValueId): boolean {
    const from = flow.cfg.instructions[first];
    const key = from?.op === 'get' ? from.key : null;
    return between(flow, first, second).some((id) => {
      const instruction = flow.cfg.instructions[id];
      if (instruction?.op === 'set' || instruction?.op === 'define') return instruction.key.kind === 'computed' || JSON.stringify(instruction.key) === JSON.stringify(key);
      if (instruction?.op === 'delete' || instruction?.op === 'opaque' || instruction?.op === 'super-set') return true;
      if (setsFields(flow, id)) return true;
      const { runs } = flow.effects.of(id);
      // Unseen code may assign any field that it can reach.
      return runs !== null && runs.kind !== 'coercion';
    });
  }
}

/** Whether the property is, or may be, what a getter of the program gives: reading it twice may give two things. */
export function isComputed(flow: FunctionFlow, read: Extract<Instruction, { op: 'get' }>): boolean {
  if (read.key.kind === 'computed') return true;
  const name = read.key.kind === 'private' && !read.key.name.startsWith('#') ? `#${read.key.name}` : read.key.name;
  return flow.context.hasAccessor('get', name) || flow.values.of(read.object).some((one) => flow.values.hasDefinedAccessors(one));
}

/** Whether a call sets fields of some object, as far as its callees are in sight: `this.rotate()`, `Object.assign(this, next)`. */
export function setsFields(flow: FunctionFlow, value: ValueId): boolean {
  const instruction = flow.cfg.instructions[value];
  if (instruction?.op !== 'call' && instruction?.op !== 'new') return false;
  return flow.effects.of(value).effects.some((effect) => effect.kind === 'assign' || (effect.kind === 'retain' && effect.callee?.startsWith('Object.') === true));
}

/** Whether the bytes of `value` certainly stay as they are between the two instructions; null when they do, else who may write them. */
export function writerBetween(flow: FunctionFlow, value: ValueId, first: ValueId, second: ValueId): ValueId | null {
  const objects = flow.values.of(value).filter((one) => flow.values.objects[one]!.source.kind !== 'method');
  if (objects.length === 0) return null;
  for (const id of between(flow, first, second)) {
    const { effects, runs } = flow.effects.of(id);
    for (const effect of effects) {
      if (effect.kind !== 'write' && effect.kind !== 'unknown' && effect.kind !== 'write-later' && effect.kind !== 'detach') continue;
      if (effect.objects.some((target) => objects.some((one) => mayShareBytes(target, one, flow.values, flow.escapes)))) return id;
    }
    if (runs !== null && runs.kind !== 'coercion' && isReachable(flow, value)) return id;
  }
  return null;
}

/** Whether code out of sight may hold the bytes: those behind a view count, too. */
function isReachable(flow: FunctionFlow, value: ValueId): boolean {
  const { objects } = flow.values;
  return flow.values.of(value).some((one) => objects[one]!.source.kind !== 'method' && (flow.escapes.leakOf(one) !== null || [one, ...objects[one]!.stores].some((store) => isForeign(objects[store]!))));
}

/**
 * SRC of computing once what is computed from `left` and again from `right`, which `user` reads after its other operands were evaluated:
 * null when they may be different things; open or failed when something before `user` may write or writes the bytes.
 */
export function proveSameBytes(flow: FunctionFlow, left: ValueId, right: ValueId, user: ValueId, lineOf: (value: ValueId) => number): Obligation | null {
  if (!isSameReference(flow, left, right)) return null;
  const writer = writerBetween(flow, left, left, user);
  if (writer === null) {
    const conversion = isReachable(flow, left) ? between(flow, left, user).find((id) => flow.effects.of(id).runs?.kind === 'coercion') : undefined;
    if (conversion !== undefined) return obligation('SRC', 'assumed', `line ${lineOf(conversion)}: ${flow.effects.of(conversion).runs!.what} runs no code that writes it`);
    return obligation('SRC', 'proved', 'nothing writes it in between');
  }
  const instruction = flow.cfg.instructions[writer];
  const { effects, runs } = flow.effects.of(writer);
  const who = instruction?.op === 'call' || instruction?.op === 'new' ? calleeName(instruction, flow.cfg) : runs?.what ?? 'an assignment';
  const stores = new Set(flow.values.of(left).flatMap((one) => flow.values.objects[one]!.stores));
  const isCertain = effects.some((effect) => effect.kind === 'write' && effect.objects.some((one) => flow.values.objects[one]!.stores.some((store) => stores.has(store))));
  return isCertain ? obligation('SRC', 'failed', `line ${lineOf(writer)}: ${who} writes it in between`) : obligation('SRC', 'open', `line ${lineOf(writer)}: ${who} may write it in between`);
}

/** Instructions that may run after `first` and before `second`. */
export function between(flow: FunctionFlow, first: ValueId, second: ValueId): readonly ValueId[] {
  const { cfg } = flow;
  const startBlock = cfg.blockOf[first]!;
  const endBlock = cfg.blockOf[second]!;
  if (startBlock === -1 || endBlock === -1) return [];
  const idsOf = (block: number): readonly ValueId[] => cfg.function.blocks[block]!.instructions.map((instruction) => instruction.id);
  if (startBlock === endBlock && cfg.positionOf[first]! < cfg.positionOf[second]!) return idsOf(startBlock).slice(cfg.positionOf[first]! + 1, cfg.positionOf[second]);
  const forward = reach([startBlock], (block) => [...cfg.successors[block]!, ...cfg.exceptional[block]!]);
  const backward = reach([endBlock], (block) => [...cfg.predecessors[block]!, ...cfg.exceptionalPredecessors[block]!]);
  const found: ValueId[] = [...idsOf(startBlock).slice(cfg.positionOf[first]! + 1), ...idsOf(endBlock).slice(0, cfg.positionOf[second])];
  for (const block of forward) if (backward.has(block) && block !== startBlock && block !== endBlock) found.push(...idsOf(block));
  // In a loop that `first` is not a part of, what stands behind `second` runs before it in the next round.
  const again = reach([...cfg.successors[endBlock]!, ...cfg.exceptional[endBlock]!].filter((block) => block !== startBlock), (block) => [...cfg.successors[block]!, ...cfg.exceptional[block]!].filter((next) => next !== startBlock));
  if (startBlock !== endBlock && again.has(endBlock)) found.push(...idsOf(endBlock).slice(cfg.positionOf[second]! + 1));
  return found;
}

function reach(roots: readonly number[], next: (block: number) => readonly number[]): ReadonlySet<number> {
  const seen = new Set<number>(roots);
  const work = [...roots];
  while (work.length > 0) for (const target of next(work.pop()!)) if (!seen.has(target)) { seen.add(target); work.push(target); }
  return seen;
}
