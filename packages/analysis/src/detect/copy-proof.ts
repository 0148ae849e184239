/**
 * The proof that a copy may be a view of its source: each obligation of RULES 3.0 that the case needs, decided from flow facts, with its witness.
 * A copy may go when nobody writes source or result while the result is in use, the result does not outlive the use, and nobody can tell the two apart.
 */
import type { ValueId } from '../ir/instruction.js';
import { calleeName } from '../flow/callee-name.js';
import type { Effect } from '../flow/instruction-effects.js';
import { instructionDominates } from '../flow/dominators.js';
import type { FunctionFlow } from '../flow/function-flow.js';
import { loopOf } from '../flow/loops.js';
import { mayShareBytes } from '../flow/escape.js';
import { type AbstractObject, isForeign, type ObjectId } from '../flow/object.js';
import type { Use } from '../flow/track.js';
import { type ByteSpan, copiedSpan, type Separation, separationOf, writtenSpans } from './byte-span.js';
import type { Obligation, ObligationCode } from './finding.js';
import { grant, type Granted } from './granted.js';
import { obligation } from './obligation.js';
import { areOwned, borrowersAt } from './ownership.js';

export { obligation } from './obligation.js';

export interface CopyProof {
  readonly obligations: readonly Obligation[];
  /** `holds`: none failed or open. `doubtful`: some open. `fails`: some failed: the copy is needed. */
  readonly verdict: 'holds' | 'doubtful' | 'fails';
  /**
   * Each write and wipe by which SRC, RES or ZER fails, judged as something that is said to happen: `failed` for an assignment and a library call of the function itself,
   * `open` for what a function of the program does by its summary, which may be under conditions that this call does not meet. A proof that nothing happens needs no such difference.
   */
  readonly writes: readonly Obligation[];
}

interface Question {
  readonly flow: FunctionFlow;
  readonly copy: ValueId;
  readonly sources: readonly ObjectId[];
  /** Which bytes of the source are copied; null when nobody knows. */
  readonly copied: ByteSpan | null;
  readonly results: readonly ObjectId[];
  readonly uses: readonly Use[];
  readonly liveRange: ReadonlySet<ValueId>;
  readonly leaves: readonly { readonly how: 'return' | 'throw' }[];
  readonly capturedBy: readonly ValueId[];
  readonly lineOf: (value: ValueId) => number;
  /** Collects `CopyProof.writes` while the obligations are decided. */
  readonly writes: Obligation[];
}

/** Obligations of replacing the bytes that `copy` makes by a view of `source`. */
export function proveCopyIsView(flow: FunctionFlow, copy: ValueId, source: ValueId, lineOf: (value: ValueId) => number, granted: Granted): CopyProof {
  const tracking = flow.track(copy);
  const question: Question = {
    flow, copy,
    sources: flow.values.of(source).filter((one) => flow.values.objects[one]!.source.kind !== 'method'),
    copied: copiedSpan(flow, copy, source),
    results: flow.values.of(copy),
    uses: tracking.uses, liveRange: tracking.liveRange, leaves: tracking.leaves, capturedBy: tracking.capturedBy, lineOf, writes: [],
  };
  const obligations = grant([
    classObligation(question, source), sourceObligation(question), resultObligation(question), escapeObligation(question), suspensionObligation(question),
    detachObligation(question), wipeObligation(question), propertyObligation(question), identityObligation(question),
  ], granted);
  return { obligations, verdict: verdictOf(obligations), writes: question.writes };
}

export function verdictOf(obligations: readonly Obligation[]): CopyProof['verdict'] {
  if (obligations.some((one) => one.state === 'failed')) return 'fails';
  return obligations.some((one) => one.state === 'open') ? 'doubtful' : 'holds';
}

/** The first of the candidates in order failed, open, assumed; or proved with the given witness. */
function worst(code: ObligationCode, found: readonly Obligation[], provedBecause: string): Obligation {
  for (const state of ['failed', 'open', 'assumed'] as const) {
    const first = found.find((one) => one.state === state);
    if (first !== undefined) return first;
  }
  return obligation(code, 'proved', provedBecause);
}

