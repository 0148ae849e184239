/**
 * An accumulator that is joined with the next part again and again: in a loop, in a reducer, or per call in a handler or method.
 * Each join copies everything that was gathered before, so that n parts cost n²/2 copies; a list that is joined once costs n.
 * One join, and joins whose result does not grow from one round to the next, stay silent.
 */
import { addSizes, byteJoinOf, type ByteJoin, callbackOf, type CallSite, defineRule, type FunctionQuery, type Instruction, obligation, type Obligation, ownBytesCost, type Site, type ValueId } from '@scrimp/analysis/detect';

/** A place that grows its target by a join. */
interface Growth {
  readonly join: ByteJoin;
  /** The part that is the target's old content. */
  readonly old: ValueId;
  readonly target: string;
  readonly how: 'loop' | 'call' | 'reducer';
  /** What else reads the target: in the loop, or for a field or captured variable anywhere. */
  readonly readers: readonly Site[];
  /** Whether a handler of what goes wrong in the loop goes on with the bytes gathered so far. */
  readonly seenByHandler: boolean;
}

const runsOnceFor: ReadonlySet<string> = new Set(['end', 'close', 'finish', 'error', 'exit', 'then', 'catch', 'finally', 'once']);
const growing = 'a join allocates the whole result and copies all that was gathered before, so that n parts cost n²/2 copies';

export const rule = defineRule({
  meta: {
    id: 'no-concat-in-loop',
    summary: 'bytes are gathered by joining all of them again with each part',
    stage: 'nursery',
    category: 'message-payload',
    severity: 'high',
    presets: ['hot', 'strict', 'all'],
    needs: ['types', 'alias', 'summaries'],
    evidence: 'saving',
    fixable: 'review',
    effort: 'small',
    risk: 'low',
    messages: {
      loop: { what: '{{call}} copies {{target}} as a whole again in each round of the loop', why: growing, help: '{{help}}' },
      reducer: { what: '{{call}} copies {{target}} as a whole again for each element', why: growing, help: 'join the whole list once: Buffer.concat takes any number of parts' },
      call: { what: '{{call}} copies {{target}} as a whole again with each call of {{function}}', why: growing, help: 'keep the parts in a list with their total length, and join them once when all that a reader needs is there; or write into an array that doubles when it is full' },
    },
  },
  check(query, report) {
    for (const fn of query.relevantFunctions()) {
      if (fn.runsOnce) continue;
      const seen = new Set<ValueId>();
      for (const growth of growthsOf(fn)) {
        const { call } = growth.join;
        if (seen.has(call.value)) continue;
        seen.add(call.value);
        const cost = growth.join.by === 'function' ? ownBytesCost(addSizes(...growth.join.parts.map((part) => fn.lengthOf(part))), query.profile) : fn.allocation(call);
        const parts = growth.join.parts.filter((part) => part !== growth.old);
        report({
          site: fn.site(call.value),
          messageId: growth.how,
          data: { call: shortened(fn.text(call.value) ?? 'the join'), target: growth.target, function: nameOf(fn), help: helpOf(growth) },
          obligations: obligationsOf(fn, growth, parts),
          saves: { objects: cost.objects, heapBytes: cost.heapBytes, externalBytes: cost.externalBytes },
          fix: { title: 'gather the parts in a list and join them once', edits: null, tier: 'review' },
          related: growth.readers.slice(0, 3).map((site) => ({ site, message: `reads ${growth.target}` })),
        });
      }
    }
  },
});

