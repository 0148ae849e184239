/**
 * Walks over the operands of an instruction, in evaluation order. The one place that knows which fields of which variant are operands,
 * so that passes that only need "what does this use" cannot forget one.
 */
import type { Argument, Instruction, Key, ValueId } from './instruction.js';

/** All values that the instruction reads, in evaluation order, with repetitions. */
export function operandsOf(instruction: Instruction): readonly ValueId[] {
  switch (instruction.op) {
    case 'constant': case 'parameter': case 'rest-parameter': case 'this': case 'arguments': case 'new-target': case 'import-meta':
    case 'regexp': case 'template-object': case 'closure': case 'caught': case 'declare': case 'freshen': case 'load': case 'global':
    case 'import': case 'object': case 'throw-error': case 'generator-start':
      return [];
    case 'store': case 'store-global': case 'await': case 'yield': case 'require-object':
      return [instruction.value];
    case 'get': case 'delete':
      return [instruction.object, ...keyOperands(instruction.key)];
    case 'set': case 'define':
      return [instruction.object, ...keyOperands(instruction.key), instruction.value];
    case 'has-private': case 'enumerate-keys':
      return [instruction.object];
    case 'super-get':
      return keyOperands(instruction.key);
    case 'super-set':
      return [...keyOperands(instruction.key), instruction.value];
    case 'unary':
      return [instruction.operand];
    case 'binary':
      return [instruction.left, instruction.right];
    case 'template':
      return instruction.values;
    case 'copy-properties': {
      const excluded = instruction.excluded.flatMap((key) => keyOperands(key));
      return instruction.object === null ? [instruction.source, ...excluded] : [instruction.object, instruction.source, ...excluded];
    }
    case 'array':
      return argumentOperands(instruction.elements.filter((element) => element !== null));
    case 'spread': case 'iterator': case 'yield-star':
      return [instruction.iterable];
    case 'class': {
      const keys = instruction.members.flatMap((member) => keyOperands(member.key));
      return instruction.extends === null ? keys : [instruction.extends, ...keys];
    }
    case 'call': {
      const operands = argumentOperands(instruction.arguments);
      return instruction.receiver === null ? [instruction.callee, ...operands] : [instruction.receiver, instruction.callee, ...operands];
    }
    case 'new':
      return [instruction.callee, ...argumentOperands(instruction.arguments)];
    case 'super-call':
      return argumentOperands(instruction.arguments);
    case 'dynamic-import':
      return [instruction.specifier];
    case 'iterator-next': case 'iterator-close':
      return [instruction.iterator];
    case 'iterator-done': case 'iterator-value':
      return [instruction.result];
    case 'opaque':
      return instruction.operands;
  }
}

function keyOperands(key: Key): readonly ValueId[] {
  return key.kind === 'computed' ? [key.value] : [];
}

function argumentOperands(list: readonly Argument[]): readonly ValueId[] {
  return list.map((argument) => argument.value);
}
