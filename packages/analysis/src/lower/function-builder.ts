/**
 * Builds one function: blocks, instructions with dense ids, spans, and at the end the immutable `FunctionIr`.
 * It knows nothing of syntax; the forms call `emit`, `newBlock`, `startBlock` and the terminators.
 */
import type ts from 'typescript';
import type { Block, FunctionIr, Span, Terminator } from '../ir/function.js';
import type { BlockId, Instruction, Key, Literal, ValueId, VariableRef } from '../ir/instruction.js';
import { remapInstruction, remapTerminator } from './renumber.js';
import type { FunctionLowering, ModuleLowering, MutableBlock } from './lowering.js';
import { newVariable, noteUse } from './scope.js';

type DraftOf<T> = T extends Instruction ? Omit<T, 'id'> : never;
/** An instruction that has no id yet. */
export type Draft = DraftOf<Instruction>;

export type FunctionDescription = Pick<FunctionLowering, 'module' | 'parent' | 'kind' | 'async' | 'generator' | 'strict' | 'name' | 'namePrefix' | 'className' | 'span' | 'nameSpan' | 'annotations' | 'parameters' | 'syntheticParameters'>;

/** Reserves the next function id of the module and opens its entry block and its scope. */
export function beginFunction(description: FunctionDescription): FunctionLowering {
  const { module, parent, kind, async, generator, strict, name, namePrefix, className, span, nameSpan, annotations, parameters, syntheticParameters } = description;
  const id = module.functions.length;
  const entry: MutableBlock = { id: 0, instructions: [], terminator: null, handler: null, generatorReturn: null };
  // Written out, since a spread before so many fields makes the engine copy the object again and again: 12 KB for each function.
  const f: FunctionLowering = {
    module, parent, kind, async, generator, strict, name, namePrefix, className, span, nameSpan, annotations, parameters, syntheticParameters, id, variables: [], captures: new Map(), blocks: [entry], placed: [entry], spans: [], questions: [], controls: [],
    valueCount: 0, block: entry, handler: null, scope: { parent: parent?.scope ?? null, function: id, bindings: new Map() },
    privateScope: parent?.privateScope ?? null, pendingLabels: [], depth: parent?.depth ?? 0,
  };
  module.functions.push(null);
  module.lowerings.push(f);
  return f;
}

/** Appends an instruction; its value is the result. `node` gives the span, null means that the instruction is synthesized. */
export function emit(f: FunctionLowering, node: ts.Node | null, draft: Draft): ValueId {
  const id = f.valueCount++;
  // A draft lacks exactly the id.
  f.block.instructions.push({ id, ...draft });
  if (node === null || node.pos < 0) f.spans.push(-1, -1);
  else f.spans.push(startOf(f.module, node), node.end);
  return id;
}

/** Where a node's own text starts, behind comments and blanks. */
export function startOf(module: ModuleLowering, node: ts.Node): number {
  if (node.pos === node.end) return node.pos;
  return node.getStart(module.sourceFile, false);
}

export function spanOf(module: ModuleLowering, node: ts.Node): Span {
  return { start: startOf(module, node), end: node.end };
}

export function emitConstant(f: FunctionLowering, node: ts.Node | null, value: Literal): ValueId {
  return emit(f, node, { op: 'constant', value });
}

export function emitUndefined(f: FunctionLowering, node: ts.Node | null): ValueId {
  return emitConstant(f, node, { kind: 'undefined' });
}

export function emitString(f: FunctionLowering, node: ts.Node | null, value: string): ValueId {
  return emitConstant(f, node, { kind: 'string', value });
}

export function emitLoad(f: FunctionLowering, node: ts.Node | null, variable: VariableRef): ValueId {
  noteUse(f, variable);
  return emit(f, node, { op: 'load', variable });
}

export function emitStore(f: FunctionLowering, node: ts.Node | null, variable: VariableRef, value: ValueId): ValueId {
  noteUse(f, variable);
  return emit(f, node, { op: 'store', variable, value, initialize: false });
}

export function emitInitialize(f: FunctionLowering, node: ts.Node | null, variable: VariableRef, value: ValueId): ValueId {
  noteUse(f, variable);
  return emit(f, node, { op: 'store', variable, value, initialize: true });
}

/** A cell that no source name has: merges of `?:`, completions, iterator states. */
export function newSynthetic(f: FunctionLowering, name: string): VariableRef {
  return newVariable(f, name, 'synthetic');
}

export function nameKey(name: string): Key {
  return { kind: 'name', name };
}

export function newBlock(f: FunctionLowering): BlockId {
  const block: MutableBlock = { id: f.blocks.length, instructions: [], terminator: null, handler: null, generatorReturn: null };
  f.blocks.push(block);
  return block.id;
}

/** Continues in a block made by `newBlock`, under the handler in force now. */
export function startBlock(f: FunctionLowering, id: BlockId): void {
  const block = f.blocks[id];
  if (block === undefined) throw new Error(`block ${String(id)} was never made`);
  block.handler = f.handler;
  f.block = block;
  f.placed.push(block);
}

/** Ends the current block; what follows is unreachable until the next `startBlock`, and is pruned. */
export function terminate(f: FunctionLowering, terminator: Terminator): void {
  if (f.block.terminator === null) f.block.terminator = terminator;
  const dead: MutableBlock = { id: f.blocks.length, instructions: [], terminator: null, handler: f.handler, generatorReturn: null };
  f.blocks.push(dead);
  f.block = dead;
}

