/**
 * Elements of argument lists and array literals, spread or plain.
 */
import type ts from 'typescript';
import type { Argument } from '../ir/instruction.js';
import { emit } from './function-builder.js';
import type { FunctionLowering } from './lowering.js';

/** An element of an argument list or array literal, spread or plain. */
export function lowerArgument(f: FunctionLowering, node: ts.Expression): Argument {
  if (!f.module.typescript.isSpreadElement(node)) return { value: f.module.forms.expression(f, node), spread: false };
  f.module.statistics.expressions++;
  const iterable = f.module.forms.expression(f, node.expression);
  f.questions.push({ node: node.expression, value: iterable, aboutBytes: true });
  return { value: emit(f, node, { op: 'spread', iterable }), spread: true };
}
