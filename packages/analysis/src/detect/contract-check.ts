/**
 * Whether a contract holds: follows every call of the function through the program and adds up what the most expensive path allocates, with the chain of calls to each place.
 * Paths that end in a throw do not count. What nobody knows is a doubt, and never nothing. The figures are those of the cost model; what instructions besides calls cost is `contract-charge.ts`.
 */
import type { AssumeComment, FunctionIr } from '../ir/function.js';
import type { Size } from '../ir/effects.js';
import type { BlockId, Instruction } from '../ir/instruction.js';
import { callCost } from '../cost/call-cost.js';
import { addSizes, constantSize, unknownSize, zeroSize } from '../cost/size.js';
import { valuesAt } from '../flow/call-effects.js';
import { calleeName } from '../flow/callee-name.js';
import { asyncCharge, type Charge, chargeOf, ownCharge } from './contract-charge.js';
import { atCall, largerOf, overParameters } from './contract-size.js';
import type { CallSite, FunctionQuery, ProgramQuery } from './query.js';
import type { Site } from './site.js';
import { allocationWaiverAt } from './waiver.js';

/** One step of the way from the function to a place: a call of a function of the program, or the place itself. */
export interface ChainStep {
  readonly site: Site;
  readonly what: string;
}

/** A place that allocates, or of which it is not known, with the calls that lead to it, outermost first. */
export interface Culprit {
  readonly chain: readonly ChainStep[];
  readonly objects: number;
  readonly bytes: Size;
}

/** What one call of a function allocates at most. */
export interface Allowance {
  readonly objects: number;
  /** On and off the heap; symbols are parameters that are never assigned, and their lengths. */
  readonly bytes: Size;
  /** Places that allocate, most objects first. */
  readonly culprits: readonly Culprit[];
  /** Places that allocate in each round of a loop whose rounds nothing bounds; counted once above. */
  readonly repeated: readonly Culprit[];
  readonly unknown: readonly Culprit[];
  /** Under which all this holds, each once: `line 12: + adds numbers`. */
  readonly assumptions: readonly string[];
  readonly waivers: readonly AssumeComment[];
  /** Whether it, or what it calls, has paths that allocate and end in a throw. They are not counted above. */
  readonly throws: boolean;
}

/** Functions that are passed in, by parameter. */
type Bindings = ReadonlyMap<number, readonly FunctionQuery[]>;

const noBindings: Bindings = new Map();
const maximumDepth = 60;

interface Counting {
  readonly program: ProgramQuery;
  readonly known: Map<FunctionIr, Allowance>;
  readonly underWay: Set<FunctionIr>;
  /** How often something under way was met: what was counted around such a meeting holds for this question only. */
  recursions: number;
}

const countings = new WeakMap<ProgramQuery, Map<FunctionIr, Allowance>>();

export function allowanceOf(fn: FunctionQuery): Allowance {
  const known = countings.get(fn.program) ?? new Map<FunctionIr, Allowance>();
  countings.set(fn.program, known);
  return count(fn, noBindings, { program: fn.program, known, underWay: new Set(), recursions: 0 });
}

interface Tally {
  readonly objects: number;
  readonly bytes: Size;
}

const empty: Tally = { objects: 0, bytes: zeroSize };

interface Collected {
  readonly culprits: Culprit[];
  readonly repeated: Culprit[];
  readonly unknown: Culprit[];
  readonly assumptions: Set<string>;
  readonly waivers: Set<AssumeComment>;
  throws: boolean;
}

