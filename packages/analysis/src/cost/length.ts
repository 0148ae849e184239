/**
 * Symbolic lengths: evaluates the size expression of a model row for one call, and the byte length of a value.
 * Symbols are source texts (`plaintext.length`), so costs read like the code they speak of.
 * What the function compares lengths with is the business of the caller, who says whether it may be used: for costs, but not for every proof.
 */
import type { Size } from '../ir/effects.js';
import type { Argument, ValueId } from '../ir/instruction.js';
import { type CallOperands, valuesAt } from '../flow/call-effects.js';
import type { FunctionFlow } from '../flow/function-flow.js';
import { elementsKey } from '../flow/points-to.js';
import { atEntry } from '../flow/reaching.js';
import type { ArgumentPath, SizeExpression } from '../model/row.js';
import { unknownMark } from './difference.js';
import { addSizes, constantSize, exactBytes, printSize, scaleSize, subtractSizes, symbolSize, unknownSize } from './size.js';

const maximumDepth = 12;

/** Methods after which a list is longer than its literal. */
const growing: ReadonlySet<string> = new Set(['push', 'unshift', 'splice']);

/** Where texts of values come from; the IR holds none. */
export type TextOf = (value: ValueId) => string | null;

export interface Lengths {
  /** Byte length of the bytes (or UTF-8 length bound symbol of the text) that the value is. */
  lengthOf(value: ValueId): Size;
  /** The numeric value itself, symbolic. */
  numberOf(value: ValueId): Size;
  /** Number of items that an iteration over the value gives at most, symbolic: of bytes, texts, lists, maps and sets. */
  itemsOf(value: ValueId): Size;
  /** The value as a name or member path of the source, `this.key`; null when it is written otherwise. */
  pathOf(value: ValueId): string | null;
  /** Whether the value is certainly an object of this class of the model, such as a key that was made before. */
  isObjectOf(value: ValueId, className: string): boolean;
  /** Size expression of a row for a call. */
  evaluate(expression: SizeExpression, operands: CallOperands): Size;
}

