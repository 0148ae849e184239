/**
 * The history of a value: where the bytes were born that a site works on, and everything that is then done with what the site makes, also within callees of the
 * program. For people to read: the proofs are made of the same facts, but not of these sentences.
 */
import type { Instruction, ValueId } from '../ir/instruction.js';
import type { CalleeEffects } from '../flow/call-effects.js';
import { valuesAt } from '../flow/call-effects.js';
import type { AbstractObject } from '../flow/object.js';
import type { Use } from '../flow/track.js';
import type { ArgumentPath } from '../model/row.js';
import { byteCopyOf } from './byte-copy.js';
import { positionOf } from './position.js';
import type { CallSite, FunctionQuery, ProgramQuery } from './query.js';
import type { Site } from './site.js';

export interface HistoryStep {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  /** How many calls of program functions it is within. */
  readonly depth: number;
  /** What happens, without final period: `frame.subarray(4) is read by hash.update`. */
  readonly what: string;
}

/** Callees are followed this far. */
const maximumDepth = 3;
/** What one value goes through is told up to here. */
const maximumSteps = 60;

export function historyOf(query: ProgramQuery, site: Site): readonly HistoryStep[] {
  const fn = query.functionOf(site.module, site.function);
  const steps: HistoryStep[] = [];
  const seen = new Set<string>();
  const call = fn.callOf(site.value);
  const copy = call === null ? null : byteCopyOf(call);
  const input = copy?.source ?? null;
  if (input !== null) steps.push(...[...births(fn, input)].sort((left, right) => left.line - right.line || left.column - right.column));
  steps.push(stepAt(fn, site.value, 0, madeBy(fn, site.value, call, input)));
  follow(fn, site.value, 0);
  return steps.slice(0, maximumSteps);

  function follow(at: FunctionQuery, value: ValueId, depth: number): void {
    const key = `${at.module.file} ${String(at.function.id)} ${String(value)}`;
    if (seen.has(key) || steps.length > maximumSteps) return;
    seen.add(key);
    const { uses, leaves, capturedBy } = at.flow.track(value);
    for (const use of [...uses].sort((left, right) => startOf(at, left.instruction) - startOf(at, right.instruction))) tell(at, use, depth);
    for (const captured of capturedBy) steps.push(stepAt(at, captured, depth, 'it is in a variable that other functions see'));
    for (const { how, block } of leaves) {
      const { terminator } = at.function.blocks[block]!;
      if (terminator.op === 'return' || terminator.op === 'throw') steps.push(stepAt(at, terminator.value, depth, how === 'return' ? `${at.function.name} returns it` : `${at.function.name} throws it`));
    }
  }

  function tell(at: FunctionQuery, use: Use, depth: number): void {
    const instruction = at.instruction(use.instruction);
    if (instruction === null) return;
    const found = at.calls().find((one) => one.value === use.instruction);
    if (found === undefined) {
      const what = plainUse(at, instruction, use);
      if (what !== null) steps.push(stepAt(at, use.instruction, depth, what));
      return;
    }
    steps.push(stepAt(at, use.instruction, depth, callUse(at, found, use.operand)));
    if (depth >= maximumDepth) return;
    for (const callee of query.calleesOf(found)) {
      const index = found.operands.uncertainFrom === null ? found.operands.arguments.indexOf(use.operand) : -1;
      const parameter = callee.instructions().find((one) => one.op === 'parameter' && one.index === index);
      if (parameter !== undefined) follow(callee, parameter.id, depth + 1);
    }
  }
}

/** Where each of the bytes comes from that a value may be or show. */
function births(fn: FunctionQuery, value: ValueId): readonly HistoryStep[] {
  const { values } = fn.flow;
  const stores = new Set(values.of(value).flatMap((one) => values.objects[one]!.stores));
  const name = short(fn.text(value));
  return [...stores].flatMap((one) => {
    const object = values.objects[one]!;
    const at = placeOf(fn, object);
    return object.source.kind === 'method' ? [] : [at === null ? stepAt(fn, value, 0, `${name} ${bornAs(fn, object)}`) : stepAt(fn, at, 0, `${name} ${bornAs(fn, object)}`)];
  });
}

function placeOf(fn: FunctionQuery, { source }: AbstractObject): ValueId | null {
  if (source.kind === 'allocation' || source.kind === 'result') return source.site;
  if (source.kind !== 'parameter') return null;
  return fn.instructions().find((one) => one.op === 'parameter' && one.index === source.index)?.id ?? null;
}