function growthsOf(fn: FunctionQuery): readonly Growth[] {
  const isRepeated = fn.function.kind !== 'constructor' && fn.function.kind !== 'instance-initializer' && !runsForAnEnd(fn);
  return fn.instructions().flatMap((instruction): readonly Growth[] => {
    if (instruction.op !== 'store' && instruction.op !== 'set') return [];
    return joinsOf(fn, instruction.value, 0).flatMap((join): readonly Growth[] => {
      const old = join.parts.length < 2 ? undefined : join.parts.find((part) => (instruction.op === 'store' ? isLoadOf(fn, part, instruction) : isGetOf(fn, part, instruction)));
      if (old === undefined) return [];
      if (instruction.op === 'store' && instruction.variable.function === fn.function.id && fn.flow.context.variables.facts(instruction.variable).writers.size === 0) {
        const carried = fn.flow.reaching.valuesOf(old).includes(instruction.value) && fn.isInLoop(instruction.id);
        return carried ? [{ join, old, target: fn.text(old) ?? 'the accumulator', how: 'loop', readers: readersInLoop(fn, instruction, join), seenByHandler: isSeenByHandler(fn, instruction) }] : [];
      }
      // A variable of this very call, outside a loop: one join.
      if (instruction.op === 'store' && instruction.variable.function === fn.function.id && !fn.isInLoop(instruction.id)) return [];
      if (!fn.isInLoop(instruction.id) && (!isRepeated || isMadeHere(fn, instruction))) return [];
      return [{ join, old, target: fn.text(fn.definition(old)?.op === 'get' ? fn.definition(old)!.id : old) ?? 'the accumulator', how: fn.isInLoop(instruction.id) ? 'loop' : 'call', readers: otherReaders(fn, instruction, old), seenByHandler: false }];
    });
  }).concat(reducerOf(fn));
}

/** `parts.reduce((all, part) => Buffer.concat([all, part]))`. */
function reducerOf(fn: FunctionQuery): readonly Growth[] {
  const callback = callbackOf(fn);
  if (callback === null || callback.index !== 0 || !/^reduce(?:Right)?$/.test(callback.method ?? '')) return [];
  return fn.calls().flatMap((call): readonly Growth[] => {
    const join = fn.flow.values.of(call.value).some((one) => fn.flow.effects.returned.includes(one)) ? byteJoinOf(call) : null;
    const old = join?.parts.find((part) => { const made = fn.definition(part); return made?.op === 'parameter' && made.index === 0; });
    return join === null || old === undefined || join.parts.length < 2 ? [] : [{ join, old, target: fn.text(old) ?? 'the accumulator', how: 'reducer', readers: [], seenByHandler: false }];
  });
}

/** The joins that may give the value: `this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk])` has one. */
function joinsOf(fn: FunctionQuery, value: ValueId, depth: number): readonly ByteJoin[] {
  const definition = fn.definition(value);
  if (definition?.op === 'load' && depth < 3) return fn.flow.reaching.valuesOf(definition.id).filter((one) => one !== -1).flatMap((one) => joinsOf(fn, one, depth + 1));
  const call = fn.callOf(value);
  const join = call === null ? null : byteJoinOf(call);
  return join === null ? [] : [join];
}

function isLoadOf(fn: FunctionQuery, part: ValueId, target: Extract<Instruction, { op: 'store' }>): boolean {
  const load = fn.instruction(part);
  return load?.op === 'load' && load.variable.function === target.variable.function && load.variable.slot === target.variable.slot;
}

function isGetOf(fn: FunctionQuery, part: ValueId, target: Extract<Instruction, { op: 'set' }>): boolean {
  const get = fn.definition(part);
  return get?.op === 'get' && target.key.kind !== 'computed' && JSON.stringify(get.key) === JSON.stringify(target.key) && isSameObject(fn, get.object, target.object);
}