function classObligation(question: Question, source: ValueId): Obligation {
  const { flow } = question;
  const known = flow.values.knowledge(source);
  if (!known.complete) return obligation('TY', 'open', 'the class of the source is not known');
  const names = known.classes.map((one) => one.name).filter((name) => name !== 'Buffer' || known.classes.length === 1);
  if (known.classes.length === 0 || known.classes.some((one) => flow.context.catalog.class(one.name)?.kind !== 'bytes')) return obligation('TY', 'open', 'the source may be something other than bytes');
  if (question.sources.some((one) => flow.values.isReshaped(one))) return obligation('TY', 'open', 'the source may have a subarray, a constructor or a prototype of its own');
  const behind = question.sources.map((one) => flow.escapes.declaredBehind(one)).find((one) => one !== null) ?? null;
  if (behind !== null && known.classes.every((one) => one.exact)) return obligation('TY', 'assumed', `the source is made as ${names.join(' or ')}, if on line ${question.lineOf(behind.instruction)} ${behind.what}`);
  if (known.classes.every((one) => one.exact)) return obligation('TY', 'proved', `the source is made as ${names.join(' or ')}`);
  const recovered = known.classes.find((one) => one.recovered !== undefined);
  if (recovered !== undefined) return obligation('TY', 'assumed', `the source is taken for a ${names.join(' or ')}: ${recovered.recovered!}`);
  return obligation('TY', 'assumed', `the source is declared ${names.join(' or ')}; a subclass with methods of its own would differ`);
}

/** SRC: nobody writes the source while the result is in use. */
function sourceObligation(question: Question): Obligation {
  const { flow, sources, liveRange, lineOf } = question;
  const found: Obligation[] = [];
  if (sources.length === 0) return obligation('SRC', 'open', 'the source is not known');
  const outside = sources.some((one) => isForeign(flow.values.objects[one]!) || flow.values.objects[one]!.stores.some((store) => isForeign(flow.values.objects[store]!)) || flow.escapes.leakOf(one) !== null);
  for (const instruction of liveRange) {
    const { effects, runs } = flow.effects.of(instruction);
    for (const effect of effects) {
      if (effect.kind !== 'write' && effect.kind !== 'unknown' && effect.kind !== 'write-later') continue;
      const conflict = sharing(effect, sources, question);
      if (conflict === null || isOverlapSafe(instruction, effect, question)) continue;
      const who = effect.callee ?? 'an assignment';
      const separation = effect.kind === 'write' ? writesElsewhere(instruction, question) : 'unknown';
      if (separation === 'apart-by-counts') found.push(obligation('SRC', 'assumed', `line ${lineOf(instruction)}: ${who} writes behind or before what is copied, as every offset is a whole number and none is negative`));
      if (separation !== 'unknown') continue;
      if (effect.kind === 'unknown') found.push(mayWriteSource(instruction, who));
      else if (conflict === 'same') found.push(failedWrite('SRC', instruction, effect, (does) => `${who} ${does('writes', 'write')} the source while the copy is in use`, question));
      else found.push(obligation('SRC', 'open', `line ${lineOf(instruction)}: ${who} writes memory that may be the source`));
    }
    if (runs === null || !outside || (runs.isDeclared === true && isOwnMethod(instruction, question))) continue;
    if (runs.kind === 'call') found.push(mayWriteSource(instruction, runs.what));
    if (runs.kind === 'coercion') found.push(obligation('SRC', 'assumed', `line ${lineOf(instruction)}: ${runs.what} runs no code that writes the source`));
  }
  return worst('SRC', found, 'nothing writes the source while the copy is in use');

  function mayWriteSource(instruction: ValueId, who: string): Obligation {
    const line = `line ${lineOf(instruction)}`;
    const borrowers = borrowersAt(flow, instruction, [...sources, ...question.results]);
    if (borrowers !== null) return obligation('SRC', 'assumed', `${line}: ${borrowers} only borrows the bytes, as annotated`);
    if (areOwned(flow, sources)) return obligation('SRC', 'assumed', `${line}: ${who} has no hold of the source, which the function owns as annotated`);
    return obligation('SRC', 'open', `${line}: ${who} may write the source`);
  }
}

