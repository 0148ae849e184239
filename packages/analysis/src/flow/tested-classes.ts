/**
 * Classes that the code itself tests: where `x instanceof Uint8Array` or `Buffer.isBuffer(x)` held on every way to a read of `x`, the read gives bytes.
 * Only reads are narrowed that see the very store that was tested; what others may change meanwhile is not a variable of this kind.
 */
import type { BlockId, Instruction, ValueId } from '../ir/instruction.js';
import type { Cfg } from './cfg.js';
import type { FlowContext } from './context.js';
import { computeDominators, dominates } from './dominators.js';
import { memberPathOf } from './member-path.js';
import { atEntry, type ReachingDefinitions } from './reaching.js';
import { type ClassKnowledge, recoveredKnowledge } from './value-class.js';

/** A test that holds wherever `block` was passed. */
interface Test {
  readonly slot: number;
  /** The stored value that was tested. */
  readonly definition: ValueId;
  readonly block: BlockId;
  readonly knowledge: ClassKnowledge;
}

/** What tests say of loads, by load; loads that no test covers are not in it. */
export function testedClasses(cfg: Cfg, reaching: ReachingDefinitions, context: FlowContext): ReadonlyMap<ValueId, ClassKnowledge> {
  const found = new Map<ValueId, ClassKnowledge>();
  const tests = collectTests(cfg, reaching, context);
  if (tests.length === 0) return found;
  const dominators = computeDominators(cfg);
  for (const block of cfg.order) {
    for (const instruction of cfg.function.blocks[block]!.instructions) {
      if (instruction.op !== 'load' || instruction.variable.function !== cfg.function.id) continue;
      const test = tests.find((one) => one.slot === instruction.variable.slot && dominates(dominators, one.block, block) && onlyDefinition(instruction.id, reaching) === one.definition);
      if (test !== undefined) found.set(instruction.id, test.knowledge);
    }
  }
  return found;
}

function collectTests(cfg: Cfg, reaching: ReachingDefinitions, context: FlowContext): readonly Test[] {
  const tests: Test[] = [];
  for (const block of cfg.order) {
    const { terminator } = cfg.function.blocks[block]!;
    if (terminator.op !== 'branch' || terminator.test !== 'truthy' || terminator.then === terminator.else) continue;
    let holds = terminator.then;
    let value = cfg.instructions[terminator.value];
    while (value?.op === 'unary' && value.operator === '!') {
      holds = holds === terminator.then ? terminator.else : terminator.then;
      value = cfg.instructions[value.operand];
    }
    const isOnlyWay = cfg.predecessors[holds]!.length === 1 && cfg.exceptionalPredecessors[holds]!.length === 0;
    const tested = isOnlyWay && value !== null && value !== undefined ? readTest(value, cfg, context) : null;
    const load = tested === null ? null : cfg.instructions[tested.value];
    if (tested === null || load?.op !== 'load' || load.variable.function !== cfg.function.id || context.variables.facts(load.variable).writers.size > 0) continue;
    const definition = onlyDefinition(load.id, reaching);
    if (definition !== null) tests.push({ slot: load.variable.slot, definition, block: holds, knowledge: tested.knowledge });
  }
  return tests;
}

function onlyDefinition(load: ValueId, reaching: ReachingDefinitions): ValueId | null {
  const [only, ...more] = reaching.valuesOf(load);
  return only === undefined || more.length > 0 || only === atEntry ? null : only;
}

function readTest(test: Instruction, cfg: Cfg, context: FlowContext): { readonly value: ValueId; readonly knowledge: ClassKnowledge } | null {
  if (test.op === 'binary' && test.operator === 'instanceof') {
    const path = memberPathOf(cfg.function, test.right, context);
    const name = path === null ? null : context.catalog.denotes(path.specifier === null ? path.name : `${path.specifier}#${path.name}`);
    const tested = name === null ? null : context.catalog.class(name);
    if (tested === null || tested.kind === 'object') return null;
    return { value: test.left, knowledge: recoveredKnowledge(tested.name === 'Uint8Array' ? ['Uint8Array', 'Buffer'] : [tested.name], 'instanceof tells it') };
  }
  if (test.op !== 'call' || test.arguments.length !== 1 || test.arguments[0]!.spread) return null;
  const path = memberPathOf(cfg.function, test.callee, context);
  const [, name] = /(?:^|\.)(isBuffer|isUint8Array)$/.exec(path?.name ?? '') ?? [];
  if (path === null || name === undefined) return null;
  const isOfNode = name === 'isBuffer' ? path.name.endsWith('Buffer.isBuffer') : /^(?:node:)?util(?:\/types)?$/.test(path.specifier ?? '');
  if (!isOfNode) return null;
  return { value: test.arguments[0]!.value, knowledge: recoveredKnowledge(name === 'isBuffer' ? ['Buffer'] : ['Uint8Array', 'Buffer'], `${name} tells it`) };
}