export function goto(f: FunctionLowering, target: BlockId): void {
  terminate(f, { op: 'goto', target });
}

export function branch(f: FunctionLowering, test: 'truthy' | 'nullish' | 'undefined', value: ValueId, then: BlockId, otherwise: BlockId): void {
  terminate(f, { op: 'branch', test, value, then, else: otherwise });
}

/** From here on exceptions go to `handler`. A block has one handler, so a change starts a new block. */
export function setHandler(f: FunctionLowering, handler: BlockId | null): void {
  if (f.handler === handler) return;
  f.handler = handler;
  if (f.block.instructions.length === 0) {
    f.block.handler = handler;
    return;
  }
  const next = newBlock(f);
  goto(f, next);
  startBlock(f, next);
}

/** Emits code somewhere else (a handler, a cleanup) and comes back to the current block. */
export function aside(f: FunctionLowering, block: BlockId, body: () => void): void {
  const { block: current, handler, scope } = f;
  startBlock(f, block);
  body();
  f.block = current;
  f.handler = handler;
  f.scope = scope;
}

/** Seals the function: falls off its end with `undefined`, prunes unreachable blocks, renumbers, and stores it in the module. Questions keep up with the renumbering. */
export function finishFunction(f: FunctionLowering): void {
  if (f.block.terminator === null) {
    f.block.terminator = { op: 'return', value: emitUndefined(f, null) };
  }
  for (const block of f.blocks) block.terminator ??= { op: 'unreachable' };
  const kept = keptBlocks(f);
  const blockIds = new Map<BlockId, BlockId>();
  kept.forEach((block, index) => blockIds.set(block.id, index));
  const valueIds = new Int32Array(f.valueCount).fill(-1);
  let valueCount = 0;
  const spans: number[] = [];
  for (const block of kept) {
    for (const instruction of block.instructions) {
      valueIds[instruction.id] = valueCount++;
      spans.push(f.spans[2 * instruction.id] ?? -1, f.spans[2 * instruction.id + 1] ?? -1);
    }
  }
  const value = (id: ValueId): ValueId => valueIds[id] ?? -1;
  const target = (id: BlockId): BlockId => blockIds.get(id) ?? -1;
  const optional = (id: BlockId | null): BlockId | null => (id === null ? null : blockIds.get(id) ?? null);
  const blocks: Block[] = kept.map((block, index) => ({
    id: index,
    instructions: block.instructions.map((instruction) => remapInstruction(instruction, value)),
    terminator: remapTerminator(block.terminator ?? { op: 'unreachable' }, value, target),
    handler: optional(block.handler),
    generatorReturn: optional(block.generatorReturn),
  }));
  const questions = f.questions.filter((question) => value(question.value) >= 0).map((question) => ({ ...question, value: value(question.value) }));
  f.questions.length = 0;
  f.questions.push(...questions);
  f.module.functions[f.id] = finished(f, blocks, valueCount, spans);
}

function finished(f: FunctionLowering, blocks: readonly Block[], valueCount: number, spans: readonly number[]): FunctionIr {
  const { isIdentifier } = f.module.typescript;
  const names = f.parameters.map((parameter) => (isIdentifier(parameter.name) ? parameter.name.text : null));
  return {
    id: f.id, name: f.name, kind: f.kind, async: f.async || (f.kind === 'module' && awaits(blocks)), generator: f.generator, strict: f.strict, parent: f.parent?.id ?? null, className: f.className,
    parameters: [...f.syntheticParameters, ...names],
    hasRestParameter: f.parameters.at(-1)?.dotDotDotToken !== undefined,
    parameterTypes: [...f.syntheticParameters, ...names].map(() => null),
    variables: f.variables, captures: [...f.captures.values()].sort((a, b) => a.function - b.function || a.slot - b.slot),
    blocks, valueCount, annotations: f.annotations, span: f.span, nameSpan: f.nameSpan, spans, types: new Map(),
  };
}

/** A module with a top-level `await` is asynchronous. */
function awaits(blocks: readonly Block[]): boolean {
  return blocks.some((block) => block.instructions.some((instruction) => instruction.op === 'await'));
}

function successors(terminator: Terminator): readonly BlockId[] {
  if (terminator.op === 'goto') return [terminator.target];
  if (terminator.op === 'branch') return [terminator.then, terminator.else];
  return [];
}

/** Whether an exception can leave the block: it has an instruction, or throws. */
function canThrow(block: MutableBlock): boolean {
  return block.instructions.length > 0 || block.terminator?.op === 'throw';
}

function reachableBlocks(f: FunctionLowering): ReadonlySet<BlockId> {
  const reachable = new Set<BlockId>([0]);
  const work: BlockId[] = [0];
  const visit = (id: BlockId | null): void => {
    if (id === null || reachable.has(id)) return;
    reachable.add(id);
    work.push(id);
  };
  for (let id = work.pop(); id !== undefined; id = work.pop()) {
    const block = f.blocks[id];
    if (block === undefined) continue;
    if (block.terminator !== null) successors(block.terminator).forEach(visit);
    if (canThrow(block)) visit(block.handler);
    visit(block.generatorReturn);
  }
  return reachable;
}

/** Reachable blocks in the order in which they were started. */
function keptBlocks(f: FunctionLowering): readonly MutableBlock[] {
  const reachable = reachableBlocks(f);
  return f.placed.filter((block) => reachable.has(block.id));
}