/** Whether all that the instruction writes lies in other bytes of the array than the copied ones. What is apart by an assumption has it in SRC. */
function writesElsewhere(instruction: ValueId, { flow, copy, copied, liveRange }: Question): Separation {
  const writer = flow.cfg.instructions[instruction];
  const spans = copied === null || writer === null || writer === undefined ? null : writtenSpans(flow, writer);
  if (copied === null || spans === null) return 'unknown';
  const found = spans.map((span) => separationOf(flow, { span: copied, at: copy }, { span, at: instruction }, liveRange));
  return found.find((one) => one === 'unknown') ?? found.find((one) => one === 'apart-by-counts') ?? 'apart';
}

/** Whether the call is of a method of the source or the copy, whose class is the matter of TY. */
function isOwnMethod(instruction: ValueId, { flow, sources, results }: Question): boolean {
  const receiver = flow.values.calls.get(instruction)?.operands.receiver ?? null;
  return receiver !== null && flow.values.of(receiver).every((one) => sources.includes(one) || results.includes(one));
}

/** The failed obligation, which is kept among the writes as well. `words` tells what happens with a verb for a fact and one for a possibility. */
function failedWrite(code: ObligationCode, instruction: ValueId, effect: Effect, words: (does: (fact: string, possibility: string) => string) => string, { flow, lineOf, writes }: Question): Obligation {
  const failed = obligation(code, 'failed', `line ${lineOf(instruction)}: ${words((fact) => fact)}`);
  const isSeen = effect.callee === undefined || flow.values.calls.get(instruction)?.candidates.some((one) => one.name === effect.callee && one.row !== null) === true;
  writes.push(isSeen ? failed : obligation(code, 'open', `line ${lineOf(instruction)}: ${words((_fact, possibility) => `may ${possibility}`)}`));
  return failed;
}

/** RES: nobody writes through the result. */
function resultObligation(question: Question): Obligation {
  const found: Obligation[] = [];
  forEachUseEffect(question, (effect, use) => {
    if (effect.kind !== 'write' && effect.kind !== 'write-later') return;
    found.push(failedWrite('RES', use.instruction, effect, (does) => `${effect.callee ?? 'an assignment'} ${does('writes', 'write')} the copy`, question));
  });
  return worst('RES', found, 'nothing writes the copy');
}

/** ESC: the result does not outlive the function or reach unseen code. */
function escapeObligation(question: Question): Obligation {
  const { flow, lineOf } = question;
  const found: Obligation[] = [];
  for (const leave of question.leaves) found.push(obligation('ESC', 'failed', leave.how === 'return' ? 'the copy is returned' : 'the copy is thrown'));
  for (const store of question.capturedBy) found.push(obligation('ESC', 'failed', `line ${lineOf(store)}: a closure captures the copy`));
  forEachUseEffect(question, (effect, use) => {
    const line = `line ${lineOf(use.instruction)}`;
    switch (effect.kind) {
      case 'retain': found.push(obligation('ESC', 'failed', `${line}: ${effect.callee ?? (effect.field === undefined ? 'something' : `field ${effect.field}`)} keeps the copy`)); break;
      case 'read-later': found.push(obligation('ESC', 'failed', `${line}: ${effect.callee ?? 'a callee'} reads the copy after it returned`)); break;
      case 'yield': found.push(obligation('ESC', 'failed', `${line}: the copy is yielded`)); break;
      case 'capture': found.push(obligation('ESC', 'failed', `${line}: a closure captures the copy`)); break;
      case 'unknown': {
        const borrowers = borrowersAt(flow, use.instruction, question.results);
        found.push(borrowers === null ? obligation('ESC', 'open', `${line}: ${effect.callee ?? 'unseen code'} may keep the copy`) : obligation('ESC', 'assumed', `${line}: ${borrowers} only borrows the bytes, as annotated`));
        break;
      }
      default: break;
    }
  });
  for (const use of question.uses) {
    const call = flow.values.calls.get(use.instruction);
    // The class of the copy itself is the matter of TY.
    if (call === undefined || call.declaredClass === null || call.operands.receiver === use.operand) continue;
    found.push(obligation('ESC', 'assumed', `the copy is only read${describeReaders(flow, question.uses)}, when the receiver on line ${lineOf(use.instruction)} is a ${call.declaredClass} as declared`));
  }
  for (const use of question.uses) if (use.holding === 'inside' && !isFollowed(use, question)) found.push(obligation('ESC', 'open', `line ${lineOf(use.instruction)}: the copy is used from inside another object`));
  if (question.uses.length === 0 && found.length === 0) return obligation('ESC', 'open', 'no use of the copy is seen');
  return worst('ESC', found, `the copy is only read${describeReaders(flow, question.uses)}`);
}

