/**
 * Annotations and waivers that say nothing because of how they are written: a bound that is none, a parameter that does not exist, a tag before a class, a waiver without a reason.
 * What a well-written annotation says wrongly is `contract-verdict.ts` and `annotation-claims.ts`.
 */
import { parameterTags, targetsOf } from '../ir/annotation.js';
import type { Annotation, FunctionIr, ModuleIr, Span } from '../ir/function.js';
import { readContract } from './contract-bound.js';
import { readWaiver } from './waiver.js';

export interface AnnotationProblem {
  readonly span: Span;
  /** The tag or comment: `@allocs`, `scrimp-assume-next-line`. */
  readonly subject: string;
  /** Lower case, no final period. */
  readonly problem: string;
  readonly function: FunctionIr;
}

/** In source order. */
export function annotationProblems(module: ModuleIr): readonly AnnotationProblem[] {
  const problems: AnnotationProblem[] = [];
  const add = (fn: FunctionIr, span: Span, subject: string, problem: string | null): void => {
    if (problem !== null) problems.push({ span, subject, problem, function: fn });
  };
  for (const fn of module.functions) {
    for (const [index, annotation] of fn.annotations.entries()) add(fn, annotation.span, `@${annotation.tag}`, problemOf(annotation, fn) ?? conflictOf(annotation, fn.annotations.slice(0, index)));
  }
  const top = module.functions[0]!;
  for (const stray of module.strayAnnotations) {
    const place = parameterTags.has(stray.tag) ? 'a parameter of a function with a body' : 'a function with a body';
    add(top, stray.span, `@${stray.tag}`, `it does not stand before ${place}, so nothing reads it`);
  }
  for (const comment of module.assumptions) {
    const reading = readWaiver(comment);
    add(top, comment.span, 'scrimp-assume-next-line', reading.kind === 'problem' ? reading.problem : null);
  }
  return problems.sort((left, right) => left.span.start - right.span.start);
}

function problemOf(annotation: Annotation, fn: FunctionIr): string | null {
  if (annotation.tag === 'nonallocating' || annotation.tag === 'allocs') return readContract(annotation, fn).problem;
  if (annotation.tag === 'hot') return annotation.text.startsWith('{') && !/^\{\s*evidence\s*:\s*\S[^}]*\}/.test(annotation.text) ? `${annotation.text} is not understood; write @hot {evidence: bench/seal.ts}` : null;
  if (!parameterTags.has(annotation.tag)) return null;
  const { indices, unknown } = targetsOf(fn, annotation);
  if (unknown.length > 0) return `no parameter is called ${unknown.join(' or ')}`;
  return indices.length > 0 ? null : `it does not say which parameter; write @${annotation.tag} ${fn.parameters.find((name) => name !== null) ?? 'frame'}`;
}

function conflictOf({ tag }: Annotation, before: readonly Annotation[]): string | null {
  const conflict = before.find((one) => (one.tag === 'hot' && tag === 'cold') || (one.tag === 'cold' && tag === 'hot') || (one.tag === 'nonallocating' && tag === 'allocs') || (one.tag === 'allocs' && tag === 'nonallocating'));
  return conflict === undefined ? null : `the function is @${conflict.tag} already; keep one of the two`;
}
