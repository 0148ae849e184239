/**
 * What the annotations of a function say of its parameters, whichever way they are written. How they are found in comments is `lower/annotations.ts`;
 * what follows from them is the business of `link` and `detect`.
 */
import type { Annotation, AnnotationTag, FunctionIr } from './function.js';

/** Tags that say something of one parameter, or of several that their text lists. */
export const parameterTags: ReadonlySet<AnnotationTag> = new Set<AnnotationTag>(['takesOwnership', 'borrows', 'secret']);

/** Indices of the parameters that carry the tag, ascending, each once. */
export function parametersWith(fn: FunctionIr, tag: AnnotationTag): readonly number[] {
  if (fn.annotations.length === 0) return [];
  const found = fn.annotations.filter((one) => one.tag === tag).flatMap((one) => targetsOf(fn, one).indices);
  return [...new Set(found)].sort((left, right) => left - right);
}

export function hasAnnotation(fn: FunctionIr, tag: AnnotationTag): boolean {
  return fn.annotations.some((one) => one.tag === tag);
}

/** Which parameters an annotation is about, and the names in its text that no parameter has. `@borrows frame, key - remarks` names two. */
export function targetsOf(fn: FunctionIr, annotation: Annotation): { readonly indices: readonly number[]; readonly unknown: readonly string[] } {
  if (annotation.parameter !== null) return { indices: [annotation.parameter], unknown: [] };
  const names = /^(?:[\w$]+(?:\s*,\s*[\w$]+)*)?/.exec(annotation.text)![0].split(/\s*,\s*/).filter((name) => name !== '');
  const indices = names.map((name) => fn.parameters.indexOf(name));
  return { indices: indices.filter((index) => index !== -1), unknown: names.filter((_name, position) => indices[position] === -1) };
}
