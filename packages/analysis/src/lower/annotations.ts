/**
 * Comments that scrimp reads: JSDoc tags on functions and `scrimp-ignore-next-line`.
 * The text is read directly, because hosts differ in whether they let TypeScript parse JSDoc.
 */
import type ts from 'typescript';
import type { Annotation, IgnoreComment } from '../ir/function.js';
import type { ModuleLowering } from './lowering.js';

const tagPattern = /@(hot|nonallocating|allocs|takesOwnership|borrows|secret)\b/g;

/** Tags of the documentation comment before `owner`, or before the function itself when its owner has none. */
export function readAnnotations(module: ModuleLowering, owner: ts.Node, node: ts.Node): readonly Annotation[] {
  const own = readBefore(module, owner);
  return own.length > 0 || owner === node ? own : readBefore(module, node);
}

function readBefore(module: ModuleLowering, node: ts.Node): readonly Annotation[] {
  const { typescript, text } = module;
  if (node.pos < 0 || text.charCodeAt(node.pos) !== 47 && !/\s/.test(text.charAt(node.pos))) return [];
  const comment = typescript.getLeadingCommentRanges(text, node.pos)?.findLast((range) => text.startsWith('/**', range.pos));
  if (comment === undefined) return [];
  const body = text.slice(comment.pos, comment.end - 2);
  const annotations: Annotation[] = [];
  for (const match of body.matchAll(tagPattern)) {
    const start = match.index;
    // A tag's text goes on to the next tag of ours, or to any tag at the start of a line; stars at line starts are decoration.
    const rest = body.slice(start + match[0].length);
    const next = rest.search(/\n\s*\*?\s*@|@(?:hot|nonallocating|allocs|takesOwnership|borrows|secret)\b/);
    const raw = next < 0 ? rest : rest.slice(0, next);
    const tagText = raw.replaceAll(/\s*\n\s*\*?\s*/g, ' ').trim();
    annotations.push({ tag: match[1] ?? '', text: tagText, span: { start: comment.pos + start, end: comment.pos + start + match[0].length + raw.trimEnd().length } });
  }
  return annotations;
}

const marker = 'scrimp-ignore-next-line';

/** `// scrimp-ignore-next-line rule[, rule] -- reason`, anywhere a comment may stand. */
export function readIgnoreComments(typescript: typeof ts, sourceFile: ts.SourceFile, lineStarts: readonly number[]): readonly IgnoreComment[] {
  const { text } = sourceFile;
  const comments: IgnoreComment[] = [];
  for (let at = text.indexOf(marker); at >= 0; at = text.indexOf(marker, at + marker.length)) {
    const before = /(\/\/|\/\*)[ \t]*$/.exec(text.slice(Math.max(0, at - 40), at));
    if (before === null) continue;
    const start = at - before[0].length;
    if (isInsideToken(typescript, sourceFile, start)) continue;
    const close = before[1] === '/*' ? text.indexOf('*/', at) : -1;
    const lineEnd = /[\r\n]/.exec(text.slice(at))?.index;
    const end = close >= 0 ? close : lineEnd === undefined ? text.length : at + lineEnd;
    const body = text.slice(at + marker.length, end);
    const separator = body.indexOf('--');
    const reason = separator < 0 ? '' : body.slice(separator + 2).trim();
    const rules = (separator < 0 ? body : body.slice(0, separator)).split(/[\s,]+/).filter((rule) => rule !== '');
    const line = lineStarts.findLastIndex((lineStart) => lineStart <= end) + 2;
    comments.push({ span: { start, end: close >= 0 ? close + 2 : end }, rules, reason: reason === '' ? null : reason, line });
  }
  return comments;
}

/** True when the offset lies inside a string, template, regular expression or JSX text, where comment marks mean nothing. */
function isInsideToken(typescript: typeof ts, sourceFile: ts.SourceFile, offset: number): boolean {
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