function count(fn: FunctionQuery, bindings: Bindings, counting: Counting): Allowance {
  const known = bindings.size === 0 ? counting.known.get(fn.function) : undefined;
  if (known !== undefined) return known;
  counting.underWay.add(fn.function);
  const recursions = counting.recursions;
  const collected: Collected = { culprits: [], repeated: [], unknown: [], assumptions: new Set(), waivers: new Set(), throws: allocatesToThrow(fn) };
  const total = largestPath(fn, (block) => countBlock(fn, block, bindings, counting, collected));
  const async = fn.function.async ? asyncTally(fn, collected) : empty;
  const named = (one: Culprit): Culprit => ({ ...one, bytes: overParameters(one.bytes, fn) });
  const made: Allowance = {
    objects: total.objects + async.objects, bytes: overParameters(addSizes(total.bytes, async.bytes), fn),
    culprits: collected.culprits.map(named).sort((left, right) => right.objects - left.objects),
    repeated: collected.repeated.map(named), unknown: collected.unknown, assumptions: [...collected.assumptions], waivers: [...collected.waivers], throws: collected.throws,
  };
  counting.underWay.delete(fn.function);
  if (bindings.size === 0 && counting.recursions === recursions) counting.known.set(fn.function, made);
  return made;
}

/** Component by component the largest sum over the paths that do not end in a throw; a loop counts once. */
function largestPath(fn: FunctionQuery, tallyOf: (block: BlockId) => Tally): Tally {
  const { cfg } = fn.flow;
  const cold = onlyThrowing(fn);
  const position = new Map(cfg.order.map((block, index) => [block, index]));
  const totals = new Map<BlockId, Tally>();
  let largest = empty;
  for (const [index, block] of cfg.order.entries()) {
    if (cold.has(block)) continue;
    const before = [...cfg.predecessors[block]!, ...cfg.exceptionalPredecessors[block]!].filter((one) => position.get(one)! < index).map((one) => totals.get(one)).filter((one) => one !== undefined);
    const own = tallyOf(block);
    const reached = before.reduce((left, right) => ({ objects: Math.max(left.objects, right.objects), bytes: largerOf(left.bytes, right.bytes) }), empty);
    const total = { objects: reached.objects + own.objects, bytes: addSizes(reached.bytes, own.bytes) };
    totals.set(block, total);
    largest = { objects: Math.max(largest.objects, total.objects), bytes: largerOf(largest.bytes, total.bytes) };
  }
  return largest;
}

/** Blocks from which every path ends in a throw. A loop that never ends is no throw. */
function onlyThrowing(fn: FunctionQuery): ReadonlySet<BlockId> {
  const { cfg } = fn.flow;
  const loops = fn.flow.loops();
  const goesOn = new Set(cfg.order.filter((block) => fn.function.blocks[block]!.terminator.op === 'return' || loops[block] !== null));
  const work = [...goesOn];
  for (let block = work.pop(); block !== undefined; block = work.pop()) {
    for (const before of [...cfg.predecessors[block]!, ...cfg.exceptionalPredecessors[block]!]) {
      if (goesOn.has(before)) continue;
      goesOn.add(before);
      work.push(before);
    }
  }
  return new Set(cfg.order.filter((block) => !goesOn.has(block)));
}

/** Whether a function allocates where every path ends in a throw: the error, as a rule. */
function allocatesToThrow(fn: FunctionQuery): boolean {
  return [...onlyThrowing(fn)].some((block) => fn.function.blocks[block]!.instructions.some(({ op }) => op === 'new' || op === 'call' || op === 'object'));
}

/** Whether the function can go on as if nothing was thrown after something in the block threw. A finally body throws again, what it was entered with. */
function isCaught(fn: FunctionQuery, block: BlockId): boolean {
  const handlers = fn.flow.cfg.exceptional[block]!;
  if (handlers.length === 0) return false;
  const cold = onlyThrowing(fn);
  return handlers.some((handler) => (entersFinally(fn, handler) ? isCaught(fn, handler) : !cold.has(handler)));
}

/** Such a handler keeps what was thrown in a variable of the lowering, to throw it at the end. */
function entersFinally(fn: FunctionQuery, handler: BlockId): boolean {
  const { instructions } = fn.function.blocks[handler]!;
  const caught = instructions.find(({ op }) => op === 'caught');
  return caught !== undefined && instructions.some((one) => one.op === 'store' && !one.initialize && one.value === caught.id);
}