/** SUSP: no await or yield while the result is in use, or nobody else can reach the source. */
function suspensionObligation(question: Question): Obligation {
  const { flow, sources, liveRange, lineOf } = question;
  const reachable = sources.filter((one) => flow.values.objects[one]!.stores.some((store) => isForeign(flow.values.objects[store]!)) || flow.escapes.leakOf(one) !== null);
  const found: Obligation[] = [];
  for (const instruction of liveRange) {
    const { runs } = flow.effects.of(instruction);
    if (runs?.kind !== 'suspension') continue;
    if (reachable.length > 0 && areOwned(flow, sources)) found.push(obligation('SUSP', 'assumed', `line ${lineOf(instruction)}: nobody else has the source during ${runs.what}, as the function owns it by annotation`));
    else if (reachable.length > 0) found.push(obligation('SUSP', 'failed', `line ${lineOf(instruction)}: others may write the source during ${runs.what}`));
  }
  return worst('SUSP', found, 'no suspension while the copy is in use');
}

/** DET: the backing store stays what it is. Shared memory cannot be excluded for what comes from outside. */
function detachObligation(question: Question): Obligation {
  const { flow, sources, liveRange, lineOf } = question;
  const found: Obligation[] = [];
  for (const instruction of liveRange) {
    for (const effect of flow.effects.of(instruction).effects) {
      if (effect.kind === 'detach' && sharing(effect, sources, question) !== null) found.push(obligation('DET', 'failed', `line ${lineOf(instruction)}: ${effect.callee ?? 'a call'} detaches the source`));
    }
  }
  const stores = sources.flatMap((one) => flow.values.objects[one]!.stores.map((store) => flow.values.objects[store]!));
  for (const store of stores) {
    const isShared = store.origin === 'shared' || store.knowledge.classes.some((one) => one.name === 'SharedArrayBuffer');
    if (isShared) found.push(obligation('DET', 'failed', 'the source is shared memory'));
    if (mayBeWasmMemory(store, flow)) found.push(obligation('DET', 'open', 'the source may be WebAssembly memory, which growth detaches'));
  }
  if (stores.some((store) => isForeign(store))) found.push(obligation('DET', 'assumed', 'the source is not backed by shared memory'));
  return worst('DET', found, 'the source is ordinary memory of this function');
}

/** `x.buffer` that is a buffer and no bytes, of an object that the model has no class for: `memory.buffer`, or that of anything like it. */
function mayBeWasmMemory(store: AbstractObject, flow: FunctionFlow): boolean {
  if (store.origin === 'wasm') return true;
  if (store.source.kind !== 'path' || store.source.key !== 'buffer') return false;
  const kindsOf = (one: AbstractObject): readonly (string | undefined)[] => one.knowledge.classes.map((possible) => flow.context.catalog.class(possible.name)?.kind);
  const holder = flow.values.objects[store.source.base]!;
  return !kindsOf(store).includes('bytes') && !kindsOf(holder).includes('bytes');
}

