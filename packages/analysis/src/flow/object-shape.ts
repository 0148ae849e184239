/**
 * Which objects get own properties, accessors or a prototype that hide what their class has, by the instructions of one function:
 * `bytes.subarray = …`, `list[Symbol.iterator] = …`, `Object.defineProperty(object, …)`. The heap remembers them; who asks is call resolution, effects and TY.
 */
import type { Instruction, ValueId } from '../ir/instruction.js';
import type { ArgumentPath } from '../model/row.js';
import type { CallOperands, ResolvedCall } from './call-effects.js';
import type { Cfg } from './cfg.js';
import { elementsKey, type createHeap } from './heap.js';
import type { ObjectId } from './object.js';
import { type ClassKnowledge, nothingKnown } from './value-class.js';
import type { createValueSets } from './value-sets.js';

/** What is known of values so far. */
interface Values {
  readonly sets: ReturnType<typeof createValueSets>;
  readonly knowledge: (value: ValueId) => ClassKnowledge;
  readonly at: (operands: CallOperands, path: ArgumentPath) => readonly ObjectId[];
}

/** Calls behind which an object may have getters, properties under any name, or another prototype. */
const definesAccessors = /^(?:(?:globalThis|global)\.)?(?:Object|Reflect)\.(?:definePropert|setPrototypeOf|set$|create$)/;

/** Own properties that the methods of bytes look at, or that stand in their place in a rewrite. */
const hidesBytes: ReadonlySet<string> = new Set(['constructor', 'subarray', 'slice', '__proto__']);

/** `resultOf` names what an unknown callee gives. */
export function createShaping(cfg: Cfg, heap: ReturnType<typeof createHeap>, { sets, knowledge, at }: Values, resultOf: (value: ValueId) => ObjectId) {
  const { objects, addAccessors, reshape } = heap;
  return { shapeByAssignment, shapeByCall };

  /** A named property of an object of a program class is a field like others; a number is an element. */
  function shapeByAssignment(instruction: Extract<Instruction, { op: 'set' | 'define' }>): void {
    const { key } = instruction;
    if (key.kind === 'private' || (key.kind === 'name' && !hidesBytes.has(key.name))) return;
    if (key.kind === 'computed' && (sets.stamp(key.value) === 0 || sets.stamp(instruction.value) === 0 || isNumber(knowledge(key.value)) || !mayBeFunction(knowledge(instruction.value)))) return;
    for (const base of sets.of(instruction.object)) if (key.kind === 'name' && key.name === '__proto__') addAccessors(base); else reshape(base);
  }

  /** Whether or not the model has a row for the callee. */
  function shapeByCall(instruction: Extract<Instruction, { op: 'call' | 'new' }>, resolved: ResolvedCall): void {
    for (const candidate of resolved.candidates) {
      for (const path of candidate.reshapes) for (const one of ofPath(path, instruction, resolved)) reshape(one);
      for (const path of candidate.definesAccessors) for (const one of ofPath(path, instruction, resolved)) addAccessors(one);
    }
    const callees = sets.of(instruction.callee).map((one) => objects[one]!.source);
    for (const source of callees) {
      if (source.kind !== 'global') continue;
      if (instruction.op === 'new') {
        if (source.path === 'Proxy') addAccessors(resultOf(instruction.id));
        continue;
      }
      if (definesAccessors.test(source.path)) for (const one of at(resolved.operands, 0)) addAccessors(one);
      // With descriptors the new object has accessors.
      if (source.path === 'Object.create' && instruction.arguments.length > 1) addAccessors(resultOf(instruction.id));
      if (source.path !== 'Object.assign') continue;
      const isNamed = at(resolved.operands, { rest: 1 }).every((one) => isClosedLiteral(one));
      for (const one of at(resolved.operands, 0)) if (!isNamed || heap.isBytesOnly(objects[one]!)) reshape(one);
    }
    const callee = cfg.instructions[instruction.callee];
    if (callee?.op === 'get' && callee.key.kind === 'name' && /^__define[GS]etter__$/.test(callee.key.name)) for (const one of sets.of(callee.object)) addAccessors(one);
  }

  /** `this` of a construction is what it makes. */
  function ofPath(path: ArgumentPath, instruction: Extract<Instruction, { op: 'call' | 'new' }>, resolved: ResolvedCall): readonly ObjectId[] {
    return path === 'this' && instruction.op === 'new' ? sets.of(instruction.id) : at(resolved.operands, path);
  }

  /** An object literal whose properties are all seen. */
  function isClosedLiteral(one: ObjectId): boolean {
    const { source } = objects[one]!;
    return source.kind === 'allocation' && cfg.instructions[source.site]?.op === 'object' && !heap.isExposed(one) && !heap.isReshaped(one) && heap.stored(one, elementsKey).length === 0;
  }
}

function isNumber(known: ClassKnowledge): boolean {
  return known !== nothingKnown && known.complete && known.classes.length === 0 && known.primitives.every((one) => one === 'number' || one === 'absent');
}

function mayBeFunction(known: ClassKnowledge): boolean {
  return !known.complete || known.classes.some((one) => one.name === 'Function' || one.name.includes('#'));
}