function asyncTally(fn: FunctionQuery, collected: Collected): Tally {
  if (asyncCharge.kind !== 'allocates') return empty;
  collected.culprits.push({ chain: [{ site: fn.site(-1), what: `allocates ${asyncCharge.what}` }], objects: asyncCharge.objects, bytes: asyncCharge.bytes });
  return asyncCharge;
}

function countBlock(fn: FunctionQuery, block: BlockId, bindings: Bindings, counting: Counting, collected: Collected): Tally {
  const isRepeated = fn.flow.loops()[block] !== null;
  let tally = empty;
  for (const instruction of fn.function.blocks[block]!.instructions) {
    const charges = chargesOf(fn, instruction, bindings, counting);
    if (charges.length === 0) continue;
    const line = fn.line(instruction.id);
    const waiver = allocationWaiverAt(fn.module, line);
    if (waiver !== null) {
      collected.waivers.add(waiver.comment);
      collected.assumptions.add(`line ${String(line)}: ${waiver.comment.what}, because ${waiver.comment.reason!}`);
      const bytes = waiver.bytes === null ? (waiver.objects === 0 ? zeroSize : unknownSize) : constantSize(waiver.bytes);
      if (waiver.objects > 0) tally = add(tally, { objects: waiver.objects, bytes }, [{ site: fn.site(instruction.id), what: `allows ${waiver.comment.what}` }], isRepeated, collected);
      continue;
    }
    for (const charge of charges) {
      tally = addCharge(fn, instruction, charge, tally, isRepeated, collected);
      if (charge.kind !== 'function' || !charge.allowance.throws) continue;
      if (isCaught(fn, block)) collected.unknown.push({ chain: [{ site: fn.site(instruction.id), what: `what ${charge.callee} throws is caught, and what that takes is not counted` }], objects: 0, bytes: unknownSize });
      else collected.throws = true;
    }
  }
  return tally;
}

/** A charge of the instruction itself, or everything that a function allocates which it runs. */
type Part = Charge | { readonly kind: 'function'; readonly callee: string; readonly allowance: Allowance; /** How often: once, or as often as somebody likes. */ readonly times: 'once' | 'often' };

function addCharge(fn: FunctionQuery, instruction: Instruction, part: Part, tally: Tally, isRepeated: boolean, collected: Collected): Tally {
  const site = fn.site(instruction.id);
  switch (part.kind) {
    case 'allocates': return part.objects === 0 && isNothing(part.bytes) ? tally : add(tally, part, [{ site, what: `allocates ${part.what}` }], isRepeated, collected);
    case 'unknown': collected.unknown.push({ chain: [{ site, what: part.what }], objects: 0, bytes: unknownSize }); return tally;
    case 'assumed': collected.assumptions.add(`line ${String(fn.line(instruction.id))}: ${part.what}`); return tally;
    case 'function': {
      const step: ChainStep = { site, what: `calls ${part.callee}` };
      const behind = (one: Culprit): Culprit => ({ ...one, chain: [step, ...one.chain] });
      const { allowance } = part;
      const operands = part.times === 'once' ? fn.callOf(instruction.id)?.operands ?? null : null;
      const translated = (one: Culprit): Culprit => ({ ...behind(one), bytes: atCall(one.bytes, fn, operands) });
      collected.culprits.push(...allowance.culprits.map(translated));
      collected.repeated.push(...(isRepeated || part.times === 'often' ? allowance.culprits : allowance.repeated).map(translated));
      collected.unknown.push(...allowance.unknown.map(behind));
      for (const one of allowance.assumptions) collected.assumptions.add(one.includes(' in ') ? one : `${one} in ${part.callee}`);
      for (const one of allowance.waivers) collected.waivers.add(one);
      return { objects: tally.objects + allowance.objects, bytes: addSizes(tally.bytes, atCall(allowance.bytes, fn, operands)) };
    }
  }
}