/** ZER: wiping one of the two must not touch the other while it is in use. */
function wipeObligation(question: Question): Obligation {
  const { flow, sources, results, liveRange } = question;
  const found: Obligation[] = [];
  for (const block of flow.cfg.order) {
    for (const { id } of flow.function.blocks[block]!.instructions) {
      for (const effect of flow.effects.of(id).effects) {
        if (effect.kind !== 'wipe') continue;
        if (effect.objects.some((one) => results.includes(one))) found.push(failedWrite('ZER', id, effect, (does) => `the copy ${does('is', 'be')} wiped and the source must not be`, question));
        else if (liveRange.has(id) && sharing(effect, sources, question) === 'same' && writesElsewhere(id, question) === 'unknown') found.push(failedWrite('ZER', id, effect, (does) => `the source ${does('is', 'be')} wiped while the copy is in use`, question));
      }
    }
  }
  return worst('ZER', found, 'neither side is wiped while the other is in use');
}

/** PROP: nobody looks at the backing store or the offset. The class is that of the copy; an edit that gives another answers for it. */
function propertyObligation(question: Question): Obligation {
  const { flow, lineOf } = question;
  const found: Obligation[] = [];
  for (const use of question.uses) {
    const instruction = flow.cfg.instructions[use.instruction];
    if (instruction?.op === 'get' && use.operand === instruction.object) {
      const name = instruction.key.kind === 'name' ? instruction.key.name : null;
      if (name === 'buffer' || name === 'byteOffset' || name === 'parent' || name === 'offset') found.push(obligation('PROP', 'failed', `line ${lineOf(use.instruction)}: .${name} tells a view from a copy`));
    }
  }
  forEachUseEffect(question, (effect, use) => {
    if (effect.kind === 'observe-class') found.push(obligation('PROP', 'open', `line ${lineOf(use.instruction)}: ${effect.callee ?? 'an operator'} may tell a view from a copy`));
    if (effect.kind === 'observe-by-name') found.push(obligation('PROP', 'assumed', `line ${lineOf(use.instruction)}: what ${effect.callee ?? 'is read'} ${effect.callee === undefined ? 'there' : 'reads by a computed name'} is an element`));
    if (effect.kind === 'detach') found.push(obligation('PROP', 'failed', `line ${lineOf(use.instruction)}: ${effect.callee ?? 'a call'} takes the backing store of the copy`));
  });
  return worst('PROP', found, 'nobody looks at the backing store');
}

/** Calls that compare an argument, or the elements, with others by identity. */
const looksUp = /^(?:(?:Weak)?(?:Map|Set)\.prototype\.(?:get|has|delete)|Array\.prototype\.(?:includes|indexOf|lastIndexOf)|Object\.is)$/;

function identityObligation(question: Question): Obligation {
  const found: Obligation[] = [];
  forEachUseEffect(question, (effect, use) => {
    if (effect.kind === 'identity') found.push(obligation('ID', 'open', `line ${question.lineOf(use.instruction)}: the copy is compared by identity`));
  });
  for (const use of question.uses) {
    const lookup = question.flow.values.calls.get(use.instruction)?.candidates.find((one) => looksUp.test(one.name));
    if (lookup !== undefined) found.push(obligation('ID', 'open', `line ${question.lineOf(use.instruction)}: ${lookup.name} looks for the copy by identity`));
  }
  return worst('ID', found, 'identity is not observed');
}

