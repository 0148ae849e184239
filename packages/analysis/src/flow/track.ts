/**
 * Tracking one value: which variables and temporaries hold the object that an instruction made, at each point; what is done with it;
 * and over which instructions it is live, that is, may still be used. This is instance-precise where points-to is not: in a loop the previous
 * round's object is told from this round's, because a holder is forgotten when it is overwritten.
 */
import type { BlockId, Instruction, ValueId } from '../ir/instruction.js';
import { operandsOf } from '../ir/operands.js';
import type { ResultModel } from '../model/row.js';
import { valuesAt } from './call-effects.js';
import type { Cfg } from './cfg.js';
import type { PointsTo } from './points-to.js';

/** What a holder holds: the object itself, a view over its bytes, or a container or promise with it inside. */
export type Holding = 'object' | 'view' | 'inside';

export interface Use {
  readonly instruction: ValueId;
  readonly holding: Holding;
  /** The holder operand. */
  readonly operand: ValueId;
}

export interface Tracking {
  readonly origin: ValueId;
  /** Instructions that have a holder among their operands, in id order, apart from plain moves (load, store). */
  readonly uses: readonly Use[];
  /** Terminators that return or throw a holder. */
  readonly leaves: readonly { readonly how: 'return' | 'throw'; readonly block: BlockId; readonly holding: Holding }[];
  /** Captured variables that hold it at some time. */
  readonly capturedBy: readonly ValueId[];
  /** Instructions after the origin before which the object is live. The last uses themselves are included. */
  readonly liveRange: ReadonlySet<ValueId>;
  /** Whether the object that the origin made in one round may still be used when the origin makes the next. */
  readonly livesIntoNext: boolean;
}

type State = Map<number, Holding>;