function add(tally: Tally, more: Tally, chain: readonly ChainStep[], isRepeated: boolean, collected: Collected): Tally {
  const culprit: Culprit = { chain, objects: more.objects, bytes: more.bytes };
  collected.culprits.push(culprit);
  if (isRepeated) collected.repeated.push(culprit);
  return { objects: tally.objects + more.objects, bytes: addSizes(tally.bytes, more.bytes) };
}

function isNothing(size: Size): boolean {
  return !size.unknown && size.constant === 0 && Object.keys(size.terms).length === 0;
}

function chargesOf(fn: FunctionQuery, instruction: Instruction, bindings: Bindings, counting: Counting): readonly Part[] {
  switch (instruction.op) {
    case 'call': case 'new': {
      const call = fn.callOf(instruction.id);
      return call === null ? [{ kind: 'unknown', what: 'a call that is not understood' }] : chargesOfCall(fn, call, bindings, counting);
    }
    case 'get': case 'set': return accessorsRun(fn, instruction).map((accessor) => partOf(accessor, noBindings, 'once', counting));
    default: {
      const own = ownCharge(fn, instruction);
      return own === null ? [] : [own];
    }
  }
}

function chargesOfCall(fn: FunctionQuery, call: CallSite, bindings: Bindings, counting: Counting): readonly Part[] {
  const callee = calleeName(call.instruction, fn.flow.cfg);
  const bound = passedIn(fn, call, bindings);
  if (bound !== null) return bound.map((one) => partOf(one, noBindings, 'once', counting));
  // A function that is being followed has no summary to resolve a call by; which function it is is known all the same.
  const direct = call.candidates.length === 0 ? fn.program.functionsOf(fn, call.instruction.callee) : null;
  if (direct !== null && call.instruction.op === 'call') return direct.map((one) => partOf(one, argumentFunctions(fn, call), 'once', counting));
  if (!call.complete || call.candidates.length === 0) return [{ kind: 'unknown', what: `${callee} is not known` }];
  const parts: Part[] = [];
  if (call.candidates.some((one) => one.row !== null)) {
    parts.push(chargeOf(callCost({ operands: call.operands, candidates: call.candidates, complete: call.complete, declaredClass: call.declaredClass }, fn.costLengths, fn.program.profile), `in ${call.api ?? callee}`));
    for (const one of call.candidates) if (one.row !== null) parts.push(...callbackParts(fn, call, one.calls, counting));
    // A copy of everything that a value reaches: how much that is, the model cannot say.
    if (call.candidates.some((one) => one.row?.roles?.includes('transfer') === true && one.row.result.kind === 'unknown')) parts.push({ kind: 'unknown', what: `what ${callee} copies is not known` });
    for (const one of call.candidates) if (one.row?.stated === true) parts.push({ kind: 'assumed', what: `${one.name} does what the model of the project says` });
    if (call.declaredClass !== null) parts.push({ kind: 'assumed', what: `the receiver of ${callee} is a ${call.declaredClass} as declared` });
  }
  if (call.candidates.every((one) => one.row !== null)) return parts;
  const construction = fn.program.constructionOf(call);
  if (construction !== null) {
    parts.push({ kind: 'allocates', objects: 1, bytes: unknownSize, what: `a ${callee}` });
    return [...parts, ...construction.map((one) => partOf(one, argumentFunctions(fn, call), 'once', counting))];
  }
  const functions = fn.program.calleesOf(call);
  const own = call.candidates.filter((one) => one.row === null).length;
  if (functions.length < own) return [...parts, { kind: 'unknown', what: `${callee} is not followed` }];
  // Any of them may run, so the sum is more than enough; several are rare.
  return [...parts, ...functions.map((one) => partOf(one, argumentFunctions(fn, call), 'once', counting))];
}

function partOf(callee: FunctionQuery, bindings: Bindings, times: 'once' | 'often', counting: Counting): Part {
  const { name } = callee.function;
  if (counting.underWay.has(callee.function)) {
    counting.recursions += 1;
    return { kind: 'function', callee: name, times, allowance: { ...nothingAllowed, repeated: [{ chain: [], objects: 0, bytes: zeroSize }] } };
  }
  if (counting.underWay.size >= maximumDepth) return { kind: 'unknown', what: `${name} is nested too deep` };
  return { kind: 'function', callee: name, times, allowance: count(callee, bindings, counting) };
}

