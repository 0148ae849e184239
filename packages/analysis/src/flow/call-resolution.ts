/**
 * Which callees a call may run: library rows by the model, program functions by the one callback of the context, otherwise unknown.
 * `f.call(x, a)` counts as `x.f(a)`. Nothing is guessed from a name alone: a method needs the class of its receiver.
 */
import type { Instruction, ValueId } from '../ir/instruction.js';
import { applicableRows, type ArgumentKnowledge } from '../model/match.js';
import { type CalleeEffects, type CallOperands, operandsOfCall, type ResolvedCall, rowEffects } from './call-effects.js';
import type { Cfg } from './cfg.js';
import { withGivenFunctions } from './callback.js';
import { constantOf } from './constant.js';
import type { CallTarget, FlowContext } from './context.js';
import type { AbstractObject } from './object.js';
import { elementsKey } from './heap.js';
import type { PointsTo } from './points-to.js';
import type { ReachingDefinitions } from './reaching.js';
import { argumentClasses } from './value-class.js';

type CallInstruction = Extract<Instruction, { op: 'call' | 'new' | 'super-call' }>;

interface Found {
  readonly candidates: readonly CalleeEffects[];
  readonly complete: boolean;
}

const unknown: Found = { candidates: [], complete: false };

/** Members of members are followed this far: `node = node.next` goes on without end. */
const maximumDepth = 4;

export function resolveCall(instruction: CallInstruction, values: PointsTo, cfg: Cfg, reaching: ReachingDefinitions, context: FlowContext): ResolvedCall {
  const operands = operandsOfCall(instruction);
  if (instruction.op === 'super-call') return { operands, candidates: [], complete: false, declaredClass: null };
  const use = instruction.op;
  const indirect = use === 'call' ? throughFunctionCall(instruction, operands, values, cfg) : null;
  if (indirect !== null) {
    const found = rowsOf(context.catalog.global(indirect.api) ?? indirect.api, indirect.operands, values, cfg, reaching, context);
    return { operands: indirect.operands, ...found, declaredClass: null };
  }
  const callees = values.of(instruction.callee).map((one) => values.objects[one]!);
  const parts: Found[] = [];
  const others = callees.filter((one) => one.source.kind !== 'method');
  const methods = callees.flatMap(({ source }) => (source.kind === 'method' && use === 'call' ? [source] : []));
  const byClass = methods.map((method) => resolveMethod(method.receiver, method.member, operands, values, cfg, reaching, context));
  parts.push(...byClass);
  // What was stored in sight under the very name of a method hides the method.
  const hiding = new Set(callees.flatMap(({ source }) => (source.kind === 'method' ? values.of(source.receiver).flatMap((one) => values.stored(one, source.member)) : [])));
  const isKnownByClass = byClass.length > 0 && byClass.every((part) => part.complete);
  const isFound: boolean[] = [];
  for (const one of others) {
    const found = resolveObject(one, use, operands, values, cfg, reaching, context);
    isFound.push(found.complete && found.candidates.length > 0);
    // A property that a class of the model or program has wins over the same property as an unseen field.
    if (!isKnownByClass || hiding.has(one.id) || (found.complete && found.candidates.length > 0)) parts.push(found);
  }
  // Nothing is known by class: a stored function may be all there is, where one is stored under that very name.
  const resolved = others.filter((one, index) => one.source.kind !== 'path' || isFound[index] === true);
  const isNothingKnown = byClass.every((part) => part.candidates.length === 0 && !part.complete);
  const known = isNothingKnown ? parts.filter((part) => !byClass.includes(part) || !isRead(methods[byClass.indexOf(part)]!, resolved)) : parts;
  const candidates: CalleeEffects[] = [];
  for (const part of known) for (const general of part.candidates) {
    const candidate = use === 'call' ? withGivenFunctions(general, operands, values, context) : general;
    if (!candidates.some((known) => known === candidate || (known.row !== null && known.row === candidate.row))) candidates.push(candidate);
  }
  const declaredClass = callees.map(({ source }) => (source.kind === 'method' && isKnownByClass ? declaredClassOf(source.receiver, source.member, values) : null)).find((name) => name !== null) ?? null;
  return { operands, candidates, complete: known.length > 0 && known.every((part) => part.complete), declaredClass };

  /** Whether reading the member gave one of the callees, whatever the object is; `fs.look ?? other` has callees that were never read there. */
  function isRead({ receiver, member }: { readonly receiver: ValueId; readonly member: string }, found: readonly AbstractObject[], depth = 0): boolean {
    const holders = values.of(receiver).map((one) => values.objects[one]!);
    return holders.length > 0 && holders.every((holder) => {
      const { source } = holder;
      if (source.kind === 'global' || source.kind === 'import') return true;
      // `globalThis.Buffer` as well is a member that could have been anything by its name alone.
      if (source.kind === 'method') return holders.length > 1 && depth < maximumDepth && isRead(source, holders, depth + 1);
      return values.stored(holder.id, member).length > 0 || found.some((one) => one.source.kind === 'path' && one.source.base === holder.id && one.source.key === member);
    });
  }
}

/** Null when the receiver is of exactly the classes that are known of it; a private method belongs to no other class. */
function declaredClassOf(receiver: ValueId, member: string, values: PointsTo): string | null {
  if (member.startsWith('#')) return null;
  const declared = values.knowledge(receiver).classes.find((one) => !one.exact);
  return declared === undefined ? null : declared.name.slice(declared.name.lastIndexOf('#') + 1);
}

