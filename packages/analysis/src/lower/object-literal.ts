/**
 * Object literals: properties, shorthand, accessors, methods, spread, computed keys, `__proto__`.
 */
import type ts from 'typescript';
import type { Key, ValueId } from '../ir/instruction.js';
import { emit, emitConstant, nameKey } from './function-builder.js';
import type { FunctionLowering, NameHint } from './lowering.js';
import { loadName } from './names.js';
import { resolvePrivate } from './scope.js';

export function lowerObjectLiteral(f: FunctionLowering, node: ts.ObjectLiteralExpression, hint: NameHint): ValueId {
  const { typescript } = f.module;
  const object = emit(f, node, { op: 'object' });
  for (const property of node.properties) {
    if (typescript.isSpreadAssignment(property)) {
      const source = f.module.forms.expression(f, property.expression);
      emit(f, property, { op: 'copy-properties', object, source, excluded: [] });
      continue;
    }
    const name: NameHint = { name: memberName(typescript, hint.name, property.name), inferred: memberName(typescript, null, property.name), owner: property };
    if (typescript.isShorthandPropertyAssignment(property)) {
      f.module.statistics.expressions++;
      const value = loadName(f, property.name, property.name.text);
      emit(f, property, { op: 'define', object, key: nameKey(property.name.text), value, kind: 'value' });
    } else if (typescript.isPropertyAssignment(property)) {
      const isPrototype = !typescript.isComputedPropertyName(property.name) && typescript.isStringLiteralLike(property.name) || typescript.isIdentifier(property.name) ? property.name.text === '__proto__' : false;
      const key = lowerPropertyName(f, property.name);
      const value = isPrototype ? f.module.forms.expression(f, property.initializer) : f.module.forms.named(f, property.initializer, name);
      emit(f, property, { op: 'define', object, key, value, kind: isPrototype ? 'proto' : 'value' });
    } else {
      const isMethod = typescript.isMethodDeclaration(property);
      const kind = isMethod ? 'method' : typescript.isGetAccessor(property) ? 'getter' : 'setter';
      const key = lowerPropertyName(f, property.name);
      const value = f.module.forms.closure(f, property, { kind, hint: name, className: null, derived: false });
      emit(f, property, { op: 'define', object, key, value, kind: kind === 'method' ? 'value' : kind });
    }
  }
  return object;
}

/** A property name as a key; a computed one is evaluated and converted here. */
export function lowerPropertyName(f: FunctionLowering, name: ts.PropertyName): Key {
  const { typescript } = f.module;
  if (typescript.isPrivateIdentifier(name)) return { kind: 'private', name: name.text, scope: resolvePrivate(f, name.text) };
  if (!typescript.isComputedPropertyName(name)) return nameKey(literalName(typescript, name));
  const { expression } = name;
  if (typescript.isStringLiteralLike(expression)) {
    f.module.statistics.expressions++;
    return nameKey(expression.text);
  }
  if (typescript.isNumericLiteral(expression)) {
    f.module.statistics.expressions++;
    return { kind: 'computed', value: emitConstant(f, expression, { kind: 'number', value: Number(expression.text) }) };
  }
  const operand = f.module.forms.expression(f, expression);
  return { kind: 'computed', value: emit(f, expression, { op: 'unary', operator: 'to-property-key', operand }) };
}

function literalName(typescript: typeof ts, name: Exclude<ts.PropertyName, ts.ComputedPropertyName | ts.PrivateIdentifier>): string {
  if (typescript.isNumericLiteral(name)) return String(Number(name.text));
  if (typescript.isBigIntLiteral(name)) return BigInt(/^\d+/.exec(name.text)?.[0] ?? '0').toString();
  return name.text;
}

/** How functions behind this property are called: `api.seal`, `Session.#derive`, `[Symbol.iterator]`. */
export function memberName(typescript: typeof ts, prefix: string | null, name: ts.PropertyName): string {
  const own = ownName(typescript, name);
  return prefix === null || prefix === '' ? own : `${prefix}.${own}`;
}

function ownName(typescript: typeof ts, name: ts.PropertyName): string {
  if (!typescript.isComputedPropertyName(name)) return typescript.isPrivateIdentifier(name) ? name.text : literalName(typescript, name);
  const { expression } = name;
  if (typescript.isStringLiteralLike(expression) || typescript.isNumericLiteral(expression)) return expression.text;
  const isMember = typescript.isPropertyAccessExpression(expression) && typescript.isIdentifier(expression.expression);
  if (isMember) return `[${(expression.expression).text}.${expression.name.text}]`;
  return typescript.isIdentifier(expression) ? `[${expression.text}]` : '[computed]';
}
