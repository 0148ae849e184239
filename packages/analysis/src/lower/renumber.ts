/**
 * Rewrites the ids inside an instruction or a terminator, after unreachable code was pruned.
 * The counterpart of `ir/operands.ts`: this is the one place that knows where ids stand in order to replace them.
 */
import type { Terminator } from '../ir/function.js';
import type { Argument, BlockId, Instruction, Key, ValueId } from '../ir/instruction.js';

type Rename = (id: ValueId) => ValueId;

export function remapInstruction(instruction: Instruction, value: Rename): Instruction {
  const id = value(instruction.id);
  switch (instruction.op) {
    case 'constant': case 'parameter': case 'rest-parameter': case 'this': case 'arguments': case 'new-target': case 'import-meta':
    case 'regexp': case 'template-object': case 'closure': case 'caught': case 'declare': case 'freshen': case 'load': case 'global':
    case 'import': case 'object': case 'throw-error': case 'generator-start':
      return { ...instruction, id };
    case 'store': case 'store-global': case 'await': case 'yield': case 'require-object':
      return { ...instruction, id, value: value(instruction.value) };
    case 'get': case 'delete':
      return { ...instruction, id, object: value(instruction.object), key: remapKey(instruction.key, value) };
    case 'set': case 'define':
      return { ...instruction, id, object: value(instruction.object), key: remapKey(instruction.key, value), value: value(instruction.value) };
    case 'has-private': case 'enumerate-keys':
      return { ...instruction, id, object: value(instruction.object) };
    case 'super-get':
      return { ...instruction, id, key: remapKey(instruction.key, value) };
    case 'super-set':
      return { ...instruction, id, key: remapKey(instruction.key, value), value: value(instruction.value) };
    case 'unary':
      return { ...instruction, id, operand: value(instruction.operand) };
    case 'binary':
      return { ...instruction, id, left: value(instruction.left), right: value(instruction.right) };
    case 'template':
      return { ...instruction, id, values: instruction.values.map(value) };
    case 'copy-properties':
      return {
        ...instruction, id, object: instruction.object === null ? null : value(instruction.object), source: value(instruction.source),
        excluded: instruction.excluded.map((key) => remapKey(key, value)),
      };
    case 'array':
      return { ...instruction, id, elements: instruction.elements.map((element) => (element === null ? null : remapArgument(element, value))) };
    case 'spread': case 'iterator': case 'yield-star':
      return { ...instruction, id, iterable: value(instruction.iterable) };
    case 'class':
      return {
        ...instruction, id, extends: instruction.extends === null ? null : value(instruction.extends),
        members: instruction.members.map((member) => ({ ...member, key: remapKey(member.key, value) })),
      };
    case 'call':
      return {
        ...instruction, id, callee: value(instruction.callee), receiver: instruction.receiver === null ? null : value(instruction.receiver),
        arguments: instruction.arguments.map((argument) => remapArgument(argument, value)),
      };
    case 'new':
      return { ...instruction, id, callee: value(instruction.callee), arguments: instruction.arguments.map((argument) => remapArgument(argument, value)) };
    case 'super-call':
      return { ...instruction, id, arguments: instruction.arguments.map((argument) => remapArgument(argument, value)) };
    case 'dynamic-import':
      return { ...instruction, id, specifier: value(instruction.specifier) };
    case 'iterator-next': case 'iterator-close':
      return { ...instruction, id, iterator: value(instruction.iterator) };
    case 'iterator-done': case 'iterator-value':
      return { ...instruction, id, result: value(instruction.result) };
    case 'opaque':
      return { ...instruction, id, operands: instruction.operands.map(value) };
  }
}

export function remapTerminator(terminator: Terminator, value: Rename, block: (id: BlockId) => BlockId): Terminator {
  switch (terminator.op) {
    case 'goto':
      return { op: 'goto', target: block(terminator.target) };
    case 'branch':
      return { ...terminator, value: value(terminator.value), then: block(terminator.then), else: block(terminator.else) };
    case 'return': case 'throw':
      return { op: terminator.op, value: value(terminator.value) };
    case 'unreachable':
      return terminator;
  }
}

function remapKey(key: Key, value: Rename): Key {
  return key.kind === 'computed' ? { kind: 'computed', value: value(key.value) } : key;
}

function remapArgument(argument: Argument, value: Rename): Argument {
  return { value: value(argument.value), spread: argument.spread };
}