/** Calls back for each effect, at a use of the copy, that concerns the copy's bytes. */
function forEachUseEffect(question: Question, visit: (effect: Effect, use: Use) => void): void {
  const { flow, results } = question;
  const own = new Set(results);
  for (const use of question.uses) {
    // What holds the copy stands for it: a list with the copy inside, the result of a call that may be the copy.
    const holders = new Set(flow.values.of(use.operand));
    for (const effect of flow.effects.of(use.instruction).effects) {
      const concerns = effect.objects.some((one) => own.has(one) || holders.has(one) || flow.values.objects[one]!.stores.some((store) => own.has(store)));
      if (concerns && !isTrackedList(effect, use, question)) visit(effect, use);
    }
  }
}

/** An array literal that takes the copy is followed like the copy itself, so that being its element is no escape. */
function isTrackedList(effect: Effect, use: Use, question: Question): boolean {
  return effect.kind === 'retain' && question.flow.cfg.instructions[use.instruction]?.op === 'array';
}

/** What the tracking follows when the copy is an element: a call that sees the list, its elements one by one. A spread leads it out of sight. */
function isFollowed(use: Use, question: Question): boolean {
  const instruction = question.flow.cfg.instructions[use.instruction];
  switch (instruction?.op) {
    case 'array': case 'get': case 'await': case 'iterator': case 'iterator-next': case 'iterator-value': case 'iterator-done': case 'iterator-close': return true;
    case 'call': case 'new': return question.flow.values.calls.get(instruction.id)?.complete === true;
    default: return false;
  }
}

/** Whether the effect's objects may be the sources: certainly (`same` store) or possibly. */
function sharing(effect: Effect, sources: readonly ObjectId[], question: Question): 'same' | 'possible' | null {
  const { flow } = question;
  let found: 'same' | 'possible' | null = null;
  for (const target of effect.objects) {
    for (const source of sources) {
      const common = flow.values.objects[target]!.stores.some((store) => flow.values.objects[source]!.stores.includes(store));
      if (common) return 'same';
      if (holdsBytes(target, flow) && mayShareBytes(target, source, flow.values, flow.escapes)) found = 'possible';
    }
  }
  return found;
}

function holdsBytes(object: ObjectId, flow: FunctionFlow): boolean {
  const { knowledge } = flow.values.objects[object]!;
  if (!knowledge.complete) return true;
  return knowledge.classes.some((one) => flow.context.catalog.class(one.name)?.kind !== 'object') || knowledge.classes.length === 0;
}

/** `target.set(copy)` and `copy.copy(target)` move overlapping memory correctly, so a write there by the reader itself does not matter. */
function isOverlapSafe(instruction: ValueId, effect: Effect, question: Question): boolean {
  const { flow, copy, uses } = question;
  const isUse = uses.some((use) => use.instruction === instruction);
  const isMove = effect.callee !== undefined && /\.prototype\.(?:set|copy)$/.test(effect.callee);
  if (!isUse || !isMove || loopOf(flow.cfg, flow.loops(), copy) !== loopOf(flow.cfg, flow.loops(), instruction)) return false;
  // Only a last use may overlap, and only in the round that made the copy: a later one would read what was moved.
  return uses.every((use) => isBefore(copy, use.instruction) && (use.instruction === instruction || isBefore(use.instruction, instruction)));

  function isBefore(first: ValueId, second: ValueId): boolean {
    return instructionDominates(flow.cfg, flow.dominators(), first, second);
  }
}

/** `, by parse and element reads`; empty when no reader has a name. */
function describeReaders(flow: FunctionFlow, uses: readonly Use[]): string {
  const names = new Set<string>();
  for (const use of uses) {
    const instruction = flow.cfg.instructions[use.instruction];
    if (instruction?.op === 'call' || instruction?.op === 'new') {
      const [callee, ...others] = flow.values.calls.get(instruction.id)?.candidates ?? [];
      names.add(callee !== undefined && others.length === 0 && callee.row === null ? callee.name : calleeName(instruction, flow.cfg));
    } else if (instruction?.op === 'get' && instruction.key.kind === 'computed') names.add('element reads');
  }
  return names.size === 0 ? '' : `, by ${[...names].slice(0, 3).join(' and ')}`;
}