function bornAs(fn: FunctionQuery, object: AbstractObject): string {
  const { source } = object;
  switch (source.kind) {
    case 'parameter': {
      const declared = object.knowledge.classes.map((one) => one.name.slice(one.name.lastIndexOf('#') + 1));
      return `comes in as parameter ${fn.function.parameters[source.index] ?? String(source.index + 1)} of ${fn.function.name}${declared.length === 0 ? '' : `, declared ${declared.join(' or ')}`}`;
    }
    case 'this': return `is the object that ${fn.function.name} is called on`;
    case 'path': return `is held by ${heldBy(fn, object)}: it was stored out of this function`;
    case 'captured': return `is in ${fn.module.functions[source.variable.function]?.variables[source.variable.slot]?.name ?? 'a variable'}, a variable of an enclosing scope`;
    case 'global': return `is the global ${source.path}`;
    case 'import': return `is ${source.path} of ${source.specifier}`;
    case 'allocation': return `is made by ${short(fn.text(source.site))}${object.origin === 'pooled' ? ', in a slab that it shares with others' : ''}`;
    case 'result': return `is what ${short(fn.text(source.site))} gives, which is not seen into`;
    case 'closure': return 'is a function';
    case 'method': return 'is a method';
  }
}

function heldBy(fn: FunctionQuery, object: AbstractObject): string {
  if (object.source.kind !== 'path') return object.source.kind === 'this' ? 'this' : object.source.kind === 'parameter' ? fn.function.parameters[object.source.index] ?? 'a parameter' : 'something out of sight';
  const base = heldBy(fn, fn.flow.values.objects[object.source.base]!);
  const key = object.source.key.replace(/@\d+$/, '');
  return key === '[]' ? `the elements of ${base}` : `${base}.${key}`;
}

function madeBy(fn: FunctionQuery, value: ValueId, call: CallSite | null, input: ValueId | null): string {
  const text = short(fn.text(value));
  if (call === null) return `${text} is what the finding speaks of`;
  return input === null ? `${text} calls ${call.api ?? 'something that may be several functions'}` : `${text} copies ${short(fn.text(input))} (${call.api ?? 'by one of several functions'})`;
}

function callUse(fn: FunctionQuery, call: CallSite, operand: ValueId): string {
  const name = short(fn.text(call.value));
  if (!call.complete) return `${name} gets it: the callee is out of sight, and may read, write and keep it`;
  const said = new Set(call.candidates.flatMap((candidate) => effectsOn(candidate, call, operand)));
  return `${name} ${said.size === 0 ? 'gets it, and does nothing to its bytes' : `${[...said].join(', ')} it`}`;
}

/** What a callee does to one operand, in words. */
function effectsOn(candidate: CalleeEffects, call: CallSite, operand: ValueId): readonly string[] {
  const has = (paths: readonly ArgumentPath[]): boolean => paths.some((path) => valuesAt(call.operands, path).values.includes(operand));
  const table: readonly (readonly [string, readonly ArgumentPath[]])[] = [
    ['reads', candidate.reads], ['wipes', candidate.wipes], ['writes', candidate.writes.filter((path) => !candidate.wipes.includes(path))], ['keeps', candidate.retains], ['later reads', candidate.readsLater],
    ['later writes', candidate.writesLater], ['snapshots', candidate.snapshots], ['hands on to code out of sight', candidate.unseen], ['detaches', candidate.detaches], ['calls', candidate.calls], ['looks at the class of', candidate.observesClass], ['may look by name at', candidate.observesByName],
  ];
  const { result } = candidate;
  const gives = result.kind === 'view' && has([result.of]) ? ['gives a view of'] : result.kind === 'same' && has([result.as]) ? ['returns'] : [];
  return [...table.filter(([, paths]) => has(paths)).map(([word]) => word), ...gives];
}

/** Null for steps that mean nothing by themselves, such as naming a method that is then called. */
function plainUse(fn: FunctionQuery, instruction: Instruction, use: Use): string | null {
  const text = short(fn.text(instruction.id));
  switch (instruction.op) {
    case 'get': return fn.calls().some((call) => call.instruction.callee === instruction.id) ? null : `${text} reads a property of it`;
    case 'set': return instruction.value === use.operand ? `${text} stores it` : `${text} writes into it`;
    case 'define': return instruction.value === use.operand ? 'it is put into an object' : null;
    case 'array': return 'it is put into a list';
    case 'await': return 'the function waits: others run meanwhile';
    case 'yield': return 'it is given to who iterates';
    case 'spread': case 'iterator': return `${text} reads its elements one by one`;
    case 'binary': return `${text} compares it`;
    case 'opaque': return `${text} may do anything with it`;
    default: return null;
  }
}

function stepAt(fn: FunctionQuery, value: ValueId, depth: number, what: string): HistoryStep {
  const { line, column } = positionOf(fn.module, startOf(fn, value));
  return { file: fn.module.file, line, column, depth, what };
}

function startOf(fn: FunctionQuery, value: ValueId): number {
  const start = fn.function.spans[2 * value] ?? -1;
  return start === -1 ? fn.function.nameSpan.start : start;
}

function short(text: string | null): string {
  if (text === null) return 'it';
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
