/**
 * Checks that a function of the IR is well formed. Used by tests of the lowering and by everyone who builds IR by hand.
 * It says nothing of meaning; that is the interpreter's test.
 */
import type { FunctionIr, ModuleIr, Terminator } from './function.js';
import type { BlockId, ValueId, VariableRef } from './instruction.js';
import { operandsOf } from './operands.js';

/** Problems of one function, as sentences; empty when it is well formed. */
export function verifyFunction(fn: FunctionIr): readonly string[] {
  const problems: string[] = [];
  const where = `f${String(fn.id)} ${fn.name}`;
  const homes = new Map<ValueId, BlockId>();
  fn.blocks.forEach((block, index) => {
    if (block.id !== index) problems.push(`${where}: block ${String(index)} has id ${String(block.id)}`);
    for (const target of [...targetsOf(block.terminator), ...nonNull(block.handler), ...nonNull(block.generatorReturn)]) {
      if (fn.blocks[target] === undefined) problems.push(`${where}: b${String(index)} leads to missing block ${String(target)}`);
    }
    for (const instruction of block.instructions) {
      if (homes.has(instruction.id)) problems.push(`${where}: value %${String(instruction.id)} is defined twice`);
      homes.set(instruction.id, index);
      if (instruction.op === 'caught' && block.instructions[0] !== instruction) problems.push(`${where}: %${String(instruction.id)} is a caught that does not begin its block`);
      if (instruction.op === 'freshen' || instruction.op === 'declare' || instruction.op === 'load' || instruction.op === 'store') checkVariable(fn, instruction.variable, problems, where);
    }
  });
  if (fn.blocks.length === 0) problems.push(`${where}: it has no block`);
  if (homes.size !== fn.valueCount) problems.push(`${where}: ${String(homes.size)} values are defined, valueCount is ${String(fn.valueCount)}`);
  for (const id of homes.keys()) if (id < 0 || id >= fn.valueCount) problems.push(`${where}: value %${String(id)} is out of range`);
  if (fn.spans.length !== 2 * fn.valueCount) problems.push(`${where}: it has ${String(fn.spans.length)} span numbers for ${String(fn.valueCount)} values`);
  if (fn.parameterTypes.length !== fn.parameters.length) problems.push(`${where}: parameterTypes and parameters differ in length`);
  for (const id of fn.types.keys()) if (!homes.has(id)) problems.push(`${where}: a type is told of missing value %${String(id)}`);
  checkDominance(fn, homes, problems, where);
  return problems;
}

/** Problems of all functions of a module, and of the references between them. */
export function verifyModule(module: ModuleIr): readonly string[] {
  const problems = module.functions.flatMap((fn) => [...verifyFunction(fn)]);
  module.functions.forEach((fn, index) => {
    if (fn.id !== index) problems.push(`function ${String(index)} has id ${String(fn.id)}`);
    for (const variable of [...fn.captures, ...referencesOf(fn)]) {
      if (module.functions[variable.function]?.variables[variable.slot] === undefined) problems.push(`f${String(index)}: variable ${String(variable.function)}:${String(variable.slot)} does not exist`);
    }
  });
  return problems;
}

function referencesOf(fn: FunctionIr): readonly VariableRef[] {
  return fn.blocks.flatMap((block) => block.instructions.flatMap((instruction) => ('variable' in instruction ? [instruction.variable] : [])));
}

function checkVariable(fn: FunctionIr, variable: VariableRef, problems: string[], where: string): void {
  if (variable.function === fn.id) {
    if (fn.variables[variable.slot] === undefined) problems.push(`${where}: variable slot ${String(variable.slot)} does not exist`);
    return;
  }
  const isCaptured = fn.captures.some((capture) => capture.function === variable.function && capture.slot === variable.slot);
  if (!isCaptured) problems.push(`${where}: variable ${String(variable.function)}:${String(variable.slot)} is used and not in captures`);
}

/**
 * Each operand must be defined on every path to its use. Forward data flow over sets of blocks that have completed on all paths;
 * an exception leaves a block in its middle, so a handler sees only what the blocks before the throwing one defined.
 */
function checkDominance(fn: FunctionIr, homes: ReadonlyMap<ValueId, BlockId>, problems: string[], where: string): void {
  const dominators = dominatorsOf(fn);
  for (const block of fn.blocks) {
    const seen = new Set<ValueId>();
    const check = (operand: ValueId, user: string): void => {
      const home = homes.get(operand);
      if (home === undefined) {
        problems.push(`${where}: ${user} uses %${String(operand)}, which nothing defines`);
        return;
      }
      const isDefined = home === block.id ? seen.has(operand) : dominators[block.id]?.has(home) === true;
      if (!isDefined) problems.push(`${where}: ${user} uses %${String(operand)} before its definition`);
    };
    for (const instruction of block.instructions) {
      for (const operand of operandsOf(instruction)) check(operand, `%${String(instruction.id)}`);
      seen.add(instruction.id);
    }
    const { terminator } = block;
    if ('value' in terminator) check(terminator.value, `the end of b${String(block.id)}`);
  }
}

/** Per block, the blocks that have run to their end on every path to it. */
function dominatorsOf(fn: FunctionIr): readonly (ReadonlySet<BlockId> | null)[] {
  const entry: (Set<BlockId> | null)[] = fn.blocks.map(() => null);
  if (fn.blocks.length > 0) entry[0] = new Set();
  let changed = true;
  const flow = (target: BlockId | null, incoming: ReadonlySet<BlockId>): void => {
    if (target === null || fn.blocks[target] === undefined) return;
    const known = entry[target];
    if (known === null || known === undefined) {
      entry[target] = new Set(incoming);
      changed = true;
      return;
    }
    for (const block of known) {
      if (incoming.has(block)) continue;
      known.delete(block);
      changed = true;
    }
  };
  while (changed) {
    changed = false;
    for (const block of fn.blocks) {
      const before = entry[block.id];
      if (before === null || before === undefined) continue;
      const after = new Set(before).add(block.id);
      for (const target of targetsOf(block.terminator)) flow(target, after);
      flow(block.handler, before);
      // A generator resumes at a yield, which has been reached but is no operand of what runs then.
      flow(block.generatorReturn, before);
    }
  }
  return entry;
}

function targetsOf(terminator: Terminator): readonly BlockId[] {
  if (terminator.op === 'goto') return [terminator.target];
  if (terminator.op === 'branch') return [terminator.then, terminator.else];
  return [];
}

function nonNull(id: BlockId | null): readonly BlockId[] {
  return id === null ? [] : [id];
}