/** `checked` gives the lengths that a value has for other reasons than the way it is made. */
export function createLengths(flow: FunctionFlow, textOf: TextOf, checked: (value: ValueId) => number | null): Lengths {
  const { cfg, reaching, values } = flow;
  return { lengthOf: (value) => lengthOf(value, 0), numberOf: (value) => numberOf(value, 0), itemsOf, pathOf, isObjectOf, evaluate: (expression, operands) => evaluate(expression, operands, 0) };

  function lengthOf(value: ValueId, depth: number): Size {
    const made = lengthAsMade(value, depth);
    const insisted = exactBytes(made) === null ? checked(value) : null;
    return insisted === null ? made : constantSize(insisted);
  }

  function lengthAsMade(value: ValueId, depth: number): Size {
    const instruction = cfg.instructions[value];
    if (instruction === null || instruction === undefined || depth > maximumDepth) return unknownSize;
    switch (instruction.op) {
      case 'constant': return instruction.value.kind === 'string' ? constantSize(utf8Length(instruction.value.value)) : unknownSize;
      case 'store': case 'require-object': case 'await': return lengthOf(instruction.value, depth + 1);
      case 'load': {
        const constant = flow.constant(value);
        if (constant?.kind === 'string') return constantSize(utf8Length(constant.value));
        const only = onlyReaching(value);
        return only === null ? symbolFor(value) : orSymbol(lengthOf(only, depth + 1), value);
      }
      case 'call': case 'new': {
        const call = values.calls.get(value);
        const [candidate] = call?.candidates ?? [];
        if (call === undefined || candidate === undefined || !call.complete) return symbolFor(value);
        const sizes = call.candidates.map((one): Size => {
          const { result } = one;
          if (result.kind === 'bytes' || result.kind === 'string') return evaluate(result.length, call.operands, depth + 1);
          if (result.kind === 'view' && result.range !== undefined) return viewLength(result.of, result.range, call.operands, depth + 1);
          if (result.kind === 'same') return single(valuesAt(call.operands, result.as).values, depth + 1);
          return unknownSize;
        });
        const first = sizes[0]!;
        const agreed = sizes.every((one) => JSON.stringify(one) === JSON.stringify(first)) ? first : unknownSize;
        return orSymbol(agreed, value);
      }
      case 'template': {
        const text = constantSize(utf8Length(instruction.texts.join('')));
        return addSizes(text, ...instruction.values.map((one) => lengthOf(one, depth + 1)));
      }
      case 'unary': return instruction.operator === 'to-string' ? textLength(instruction.operand, depth + 1) : unknownSize;
      default: return symbolFor(value);
    }
  }

  /** Length of the text that a value becomes; `x.length` says it only of an `x` that is text already, which a number or an object is not. */
  function textLength(value: ValueId, depth: number): Size {
    const constant = flow.constant(value);
    if (constant?.kind === 'number') return constantSize(String(constant.value).length);
    const { primitives } = values.knowledge(value);
    return primitives.includes('string') && !primitives.includes('number') ? lengthOf(value, depth) : unknownSize;
  }

  function numberOf(value: ValueId, depth: number): Size {
    const constant = flow.constant(value);
    if (constant?.kind === 'number') return constantSize(constant.value);
    const instruction = cfg.instructions[value];
    if (instruction === null || instruction === undefined || depth > maximumDepth) return unknownSize;
    switch (instruction.op) {
      case 'store': return numberOf(instruction.value, depth + 1);
      case 'load': {
        const only = onlyReaching(value);
        if (only !== null) {
          const found = numberOf(only, depth + 1);
          if (!found.unknown) return found;
        }
        return plainSymbol(value);
      }
      case 'get': {
        const name = instruction.key.kind === 'name' ? instruction.key.name : null;
        if (name === 'length' || name === 'byteLength') {
          const isBytes = values.knowledge(instruction.object).classes.some((one) => flow.context.catalog.class(one.name)?.kind === 'bytes' && (flow.context.catalog.class(one.name)?.elementSize ?? 1) === 1);
          if (isBytes) return lengthOf(instruction.object, depth + 1);
        }
        return plainSymbol(value);
      }
      case 'binary': {
        const left = numberOf(instruction.left, depth + 1);
        const right = numberOf(instruction.right, depth + 1);
        if (instruction.operator === '+') return addSizes(left, right);
        if (instruction.operator === '-') return subtractSizes(left, right);
        if (instruction.operator === '*') {
          const leftExact = exactBytes(left);
          const rightExact = exactBytes(right);
          if (leftExact !== null) return scaleSize(right, leftExact);
          if (rightExact !== null) return scaleSize(left, rightExact);
        }
        return plainSymbol(value);
      }
      default: return plainSymbol(value);
    }
  }

  function itemsOf(value: ValueId): Size {
    const known = values.knowledge(value);
    const names = known.classes.map((one) => one.name);
    if (!known.complete || known.primitives.some((one) => one !== 'string' && one !== 'array')) return listLength(value) ?? unknownSize;
    if (names.length > 0 && names.every((one) => flow.context.catalog.class(one)?.kind === 'bytes' && (flow.context.catalog.class(one)?.elementSize ?? 1) === 1)) return lengthOf(value, 0);
    if (names.every((one) => one === 'Map' || one === 'Set')) return names.length === 0 ? symbolFor(value) : named(value, 'size');
    return listLength(value) ?? named(value, 'length');
  }

  /** Elements of an array literal that nothing is added to in sight. */
  function listLength(value: ValueId): Size | null {
    const literal = cfg.instructions[onlyReaching(value) ?? value];
    if (literal?.op === 'call') return lengthOfCopy(literal.id);
    const [object, ...more] = values.of(value);
    if (literal?.op !== 'array' || object === undefined || more.length > 0) return null;
    const own = new Set(literal.elements.flatMap((element) => (element === null ? [] : values.of(element.value)))).size;
    return values.stored(object, elementsKey).length > own || cfg.instructions.some((one) => one?.op === 'get' && one.key.kind === 'name' && growing.has(one.key.name) && values.of(one.object).includes(object)) ? null : literalLength(literal.elements);
  }

  function isObjectOf(value: ValueId, className: string): boolean {
    const { classes, complete } = values.knowledge(value);
    return complete && classes.length > 0 && classes.every((one) => one.name === className);
  }

  /** `Array.from(bytes)` and its like give as many items as they take. */
  function lengthOfCopy(call: ValueId): Size | null {
    const made = values.calls.get(call);
    const [name, ...others] = new Set(made?.candidates.map((one) => one.name) ?? []);
    if (made === undefined || name === undefined || others.length > 0 || made.operands.uncertainFrom !== null) return null;
    const source = name === 'Array.from' ? made.operands.arguments[0] : name === 'Array.prototype.map' || (name === 'Array.prototype.slice' && made.operands.arguments.length === 0) ? made.operands.receiver : null;
    return source === undefined || source === null ? null : itemsOf(source);
  }

  function literalLength(elements: readonly (Argument | null)[]): Size {
    return addSizes(...elements.map((element) => {
      const list = element?.spread === true ? cfg.instructions[element.value] : null;
      return element?.spread !== true ? constantSize(1) : list?.op === 'spread' ? itemsOf(list.iterable) : unknownSize;
    }));
  }

  function pathOf(value: ValueId): string | null {
    const text = textOf(value);
    return text === null || !isPath(text) ? null : text;
  }

  function named(value: ValueId, property: 'length' | 'size'): Size {
    const path = pathOf(value);
    return path === null ? unknownSize : symbolSize(`${path}.${property}`);
  }

  function evaluate(expression: SizeExpression, operands: CallOperands, depth: number): Size {
    if (expression === 'unknown') return unknownSize;
    if (typeof expression === 'number') return constantSize(expression);
    if ('length' in expression) return single(valuesAt(operands, expression.length).values, depth);
    if ('items' in expression) {
      const [list, ...more] = valuesAt(operands, expression.items).values;
      if (list === undefined || more.length > 0) return unknownSize;
      const counted = listLength(list);
      return counted === null || counted.unknown || exactBytes(counted) !== null ? single([list], depth) : counted;
    }
    if ('count' in expression) {
      const [value, ...more] = valuesAt(operands, expression.count).values;
      return value === undefined || more.length > 0 ? unknownSize : numberOf(value, depth + 1);
    }
    if ('range' in expression) return rangeLength(expression.range, operands, depth);
    if ('elements' in expression) return elementsLength(expression.elements, operands, depth);
    if ('sum' in expression) return addSizes(...expression.sum.map((one) => evaluate(one, operands, depth)));
    if ('scaled' in expression) return scaleSize(evaluate(expression.scaled[1], operands, depth), expression.scaled[0]);
    return lookup(expression, operands);
  }

  function lookup(expression: Extract<SizeExpression, { lookup: unknown }>, operands: CallOperands): Size {
    const path = expression.lookup;
    let value: ValueId | undefined;
    if (typeof path === 'object' && 'creator' in path) {
      const [made] = valuesAt(operands, path.creator).values.flatMap((one) => values.of(one)).map((one) => values.objects[one]!);
      if (made?.source.kind !== 'allocation') return unknownSize;
      const creator = cfg.instructions[made.source.site];
      if (creator?.op !== 'call' && creator?.op !== 'new') return unknownSize;
      value = path.argument === 'callee' ? creator.callee : creator.arguments[path.argument]?.value;
    } else {
      value = valuesAt(operands, path).values[0];
    }
    if (value === undefined) return unknownSize;
    const constant = flow.constant(value);
    if (constant?.kind === 'string') return fromTable(expression.table, constant.value.toLowerCase());
    for (const one of values.of(value)) {
      const source = values.objects[one]!.source;
      const api = source.kind === 'import' ? flow.context.catalog.imported(source.specifier, source.path) : source.kind === 'global' ? flow.context.catalog.global(source.path) : null;
      if (api !== null) return fromTable(expression.table, api);
    }
    return unknownSize;
  }

  function rangeLength(range: readonly [ArgumentPath, number, number], operands: CallOperands, depth: number): Size {
    const [path, startIndex, endIndex] = range;
    const total = single(valuesAt(operands, path).values, depth);
    const start = operands.arguments[startIndex];
    const end = operands.arguments[endIndex];
    const from = start === undefined ? constantSize(0) : numberOf(start, depth + 1);
    const given = end === undefined ? total : numberOf(end, depth + 1);
    // Nothing lies behind the end.
    const to = (exactBytes(given) ?? 0) > (exactBytes(total) ?? Infinity) ? total : given;
    if (operands.uncertainFrom !== null) return unknownSize;
    const fromExact = exactBytes(from);
    const toExact = exactBytes(to);
    // Negative indexes count from the end.
    const realFrom = fromExact !== null && fromExact < 0 ? addSizes(total, from) : from;
    const realTo = toExact !== null && toExact < 0 ? addSizes(total, to) : to;
    const length = subtractSizes(realTo, realFrom);
    const exact = exactBytes(length);
    const totalExact = exactBytes(total);
    if (exact !== null) return constantSize(Math.max(0, totalExact === null ? exact : Math.min(exact, totalExact)));
    return length;
  }

  function viewLength(of: ArgumentPath, range: { readonly start: number; readonly end: number; readonly relative: 'indexes' | 'offset-and-length' }, operands: CallOperands, depth: number): Size {
    if (range.relative === 'indexes') return rangeLength([of, range.start, range.end], operands, depth);
    const length = operands.arguments[range.end];
    if (length !== undefined) return numberOf(length, depth + 1);
    const start = operands.arguments[range.start];
    const total = single(valuesAt(operands, of).values, depth);
    return start === undefined ? total : subtractSizes(total, numberOf(start, depth + 1));
  }

  function elementsLength(path: ArgumentPath, operands: CallOperands, depth: number): Size {
    const { values: lists, inside } = valuesAt(operands, path);
    if (inside.length > 0) return unknownSize;
    if (typeof path === 'object' && 'rest' in path) return addSizes(...lists.map((one) => lengthOf(one, depth + 1)));
    const [list, ...more] = lists;
    if (list === undefined || more.length > 0) return unknownSize;
    const literal = cfg.instructions[onlyReaching(list) ?? list];
    if (literal?.op !== 'array' || literal.elements.some((element) => element === null || element.spread)) return unknownSize;
    const [object] = values.of(list);
    // Something pushed later is not among the literal's elements.
    const pushed = object === undefined ? 0 : values.stored(object, elementsKey).length;
    const own = new Set(literal.elements.flatMap((element) => values.of(element!.value))).size;
    if (pushed > own) return unknownSize;
    return addSizes(...literal.elements.map((element) => lengthOf(element!.value, depth + 1)));
  }

  function single(list: readonly ValueId[], depth: number): Size {
    const [value, ...more] = list;
    return value === undefined || more.length > 0 ? unknownSize : lengthOf(value, depth + 1);
  }

  function onlyReaching(load: ValueId): ValueId | null {
    const instruction = cfg.instructions[load];
    if (instruction?.op !== 'load' || instruction.variable.function !== cfg.function.id || flow.context.variables.facts(instruction.variable).writers.size > 0) return null;
    const [only, ...more] = reaching.valuesOf(load);
    return only === undefined || more.length > 0 || only === atEntry ? null : only;
  }

  /** The decimal digits of a number are no length that a symbol could name. */
  function isNumber(value: ValueId): boolean {
    const known = values.knowledge(value);
    return known.primitives.includes('number') && !known.primitives.includes('string');
  }

  function orSymbol(size: Size, value: ValueId): Size {
    return size.unknown ? symbolFor(value) : size;
  }

  function symbolFor(value: ValueId): Size {
    const text = textOf(value);
    return text === null || !isPath(text) || isNumber(value) ? unknownSize : symbolSize(`${text}.length`);
  }

  function plainSymbol(value: ValueId): Size {
    const text = textOf(value);
    return text === null || text.length > 40 || !isPath(text) ? unknownSize : symbolSize(text);
  }
}

