/**
 * The operators and coercions of the IR over real JavaScript values. Each is one operator of the host, so that order of coercion,
 * BigInt rules and errors are the host's own.
 */
import type { BinaryOperator, Literal, UnaryOperator } from '@scrimp/analysis/ir/instruction';

export function literalValue(literal: Literal): unknown {
  switch (literal.kind) {
    case 'undefined': return undefined;
    case 'null': return null;
    case 'bigint': return BigInt(literal.value);
    default: return literal.value;
  }
}

export function applyUnary(operator: UnaryOperator, operand: unknown): unknown {
  switch (operator) {
    case '-': return -(operand as number);
    case '+': return +(operand as string);
    case '!': return !operand;
    case '~': return ~(operand as number);
    case 'typeof': return typeof operand;
    case 'void': return undefined;
    case 'to-numeric': return toNumeric(operand);
    case 'increment': return typeof operand === 'bigint' ? operand + 1n : (operand as number) + 1;
    case 'decrement': return typeof operand === 'bigint' ? operand - 1n : (operand as number) - 1;
    case 'to-string': return `${operand as number}`;
    case 'to-property-key': return toPropertyKey(operand);
  }
}

export function applyBinary(operator: BinaryOperator, leftOperand: unknown, rightOperand: unknown): unknown {
  // The host coerces; the casts only tell the compiler to let it.
  const left = leftOperand as number;
  const right = rightOperand as number;
  switch (operator) {
    case '+': return left + right;
    case '-': return left - right;
    case '*': return left * right;
    case '/': return left / right;
    case '%': return left % right;
    case '**': return left ** right;
    case '<<': return left << right;
    case '>>': return left >> right;
    case '>>>': return left >>> right;
    case '&': return left & right;
    case '|': return left | right;
    case '^': return left ^ right;
    case '<': return left < right;
    case '<=': return left <= right;
    case '>': return left > right;
    case '>=': return left >= right;
    case '==': return left == right;
    case '!=': return left != right;
    case '===': return left === right;
    case '!==': return left !== right;
    case 'in': return (leftOperand as PropertyKey) in (rightOperand as object);
    case 'instanceof': return (leftOperand as object) instanceof (rightOperand as new () => object);
  }
}

/** ToNumeric: two negations give every number and BigInt back, zeros with their signs. */
function toNumeric(value: unknown): unknown {
  return -(-(value as number));
}

/** ToPropertyKey, by letting the host make an object with that key. */
export function toPropertyKey(value: unknown): PropertyKey {
  if (typeof value === 'symbol' || typeof value === 'string') return value;
  const [key] = Reflect.ownKeys({ [value as string]: undefined });
  return key as PropertyKey;
}

export function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** Whether `new value` is allowed, without running anything of it. */
export function isConstructor(value: unknown): boolean {
  if (typeof value !== 'function') return false;
  try {
    Reflect.construct(Object, [], value);
    return true;
  } catch {
    return false;
  }
}
