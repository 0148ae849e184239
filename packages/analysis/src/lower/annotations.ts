/**
 * Annotations: JSDoc tags that scrimp reads, on functions, on their overloads, in `@param` blocks and on single parameters.
 * The text is read directly, because hosts differ in whether they let TypeScript parse JSDoc. Line comments that waive something are `waiver-comments.ts`.
 */
import type ts from 'typescript';
import type { Annotation, AnnotationTag, FunctionIr, Span, StrayAnnotation } from '../ir/function.js';
import type { ModuleLowering } from './lowering.js';
import { isInsideToken } from './waiver-comments.js';

const tags = 'hot|cold|nonallocating|allocs|takesOwnership|borrows|secret';
/** A tag stands at the beginning of a comment or behind white space; `a@hot.example` and `@secret/package` are none. */
const tagPattern = new RegExp(`(?<=[\\s*])@(${tags})(?![\\w/.-])`, 'g');
/** The text of a tag goes on to the next tag of ours, or to any tag at the start of a line. */
const nextTag = new RegExp(`\\n\\s*\\*?\\s*@|(?<=[\\s*])@(?:${tags})(?![\\w/.-])`);

/** Tags of the documentation comment before `owner`, or before the function itself when its owner has none; of its overloads, and of its parameters. */
export function readAnnotations(module: ModuleLowering, owner: ts.Node, node: ts.FunctionLikeDeclaration, parameters: readonly ts.ParameterDeclaration[]): readonly Annotation[] {
  // Most files of a program have none, and comments are not free to find.
  if (!mentionsTags(module)) return [];
  const names = parameters.map((parameter) => (module.typescript.isIdentifier(parameter.name) ? parameter.name.text : null));
  const own = readBefore(module, owner, names);
  const annotations = own.length > 0 || owner === node ? [...own] : [...readBefore(module, node, names)];
  for (const overload of overloadsOf(module, node)) {
    const overloadNames = overload.parameters.map((parameter) => (module.typescript.isIdentifier(parameter.name) ? parameter.name.text : null));
    annotations.push(...readBefore(module, overload, overloadNames));
  }
  parameters.forEach((parameter, index) => {
    annotations.push(...readBefore(module, parameter, []).map((one) => ({ ...one, parameter: index })));
  });
  return annotations;
}

/** Tags in documentation comments that no function has taken. */
export function findStrayAnnotations(module: ModuleLowering, functions: readonly FunctionIr[]): readonly StrayAnnotation[] {
  if (!mentionsTags(module)) return [];
  const { text } = module;
  const taken = new Set(functions.flatMap((fn) => fn.annotations.map((one) => one.span.start)));
  const stray: StrayAnnotation[] = [];
  for (const match of text.matchAll(tagPattern)) {
    if (taken.has(match.index)) continue;
    const opening = text.lastIndexOf('/**', match.index);
    const isInComment = opening !== -1 && text.indexOf('*/', opening + 3) > match.index;
    if (!isInComment || isInsideToken(module.typescript, module.sourceFile, match.index) || isInsideToken(module.typescript, module.sourceFile, opening)) continue;
    stray.push({ tag: match[1] as AnnotationTag, span: { start: match.index, end: match.index + match[0].length } });
  }
  return stray;
}

const mentions = new WeakMap<ModuleLowering, boolean>();

function mentionsTags(module: ModuleLowering): boolean {
  let known = mentions.get(module);
  if (known === undefined) {
    known = module.text.search(tagPattern) !== -1;
    mentions.set(module, known);
  }
  return known;
}

/** The signatures without a body that stand directly before an implementation. */
function overloadsOf(module: ModuleLowering, node: ts.FunctionLikeDeclaration): readonly ts.SignatureDeclaration[] {
  const { typescript } = module;
  const isOverloadable = typescript.isFunctionDeclaration(node) || typescript.isMethodDeclaration(node) || typescript.isConstructorDeclaration(node);
  // A function without a body in a list of its kind is an overload; nothing else can stand between it and the implementation.
  // A host need not have bound the tree.
  const parent = node.parent as ts.Node | undefined;
  const siblings: readonly ts.Node[] = !isOverloadable || parent === undefined ? [] : typescript.isClassLike(parent) ? parent.members : typescript.isSourceFile(parent) || typescript.isModuleBlock(parent) || typescript.isBlock(parent) ? parent.statements : [];
  const overloads: ts.SignatureDeclaration[] = [];
  for (let index = siblings.indexOf(node) - 1; index >= 0; index -= 1) {
    const sibling = siblings[index]!;
    if (sibling.kind !== node.kind || (sibling as ts.FunctionLikeDeclaration).body !== undefined) break;
    overloads.unshift(sibling as ts.SignatureDeclaration);
  }
  return overloads;
}

function readBefore(module: ModuleLowering, node: ts.Node, parameters: readonly (string | null)[]): readonly Annotation[] {
  const { typescript, text } = module;
  if (node.pos < 0 || text.charCodeAt(node.pos) !== 47 && !/\s/.test(text.charAt(node.pos))) return [];
  // What stands on the line of the token before it, as parameters' comments do, counts as trailing that token.
  const ranges = [...(typescript.isParameter(node) ? typescript.getTrailingCommentRanges(text, node.pos) ?? [] : []), ...(typescript.getLeadingCommentRanges(text, node.pos) ?? [])];
  const comment = ranges.findLast((range) => text.startsWith('/**', range.pos));
  return comment === undefined ? [] : readComment(text, { start: comment.pos, end: comment.end - 2 }, parameters);
}

function readComment(text: string, comment: Span, parameters: readonly (string | null)[]): readonly Annotation[] {
  const body = text.slice(comment.start, comment.end);
  const annotations: Annotation[] = [];
  for (const match of body.matchAll(tagPattern)) {
    const start = match.index;
    const rest = body.slice(start + match[0].length);
    const next = rest.search(nextTag);
    const block = next < 0 ? rest : rest.slice(0, next);
    // A bound is one line, so that the prose below it is no part of it.
    const raw = match[1] === 'allocs' ? block.split(/[\r\n]/, 1)[0]! : block;
    // Stars at line starts are decoration.
    const tagText = raw.replaceAll(/\s*\n\s*\*?\s*/g, ' ').trim();
    const described = describedParameter(body, start);
    const index = described === undefined ? -1 : parameters.indexOf(described);
    annotations.push({
      tag: match[1] as AnnotationTag, text: tagText, parameter: index === -1 ? null : index,
      span: { start: comment.start + start, end: comment.start + start + match[0].length + raw.trimEnd().length },
    });
  }
  return annotations;
}

/** Name of the parameter whose `@param` block the place is in, behind its type if it has one; undefined outside of such blocks. */
function describedParameter(body: string, at: number): string | undefined {
  const block = [...body.matchAll(/(?:^\/\*\*|\n)[\s*]*@/g)].map((match) => match.index + match[0].length - 1).findLast((start) => start <= at);
  // A tag at the beginning of a line is a block of its own.
  return block === undefined || block === at ? undefined : /^@param\s+(?:\{[^}]*\}\s*)?\[?([\w$]+)/.exec(body.slice(block))?.[1];
}
