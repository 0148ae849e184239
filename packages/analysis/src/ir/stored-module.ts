/**
 * A module as text, and back, so that hosts can keep what was lowered: the same data, type facts each once per module.
 * Whether a text still stands for its file is the host's affair; a text that is none makes `parseModule` throw.
 */
import type { FunctionIr, ModuleIr } from './function.js';
import type { FunctionId, Instruction, ValueId } from './instruction.js';
import type { TypeFact } from './type-fact.js';

interface StoredFunction extends Omit<FunctionIr, 'types' | 'parameterTypes'> {
  /** Pairs of value and index into the facts. */
  readonly types: readonly number[];
  readonly parameterTypes: readonly (number | null)[];
}

interface StoredModule extends Omit<ModuleIr, 'functions'> {
  readonly functions: readonly StoredFunction[];
  readonly facts: readonly TypeFact[];
  /** Constants that JSON does not have: infinities and `-0`. */
  readonly numbers: readonly StoredNumber[];
}

type StoredNumber = readonly [fn: FunctionId, value: ValueId, text: string];

export function printModule(module: ModuleIr): string {
  const facts: TypeFact[] = [];
  const indexes = new Map<TypeFact, number>();
  const indexOf = (fact: TypeFact): number => {
    const known = indexes.get(fact);
    if (known !== undefined) return known;
    indexes.set(fact, facts.length);
    return facts.push(fact) - 1;
  };
  const functions = module.functions.map((fn): StoredFunction => ({
    ...fn,
    types: [...fn.types].flatMap(([value, fact]) => [value, indexOf(fact)]),
    parameterTypes: fn.parameterTypes.map((fact) => (fact === null ? null : indexOf(fact))),
  }));
  const stored: StoredModule = { ...module, functions, facts, numbers: numbersOutsideOfJson(module.functions) };
  return JSON.stringify(stored);
}

export function parseModule(text: string): ModuleIr {
  const { facts, numbers, ...stored } = JSON.parse(text) as StoredModule;
  const functions = stored.functions.map((fn): FunctionIr => {
    const types = new Map<ValueId, TypeFact>();
    for (let index = 0; index < fn.types.length; index += 2) types.set(fn.types[index]!, facts[fn.types[index + 1]!]!);
    return { ...fn, types, parameterTypes: fn.parameterTypes.map((index) => (index === null ? null : facts[index]!)) };
  });
  return { ...stored, functions: withNumbers(functions, numbers) };
}

function numbersOutsideOfJson(functions: readonly FunctionIr[]): readonly StoredNumber[] {
  const found: StoredNumber[] = [];
  for (const fn of functions) {
    for (const block of fn.blocks) {
      for (const one of block.instructions) {
        if (one.op !== 'constant' || one.value.kind !== 'number') continue;
        const { value } = one.value;
        if (!Number.isFinite(value) || Object.is(value, -0)) found.push([fn.id, one.id, Object.is(value, -0) ? '-0' : String(value)]);
      }
    }
  }
  return found;
}

/** In the text they are null, and `-0` is 0. */
function withNumbers(functions: readonly FunctionIr[], numbers: readonly StoredNumber[]): readonly FunctionIr[] {
  if (numbers.length === 0) return functions;
  const texts = new Map(numbers.map(([fn, value, text]) => [`${String(fn)} ${String(value)}`, text]));
  const restored = (fn: FunctionIr, one: Instruction): Instruction => {
    const text = texts.get(`${String(fn.id)} ${String(one.id)}`);
    return text === undefined || one.op !== 'constant' ? one : { ...one, value: { kind: 'number', value: Number(text) } };
  };
  return functions.map((fn) => ({ ...fn, blocks: fn.blocks.map((block) => ({ ...block, instructions: block.instructions.map((one) => restored(fn, one)) })) }));
}
