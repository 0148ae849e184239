/**
 * Waivers: comments by which authors silence a finding or vouch for what cannot be proved, `scrimp-ignore-next-line` and `scrimp-assume-next-line`.
 * What they mean for findings and contracts is `detect/suppression.ts` and `detect/waiver.ts`.
 */
import type ts from 'typescript';
import type { AssumeComment, IgnoreComment, Span } from '../ir/function.js';

/** `// scrimp-ignore-next-line rule[, rule] -- reason`, anywhere a comment may stand. */
export function readIgnoreComments(typescript: typeof ts, sourceFile: ts.SourceFile, lineStarts: readonly number[]): readonly IgnoreComment[] {
  return readWaivers(typescript, sourceFile, lineStarts, 'scrimp-ignore-next-line').map(({ span, what, reason, line }) => ({ span, rules: what.split(/[\s,]+/).filter((rule) => rule !== ''), reason, line }));
}

/** `// scrimp-assume-next-line what -- reason`. */
export function readAssumeComments(typescript: typeof ts, sourceFile: ts.SourceFile, lineStarts: readonly number[]): readonly AssumeComment[] {
  return readWaivers(typescript, sourceFile, lineStarts, 'scrimp-assume-next-line');
}

interface Waiver {
  readonly span: Span;
  readonly what: string;
  readonly reason: string | null;
  readonly line: number;
}

function readWaivers(typescript: typeof ts, sourceFile: ts.SourceFile, lineStarts: readonly number[], marker: string): readonly Waiver[] {
  const { text } = sourceFile;
  const waivers: Waiver[] = [];
  for (let at = text.indexOf(marker); at >= 0; at = text.indexOf(marker, at + marker.length)) {
    const before = /(\/\/|\/\*)[ \t]*$/.exec(text.slice(Math.max(0, at - 40), at));
    if (before === null) continue;
    const start = at - before[0].length;
    if (isInsideToken(typescript, sourceFile, start) || isInsideComment(text, start)) continue;
    const close = before[1] === '/*' ? text.indexOf('*/', at) : -1;
    const lineEnd = /[\r\n]/.exec(text.slice(at))?.index;
    const end = close >= 0 ? close : lineEnd === undefined ? text.length : at + lineEnd;
    const body = text.slice(at + marker.length, end);
    const separator = body.indexOf('--');
    const reason = separator < 0 ? '' : body.slice(separator + 2).trim();
    const what = (separator < 0 ? body : body.slice(0, separator)).trim();
    const line = lineStarts.findLastIndex((lineStart) => lineStart <= end) + 2;
    waivers.push({ span: { start, end: close >= 0 ? close + 2 : end }, what, reason: reason === '' ? null : reason, line });
  }
  return waivers;
}

/** Prose that quotes a waiver is none. A text with comment marks in it can make this true by mistake; the waiver then waives nothing. */
function isInsideComment(text: string, offset: number): boolean {
  return text.lastIndexOf('/*', offset - 1) > text.lastIndexOf('*/', offset - 1);
}

/** True when the offset lies inside a string, template, regular expression or JSX text, where comment marks mean nothing. */
export function isInsideToken(typescript: typeof ts, sourceFile: ts.SourceFile, offset: number): boolean {
  let node: ts.Node = sourceFile;
  for (;;) {
    const child: ts.Node | undefined = typescript.forEachChild(node, (candidate) => (candidate.pos <= offset && offset < candidate.end ? candidate : undefined));
    if (child === undefined) break;
    node = child;
  }
  const isText = typescript.isStringLiteralLike(node) || typescript.isRegularExpressionLiteral(node) || typescript.isTemplateHead(node)
    || typescript.isTemplateMiddleOrTemplateTail(node) || typescript.isJsxText(node);
  return isText && node.getStart(sourceFile, false) <= offset;
}