export function trackValue(origin: ValueId, cfg: Cfg, values: PointsTo): Tracking {
  const fn = cfg.function;
  const variableBase = fn.valueCount;
  const entry: (State | null)[] = new Array<State | null>(fn.blocks.length).fill(null);
  const before: (State | null)[] = new Array<State | null>(fn.valueCount).fill(null);
  const atEnd: (State | null)[] = new Array<State | null>(fn.blocks.length).fill(null);
  const startBlock = cfg.blockOf[origin]!;
  const empty: Tracking = { origin, uses: [], leaves: [], capturedBy: [], liveRange: new Set(), livesIntoNext: false };
  if (startBlock === -1) return empty;
  forward();
  const uses: Use[] = [];
  const capturedBy: ValueId[] = [];
  const leaves: { how: 'return' | 'throw'; block: BlockId; holding: Holding }[] = [];
  collectUses();
  let livesIntoNext = false;
  const liveRange = computeLiveRange();
  return { origin, uses, leaves, capturedBy, liveRange, livesIntoNext };

  function forward(): void {
    const work: BlockId[] = [startBlock];
    entry[startBlock] = new Map();
    while (work.length > 0) {
      const block = work.shift()!;
      const state: State = new Map(entry[block]);
      const anywhere: State = new Map(state);
      for (const instruction of fn.blocks[block]!.instructions) {
        before[instruction.id] = new Map(state);
        transfer(instruction, state);
        for (const [holder, holding] of state) merge(anywhere, holder, holding);
      }
      atEnd[block] = state;
      for (const next of cfg.successors[block]!) propagate(next, state, work);
      for (const next of cfg.exceptional[block]!) propagate(next, anywhere, work);
    }
  }

  function propagate(block: BlockId, state: State, work: BlockId[]): void {
    const target = entry[block];
    if (target === null || target === undefined) {
      if (state.size === 0) return;
      entry[block] = new Map(state);
      work.push(block);
      return;
    }
    let grown = false;
    for (const [holder, holding] of state) if (merge(target, holder, holding)) grown = true;
    if (grown && !work.includes(block)) work.push(block);
  }

  function transfer(instruction: Instruction, state: State): void {
    const id = instruction.id;
    const carried = id === origin ? 'object' : carries(instruction, state);
    if (carried === null) state.delete(id);
    else state.set(id, carried);
    if (instruction.op === 'store' && instruction.variable.function === fn.id) {
      const stored = state.get(instruction.value);
      const slot = variableBase + instruction.variable.slot;
      if (stored === undefined) state.delete(slot);
      else state.set(slot, stored);
    }
    if (instruction.op === 'declare' && instruction.variable.function === fn.id) state.delete(variableBase + instruction.variable.slot);
  }

  /** How the result of an instruction refers to the tracked object; null when it does not. */
  function carries(instruction: Instruction, state: State): Holding | null {
    switch (instruction.op) {
      case 'load': return instruction.variable.function === fn.id ? state.get(variableBase + instruction.variable.slot) ?? null : null;
      case 'store': case 'require-object': case 'await': return state.get(instruction.value) ?? null;
      case 'set': case 'define': return state.get(instruction.value) ?? null;
      case 'get': {
        const base = state.get(instruction.object);
        if (base === undefined) return null;
        if (base === 'inside') return sharesWithOrigin(instruction.id) ? 'object' : null;
        return sharesWithOrigin(instruction.id) ? 'view' : null;
      }
      case 'call': case 'new': return throughCall(instruction, state);
      case 'spread': case 'iterator': return state.has(instruction.iterable) ? 'inside' : null;
      case 'iterator-next': return state.has(instruction.iterator) ? 'inside' : null;
      case 'iterator-value': return state.has(instruction.result) && sharesWithOrigin(instruction.id) ? 'object' : null;
      case 'array': return instruction.elements.some((element) => element !== null && state.has(element.value) && !element.spread) ? 'inside' : null;
      default: return null;
    }
  }

  function throughCall(instruction: Extract<Instruction, { op: 'call' | 'new' }>, state: State): Holding | null {
    const call = values.calls.get(instruction.id);
    if (call === undefined) return null;
    let found: Holding | null = null;
    const consider = (result: ResultModel, inside: boolean): void => {
      const path = result.kind === 'view' ? result.of : result.kind === 'same' ? result.as : null;
      if (path !== null) {
        for (const value of valuesAt(call.operands, path).values) {
          const holding = state.get(value);
          if (holding !== undefined) found = stronger(found, inside ? 'inside' : result.kind === 'view' ? 'view' : holding);
        }
      }
      if (result.kind === 'object') for (const held of result.holds ?? []) for (const value of valuesAt(call.operands, held).values) if (state.has(value)) found = stronger(found, 'inside');
      if (result.kind === 'array') for (const held of result.elementsOf ?? []) for (const value of valuesAt(call.operands, held).values) if (state.has(value)) found = stronger(found, 'inside');
      if (result.kind === 'member') for (const value of valuesAt(call.operands, result.of).values) if (state.has(value)) found = stronger(found, 'object');
      if (result.kind === 'promise') consider(result.of, true);
    };
    for (const candidate of call.candidates) consider(candidate.result, false);
    const mayReturnAnything = call.candidates.some((candidate) => candidate.result.kind === 'unknown');
    if (mayReturnAnything && operandsOf(instruction).some((operand) => state.has(operand))) found = stronger(found, 'object');
    // The result of an unknown callee may be any argument; that callee also counts as an escape, so the weakest holding will do.
    // Where it is declared a number or a text, that is taken at its word: the escape keeps such a case from being proved.
    const known = values.knowledge(instruction.id);
    const isPrimitive = known.complete && known.classes.length === 0;
    if (!call.complete && !isPrimitive && operandsOf(instruction).some((operand) => state.has(operand))) found = stronger(found, 'object');
    return found;
  }

  function sharesWithOrigin(value: ValueId): boolean {
    const stores = new Set(values.of(origin).flatMap((one) => values.objects[one]!.stores));
    return values.of(value).some((one) => values.objects[one]!.stores.some((store) => stores.has(store)));
  }

  function collectUses(): void {
    for (const block of cfg.order) {
      const { instructions, terminator } = fn.blocks[block]!;
      for (const instruction of instructions) {
        const state = before[instruction.id];
        if (state === null || state === undefined || state.size === 0) continue;
        if (instruction.op === 'store') {
          const captured = instruction.variable.function !== fn.id || fn.variables[instruction.variable.slot]?.captured === true;
          if (captured && state.has(instruction.value)) capturedBy.push(instruction.id);
          continue;
        }
        if (instruction.op === 'load' || instruction.op === 'require-object') continue;
        for (const operand of new Set(operandsOf(instruction))) {
          const holding = state.get(operand);
          if (holding !== undefined) uses.push({ instruction: instruction.id, holding, operand });
        }
      }
      const state = atEnd[block];
      if (state === null || state === undefined) continue;
      if (terminator.op === 'return' || terminator.op === 'throw') {
        const holding = state.get(terminator.value);
        if (holding !== undefined) leaves.push({ how: terminator.op, block, holding });
      }
    }
    uses.sort((left, right) => left.instruction - right.instruction);
  }

  /** Backward liveness of holders, generated by uses; a point is in the range when some holder of the object is live there. */
  function computeLiveRange(): ReadonlySet<ValueId> {
    const usedAt = new Map<ValueId, ValueId[]>();
    for (const use of uses) usedAt.set(use.instruction, [...(usedAt.get(use.instruction) ?? []), use.operand]);
    const liveIn: Set<number>[] = fn.blocks.map(() => new Set<number>());
    const range = new Set<ValueId>();
    let changed = true;
    const backwards = [...cfg.order].reverse();
    while (changed) {
      changed = false;
      for (const block of backwards) {
        const live = liveOut(block);
        walkBlock(block, live, null);
        for (const holder of live) {
          if (liveIn[block]!.has(holder)) continue;
          liveIn[block]!.add(holder);
          changed = true;
        }
      }
    }
    for (const block of backwards) walkBlock(block, liveOut(block), range);
    for (const use of uses) range.add(use.instruction);
    return range;

    function liveOut(block: BlockId): Set<number> {
      const live = new Set<number>();
      for (const next of cfg.successors[block]!) for (const holder of liveIn[next]!) live.add(holder);
      const { terminator } = fn.blocks[block]!;
      if ((terminator.op === 'return' || terminator.op === 'throw') && atEnd[block]?.has(terminator.value) === true) live.add(terminator.value);
      return live;
    }

    function walkBlock(block: BlockId, live: Set<number>, out: Set<ValueId> | null): void {
      const { instructions } = fn.blocks[block]!;
      const handlerLive = new Set(cfg.exceptional[block]!.flatMap((next) => [...liveIn[next]!]));
      for (const holder of handlerLive) live.add(holder);
      for (let index = instructions.length - 1; index >= 0; index -= 1) {
        const instruction = instructions[index]!;
        const held = before[instruction.id];
        // Live after this instruction, and held by then: the instruction runs while the object is live.
        if (out !== null && held !== null && held !== undefined && instruction.id !== origin) {
          for (const holder of live) if (held.has(holder)) { out.add(instruction.id); break; }
        }
        const resultLive = live.delete(instruction.id);
        // The name of the new object is the only one that the one before does not have here.
        if (out !== null && instruction.id === origin && held !== null && held !== undefined) livesIntoNext ||= usedAt.has(origin) || [...live].some((holder) => held.has(holder));
        if (instruction.op === 'store' && instruction.variable.function === fn.id) {
          const slot = variableBase + instruction.variable.slot;
          if (live.delete(slot)) live.add(instruction.value);
        }
        if (instruction.op === 'load' && instruction.variable.function === fn.id && resultLive) live.add(variableBase + instruction.variable.slot);
        else if (resultLive) for (const operand of operandsOf(instruction)) if (held?.has(operand) === true) live.add(operand);
        for (const operand of usedAt.get(instruction.id) ?? []) live.add(operand);
        for (const holder of handlerLive) live.add(holder);
      }
    }
  }
}

const strength: Readonly<Record<Holding, number>> = { object: 3, view: 2, inside: 1 };

function stronger(left: Holding | null, right: Holding): Holding {
  return left === null || strength[right] > strength[left] ? right : left;
}

function merge(state: State, holder: number, holding: Holding): boolean {
  const known = state.get(holder);
  if (known !== undefined && strength[known] >= strength[holding]) return false;
  state.set(holder, holding);
  return true;
}