const nothingAllowed: Allowance = { objects: 0, bytes: zeroSize, culprits: [], repeated: [], unknown: [], assumptions: [], waivers: [], throws: false };

/** What a call of a parameter runs, when the caller passed functions that are in sight; null when it is no such call. */
function passedIn(fn: FunctionQuery, call: CallSite, bindings: Bindings): readonly FunctionQuery[] | null {
  if (call.complete || bindings.size === 0) return null;
  const sources = fn.flow.values.of(call.instruction.callee).map((one) => fn.flow.values.objects[one]!.source);
  const found = sources.map((source) => (source.kind === 'parameter' ? bindings.get(source.index) ?? null : null));
  return found.length === 0 || found.some((one) => one === null) ? null : found.flatMap((one) => one!);
}

function argumentFunctions(fn: FunctionQuery, call: CallSite): Bindings {
  const { arguments: list, uncertainFrom } = call.operands;
  const bindings = new Map<number, readonly FunctionQuery[]>();
  list.forEach((value, index) => {
    const functions = uncertainFrom === null || index < uncertainFrom ? fn.program.functionsOf(fn, value) : null;
    if (functions !== null) bindings.set(index, functions);
  });
  return bindings;
}

/** What a library call runs of the functions that it is given, as often as it likes. */
function callbackParts(fn: FunctionQuery, call: CallSite, paths: CallSite['candidates'][number]['calls'], counting: Counting): readonly Part[] {
  return paths.flatMap((path): readonly Part[] => {
    const { values, inside } = valuesAt(call.operands, path);
    return values.flatMap((value): readonly Part[] => {
      if (fn.constant(value)?.kind === 'undefined') return [];
      const functions = inside.length > 0 ? null : fn.program.functionsOf(fn, value);
      if (functions === null) return [{ kind: 'unknown', what: `what ${fn.text(value) ?? 'a callback'} does is not known` }];
      return functions.map((one) => partOf(one, noBindings, 'often', counting));
    });
  });
}

const accessorTables = new WeakMap<ProgramQuery, ReadonlyMap<string, readonly FunctionQuery[]>>();

/** Getters or setters of the program that a property access may run, by the name. */
function accessorsRun(fn: FunctionQuery, instruction: Extract<Instruction, { op: 'get' | 'set' }>): readonly FunctionQuery[] {
  if (instruction.key.kind === 'computed') return [];
  const table = accessorTables.get(fn.program) ?? collectAccessors(fn.program);
  accessorTables.set(fn.program, table);
  const named = table.get(`${instruction.op} ${instruction.key.name}`) ?? [];
  if (named.length === 0) return [];
  const { classes, complete, primitives } = fn.knowledge(instruction.object);
  // What the model has a class for has no accessors of the program.
  const isBuiltIn = complete && classes.length + primitives.length > 0 && classes.every((one) => fn.flow.context.catalog.class(one.name) !== null);
  if (isBuiltIn) return [];
  const ofClass = complete ? named.filter((accessor) => classes.some((one) => one.name.endsWith(`#${accessor.function.className ?? ''}`))) : [];
  return ofClass.length > 0 ? ofClass : named;
}

function collectAccessors(program: ProgramQuery): ReadonlyMap<string, readonly FunctionQuery[]> {
  const table = new Map<string, FunctionQuery[]>();
  for (const fn of program.functions()) {
    if (fn.function.kind !== 'getter' && fn.function.kind !== 'setter') continue;
    const name = fn.function.name.slice(fn.function.name.lastIndexOf('.') + 1).replace(/^#/, '');
    const key = `${fn.function.kind === 'getter' ? 'get' : 'set'} ${name}`;
    table.set(key, [...(table.get(key) ?? []), fn]);
  }
  return table;
}