function isSameObject(fn: FunctionQuery, left: ValueId, right: ValueId): boolean {
  const name = fn.text(left);
  return (fn.definition(left)?.op === 'this' && fn.definition(right)?.op === 'this') || (name !== null && /^[\w$.#]+$/.test(name) && name === fn.text(right));
}

/** The object whose field grows is new in each call, so that one call is one join. */
function isMadeHere(fn: FunctionQuery, target: Instruction): boolean {
  if (target.op !== 'set') return false;
  const objects = fn.flow.values.of(target.object);
  return objects.length > 0 && objects.every((one) => fn.flow.values.objects[one]!.source.kind === 'allocation');
}

/** Handlers of an end run once: what they add last is one join. */
function runsForAnEnd(fn: FunctionQuery): boolean {
  const callback = callbackOf(fn);
  return callback !== null && (runsOnceFor.has(callback.event ?? '') || runsOnceFor.has(callback.method ?? ''));
}

/** Reads of the bytes gathered so far, its length aside, between one join and the next. */
function readersInLoop(fn: FunctionQuery, target: Extract<Instruction, { op: 'store' }>, join: ByteJoin): readonly Site[] {
  const { uses } = fn.flow.track(join.call.value);
  return uses.filter((use) => {
    const user = fn.instruction(use.instruction);
    if (use.instruction === target.id || !fn.isInLoop(use.instruction) || user?.op === 'array' || user?.op === 'spread') return false;
    if (user?.op === 'get') return user.key.kind === 'computed';
    const call = fn.calls().find((one) => one.value === use.instruction);
    return call === undefined || !(call.hasRole('concat') || isPartOfJoin(fn, join, call));
  }).map((use) => fn.site(use.instruction));
}

function isPartOfJoin(fn: FunctionQuery, join: ByteJoin, call: CallSite): boolean {
  return call.value === join.call.value || (join.by === 'hand' && call.operands.receiver !== null && fn.callOf(call.operands.receiver)?.value === join.call.value);
}

/** Reads of a field or captured variable anywhere in the module, besides the one that is joined. */
function otherReaders(fn: FunctionQuery, target: Extract<Instruction, { op: 'store' | 'set' }>, old: ValueId): readonly Site[] {
  const joined = target.op === 'set' ? fn.definition(old)?.id : old;
  return fn.program.functionsIn(fn.module).filter((other) => (target.op === 'store' || other.function.className === fn.function.className)).flatMap((other) => other.instructions().filter((one) => {
    if (other.function === fn.function && (one.id === joined || fn.isBefore(one.id, target.id))) return false;
    if (target.op === 'store') return isLoadOf(other, one.id, target);
    return one.op === 'get' && JSON.stringify(one.key) === JSON.stringify(target.key) && other.definition(one.object)?.op === fn.definition(target.object)?.op;
  }).map((one) => other.site(one.id)));
}

function obligationsOf(fn: FunctionQuery, growth: Growth, parts: readonly ValueId[]): readonly Obligation[] {
  const part = shortened(fn.text(parts[0]!) ?? 'the part');
  const made = parts.map((one) => fn.callOf(one));
  const areFresh = made.every((one) => one !== null && one.complete && one.candidates.length > 0 && one.candidates.every((candidate) => candidate.result.kind === 'bytes' && candidate.result.origin === 'fresh') && fn.isInLoop(one.value));
  const [reader] = growth.readers;
  return [
    areFresh ? obligation('SRC', 'proved', 'each part is made anew') : obligation('SRC', 'assumed', `whoever makes ${part} does not write it again before the parts are joined; else add a copy to the list`),
    areFresh ? obligation('RET', 'proved', 'each part has memory of its own') : obligation('RET', 'assumed', `${part} is no small view of a large buffer, which the list would keep alive`),
    reader === undefined && growth.seenByHandler ? obligation('EXC', 'assumed', `a handler that sees ${growth.target} half gathered joins the parts first`)
      : reader === undefined ? obligation('EXC', 'proved', 'nobody reads the bytes between two joins')
      : growth.how === 'loop' && reader.function === fn.function ? obligation('EXC', 'open', `line ${fn.line(reader.value)}: the bytes gathered so far are read before the next part comes`)
      : obligation('EXC', 'assumed', `line ${fn.program.functionOf(reader.module, reader.function).line(reader.value)} and others that read ${growth.target} join the parts first`),
  ];
}

function isSeenByHandler(fn: FunctionQuery, target: Extract<Instruction, { op: 'store' }>): boolean {
  const { cfg } = fn.flow;
  const visited = new Set<number>();
  const work = [...cfg.exceptional[cfg.blockOf[target.id]!]!];
  while (work.length > 0) {
    const block = work.pop()!;
    if (visited.has(block)) continue;
    visited.add(block);
    if (fn.function.blocks[block]!.instructions.some((one) => isLoadOf(fn, one.id, target))) return true;
    work.push(...cfg.successors[block]!);
  }
  return false;
}

function helpOf(growth: Growth): string {
  if (growth.readers.length > 0) return 'write the parts into an array that doubles when it is full, and read its filled part; or gather them in a list and join once when all is there';
  return `add the parts to a list in the loop and join them once after it: ${growth.target} = Buffer.concat(parts)`;
}

function nameOf(fn: FunctionQuery): string {
  return /^<|@/.test(fn.function.name) ? 'this function' : fn.function.name;
}

function shortened(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
}