function resolveObject(callee: AbstractObject, use: 'call' | 'new', operands: CallOperands, values: PointsTo, cfg: Cfg, reaching: ReachingDefinitions, context: FlowContext): Found {
  const source = callee.source;
  switch (source.kind) {
    case 'global': {
      if (source.path.startsWith('=')) return rowsOf(source.path.slice(1), operands, values, cfg, reaching, context);
      const path = source.path.replace(/^(?:globalThis|global|window|self)\./, '');
      const api = context.catalog.global(use === 'new' ? `new ${path}` : path);
      return api === null ? unknown : rowsOf(api, operands, values, cfg, reaching, context);
    }
    case 'import': {
      const api = context.catalog.imported(source.specifier, use === 'new' ? `new ${source.path}` : source.path);
      if (api !== null) return rowsOf(api, operands, values, cfg, reaching, context);
      return program({ kind: 'import', specifier: source.specifier, path: source.path }, use, context);
    }
    case 'closure': return program({ kind: 'closure', function: source.function }, use, context);
    case 'captured': return program({ kind: 'captured', variable: source.variable, members: [] }, use, context);
    case 'path': return resolveMember(callee, use, operands, values, cfg, reaching, context);
    case 'parameter': {
      const given = context.given.get(source.index);
      return given === undefined || use === 'new' ? unknown : program(given, use, context);
    }
    case 'allocation': case 'this': case 'method': case 'result': return unknown;
  }
}

/** `codec.encode(x)` with a literal or a module in a variable of an enclosing function. */
function resolveMember(callee: AbstractObject, use: 'call' | 'new', operands: CallOperands, values: PointsTo, cfg: Cfg, reaching: ReachingDefinitions, context: FlowContext): Found {
  const members: string[] = [];
  let { source } = callee;
  while (source.kind === 'path') {
    if (source.key === elementsKey) return unknown;
    members.unshift(source.key);
    source = values.objects[source.base]!.source;
  }
  if (source.kind !== 'captured') return unknown;
  const target = { kind: 'captured', variable: source.variable, members } as const;
  const named = context.named(target);
  if (named === null) return program(target, use, context);
  const name = use === 'new' ? `new ${named.path}` : named.path;
  const api = named.kind === 'global' ? context.catalog.global(name) : context.catalog.imported(named.specifier, name);
  return api === null ? unknown : rowsOf(api, operands, values, cfg, reaching, context);
}

function resolveMethod(receiver: ValueId, member: string, operands: CallOperands, values: PointsTo, cfg: Cfg, reaching: ReachingDefinitions, context: FlowContext): Found {
  const known = values.knowledge(receiver);
  const names = new Set(known.classes.map((one) => one.name));
  for (const primitive of known.primitives) if (primitive === 'string') names.add('String'); else if (primitive === 'number') names.add('Number');
  const parts: Found[] = [];
  for (const name of names) {
    const api = context.catalog.method(name, member);
    if (api !== null) parts.push(rowsOf(api, operands, values, cfg, reaching, context));
    else parts.push(name.includes('#') && context.catalog.class(name) === null ? program({ kind: 'method', class: name, member }, 'call', context) : unknown);
  }
  if (parts.length === 0) return unknown;
  // Own properties out of sight may hide the methods of the class; private ones cannot be hidden.
  const isReshaped = !member.startsWith('#') && values.of(receiver).some((one) => values.isReshaped(one));
  return { candidates: parts.flatMap((part) => part.candidates), complete: known.complete && !isReshaped && parts.every((part) => part.complete) };
}

function rowsOf(api: string, operands: CallOperands, values: PointsTo, cfg: Cfg, reaching: ReachingDefinitions, context: FlowContext): Found {
  const rows = context.catalog.rows(api);
  if (rows.length === 0) return unknown;
  const knowledge = operands.uncertainFrom !== null ? null : operands.arguments.map((value): ArgumentKnowledge => {
    const constant = constantOf(value, cfg, reaching, context);
    const classes = argumentClasses(values.knowledge(value), context.catalog);
    return constant?.kind === 'string' ? { classes: ['string'], text: constant.value } : { classes };
  });
  const applicable = applicableRows(rows, knowledge);
  return { candidates: applicable.rows.map((row) => effectsOfRow(row)), complete: applicable.complete };
}

function program(target: CallTarget, use: 'call' | 'new', context: FlowContext): Found {
  const candidates = context.callProgram(target, use);
  return candidates === null ? unknown : { candidates, complete: true };
}

/** `Uint8Array.prototype.slice.call(x, 0, 4)`: the api and the shifted operands. */
function throughFunctionCall(instruction: Extract<Instruction, { op: 'call' }>, operands: CallOperands, values: PointsTo, cfg: Cfg): { readonly api: string; readonly operands: CallOperands } | null {
  const callee = cfg.instructions[instruction.callee];
  if (callee?.op !== 'get' || callee.key.kind !== 'name' || callee.key.name !== 'call' || operands.uncertainFrom !== null) return null;
  const [only, ...more] = values.of(callee.object).map((one) => values.objects[one]!.source).filter((source) => source.kind !== 'method');
  if (only?.kind !== 'global' || only.path.startsWith('=') || more.length > 0) return null;
  const [receiver, ...rest] = operands.arguments;
  return receiver === undefined ? null : { api: only.path, operands: { receiver, arguments: rest, uncertainFrom: null } };
}

const cache = new WeakMap<object, CalleeEffects>();

function effectsOfRow(row: Parameters<typeof rowEffects>[0]): CalleeEffects {
  let effects = cache.get(row);
  if (effects === undefined) {
    effects = rowEffects(row);
    cache.set(row, effects);
  }
  return effects;
}
