/**
 * An accumulator that is joined with the next part again and again: in a loop, in a reducer, or per call in a handler or method.
 * Each join copies everything that was gathered before, so that n parts cost n²/2 copies; a list that is joined once costs n.
 * One join, and joins whose result does not grow from one round to the next, stay silent.
 */
import { addSizes, byteJoinOf, type ByteJoin, callbackOf, closureReaders, cutBehind, defineRule, fullReaderOf, type FunctionQuery, type Instruction, isSeenByHandler, joiningsOfRound, keptBehind, obligation, type Obligation, oldContentOf, onceBehind, otherReaders, ownBytesCost, partWritersOf, readersInLoop, readersOfParameter, resetOf, type Site, type ValueId } from '@scrimp/analysis/detect';

/** A place that grows its target by a join. */
interface Growth {
  readonly join: ByteJoin;
  /** The part that is the target's old content. */
  readonly old: ValueId;
  readonly target: string;
  readonly how: 'loop' | 'call' | 'reducer';
  /** What else reads the target: in the loop, or for a field or captured variable anywhere. */
  readonly readers: readonly Site[];
  /** Whether the readers read it between two joins, so that a list must be joined for them; else it depends on who calls them when. */
  readonly isReadBetween: boolean;
  /** Another place in the loop that sets the target. */
  readonly reset: ValueId | null;
  /** Whether a handler of what goes wrong in the loop goes on with the bytes gathered so far. */
  readonly seenByHandler: boolean;
  /** What reads all of a field or captured variable behind each join. */
  readonly fullReader: ValueId | null;
  /** Where a field or captured variable is cut to a constant length behind the join. */
  readonly cut: { readonly at: ValueId; readonly bytes: number } | null;
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
      loop: { what: '{{call}} copies {{target}} as a whole again in {{when}}', why: growing, help: '{{help}}' },
      reducer: { what: '{{call}} copies {{target}} as a whole again for {{when}}', why: growing, help: 'join the whole list once: Buffer.concat takes any number of parts' },
      call: { what: '{{call}} copies {{target}} as a whole again with {{when}}', why: growing, help: 'keep the parts in a list with their total length, and join them once when all that a reader needs is there; or write into an array that doubles when it is full' },
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
          data: { call: shortened(fn.text(call.value) ?? 'the join'), target: growth.target, when: whenOf(fn, growth), help: helpOf(fn, growth, parts) },
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
      const old = join.parts.length < 2 ? null : oldContentOf(fn, join, instruction);
      if (old === null) return [];
      if (instruction.op === 'store' && instruction.variable.function === fn.function.id && fn.flow.context.variables.facts(instruction.variable).writers.size === 0) {
        const joinings = fn.isInLoop(instruction.id) ? joiningsOfRound(fn, instruction, join, old) : [];
        return joinings.length > 0 ? [{ join, old, target: fn.text(old) ?? 'the accumulator', how: 'loop', readers: [...readersInLoop(fn, joinings), ...closureReaders(fn, instruction)], isReadBetween: true, reset: resetOf(fn, instruction, joinings), seenByHandler: isSeenByHandler(fn, instruction), fullReader: null, cut: null }] : [];
      }
      // A variable of this very call, outside a loop: one join.
      if (instruction.op === 'store' && instruction.variable.function === fn.function.id && !fn.isInLoop(instruction.id)) return [];
      if (!fn.isInLoop(instruction.id) && (!isRepeated || isMadeHere(fn, instruction))) return [];
      const kept = keptBehind(fn, instruction, join);
      // Set anew before anybody joins again: nothing is gathered here.
      if (!kept.forNextJoin && !kept.atReturn) return [];
      return [{ join, old, target: fn.text(fn.definition(old)?.op === 'get' ? fn.definition(old)!.id : old) ?? 'the accumulator', how: kept.forNextJoin && fn.isInLoop(instruction.id) ? 'loop' : 'call', readers: otherReaders(fn, instruction, old), isReadBetween: false, reset: null, seenByHandler: false, fullReader: fullReaderOf(fn, instruction, join), cut: cutBehind(fn, instruction, join) }];
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
    return join === null || old === undefined || join.parts.length < 2 ? [] : [{ join, old, target: fn.text(old) ?? 'the accumulator', how: 'reducer', readers: readersOfParameter(fn, old, join), isReadBetween: true, reset: null, seenByHandler: false, fullReader: null, cut: null }];
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

function obligationsOf(fn: FunctionQuery, growth: Growth, parts: readonly ValueId[]): readonly Obligation[] {
  const part = shortened(fn.text(parts[0]!) ?? 'the part');
  const joined = parts.map((one) => partWritersOf(fn, one, growth.join.call));
  const areFresh = joined.every((one) => one.fresh);
  const written = joined.findIndex((one) => one.writer !== null);
  const source = written !== -1 ? obligation('SRC', 'assumed', `the list takes copies of ${shortened(fn.text(parts[written]!) ?? 'the part')}, which line ${fn.line(joined[written]!.writer!)} writes again`)
    : areFresh && joined.every((one) => !one.shared) ? obligation('SRC', 'proved', 'each part is made anew, and nobody writes it again')
      : obligation('SRC', 'assumed', `whoever ${areFresh ? 'else holds' : 'makes'} ${part} does not write it again before the parts are joined; else add a copy to the list`);
  return [
    source,
    areFresh ? obligation('RET', 'proved', 'each part has memory of its own') : obligation('RET', 'assumed', `${part} is no small view of a large buffer, which the list would keep alive`),
    readObligation(fn, growth),
    ...(growth.reset === null ? [] : [obligation('EXC', 'assumed', `line ${fn.line(growth.reset)} sets ${growth.target} in the loop, too: the list begins anew there`)]),
    ...(growth.cut === null ? [] : [obligation('SIZE', 'open', `line ${fn.line(growth.cut.at)} cuts what is gathered to ${growth.cut.bytes} bytes`)]),
    ...(growth.join.assumed === null ? [] : [obligation('FILL', 'assumed', growth.join.assumed)]),
    ...(isAlways(fn, growth) ? [] : [obligation('SIZE', 'assumed', `line ${fn.line(growth.join.call.value)} is reached many times`)]),
  ];
}

function readObligation(fn: FunctionQuery, growth: Growth): Obligation {
  const [reader] = growth.readers;
  if (growth.fullReader !== null) return obligation('EXC', 'open', `line ${fn.line(growth.fullReader)} reads all of them in every ${growth.how === 'loop' ? 'round' : 'call'}, for which a list has to be joined`);
  if (reader !== undefined) {
    const line = fn.program.functionOf(reader.module, reader.function).line(reader.value);
    if (growth.isReadBetween) return obligation('EXC', 'open', `line ${line}: the bytes gathered so far ${reader.function === fn.function ? 'are' : 'may be'} read before the next part comes`);
    return obligation('EXC', 'assumed', `line ${line} and others that read ${growth.target} join the parts first`);
  }
  if (growth.seenByHandler) return obligation('EXC', 'assumed', `a handler that sees ${growth.target} half gathered joins the parts first`);
  return growth.isReadBetween ? obligation('EXC', 'proved', 'nobody reads the bytes between two joins') : obligation('EXC', 'assumed', `whoever reads ${growth.target} joins the parts first`);
}

/** Whether each round or call gets to the join. */
function isAlways(fn: FunctionQuery, { join, how }: Growth): boolean {
  if (how === 'loop') return fn.isInEveryRound(join.call.value);
  const [entry] = fn.instructions();
  return entry !== undefined && (entry.id === join.call.value || /^(?:always|unless-thrown)$/.test(onceBehind(fn.flow, entry.id, join.call.value)));
}

function whenOf(fn: FunctionQuery, growth: Growth): string {
  const what = growth.how === 'loop' ? 'each round of the loop' : growth.how === 'call' ? `each call of ${nameOf(fn)}` : 'each element';
  return isAlways(fn, growth) ? what : `${what} that gets there`;
}

function helpOf(fn: FunctionQuery, growth: Growth, parts: readonly ValueId[]): string {
  if (growth.readers.length > 0) return 'write the parts into an array that doubles when it is full, and read its filled part; or gather them in a list and join once when all is there';
  const what = parts.some((part) => partWritersOf(fn, part, growth.join.call).writer !== null) ? 'copies of the parts' : 'the parts';
  const all = growth.join.parts.indexOf(growth.old) === 0 ? `[${growth.target}, ...parts]` : `[...parts.reverse(), ${growth.target}]`;
  return `add ${what} to a list in the loop and join them once after it: ${growth.target} = Buffer.concat(${all})`;
}

function nameOf(fn: FunctionQuery): string {
  return /^<|@/.test(fn.function.name) ? 'this function' : fn.function.name;
}

function shortened(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
}