/** Only names and member paths make readable symbols: `plaintext`, `this.key`, `parts[0]`. */
function isPath(text: string): boolean {
  return /^[\w$#.[\]]+$/.test(text) && text.length <= 60;
}

function fromTable(table: Readonly<Record<string, number>>, key: string): Size {
  const found = table[key];
  return found === undefined ? unknownSize : constantSize(found);
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/**
 * The same lengths, where those that are not known, or that are a difference, have a name: for comparing two ways to one result, in which equal ones cancel out.
 * They are named by how they are stated and not by their operands, whose words an edit may change.
 */
export function nameUnknown(lengths: Lengths): Lengths {
  const named = (size: Size, name: string): Size => {
    const isDifference = Object.values(size.terms).some((factor) => factor < 0);
    if (isDifference) return symbolSize(`${unknownMark}${printSize(size).replaceAll('*', '×')}`);
    return size.unknown ? addSizes({ ...size, unknown: false }, symbolSize(`${unknownMark}${name}`)) : size;
  };
  return {
    ...lengths,
    lengthOf: (value) => named(lengths.lengthOf(value), 'length'),
    numberOf: (value) => named(lengths.numberOf(value), 'number'),
    itemsOf: (value) => named(lengths.itemsOf(value), 'items'),
    evaluate: (expression, operands) => named(lengths.evaluate(expression, operands), JSON.stringify(expression)),
  };
}
