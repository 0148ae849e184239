/**
 * The part of a TypeScript file that types of other files can depend on: its text without the bodies of functions whose result type is
 * written down. While it stays as it is, every other file has the types that it had. What is kept by doubt is only time lost:
 * - bodies of functions without a written result type, for it follows from them, with all that is nested in them;
 * - constructors, for types of fields follow from them;
 * - bodies that name a `let` or `var` of the module: whether it is assigned there decides how the types of others are narrowed;
 * - bodies that import, for what is imported may declare something for all.
 * JavaScript has no such part: there, types follow from everything.
 */
import type { Block, Node, SourceFile } from 'typescript';
import { ts } from '../typescript.js';

export function declarationText(sourceFile: SourceFile): string {
  const { text } = sourceFile;
  if (!/\.[cm]?tsx?$/.test(sourceFile.fileName)) return text;
  const bodies: Block[] = [];
  const variables = new Set<string>();
  collect(sourceFile, sourceFile, bodies, variables);
  const kept: string[] = [];
  let end = 0;
  for (const body of bodies) {
    const [from, to] = [body.getStart(sourceFile) + 1, body.end - 1];
    if (!mayReachOut(text.slice(from, to), variables)) {
      kept.push(text.slice(end, from));
      end = Math.max(from, to);
    }
  }
  return [...kept, text.slice(end)].join('');
}

/** Whether a file declares something for files that do not import it. */
export function declaresForAll(sourceFile: SourceFile): boolean {
  return !ts.isExternalModule(sourceFile) || /\bdeclare\s+(?:global|module|namespace)\b|\/\/\/\s*<reference/.test(sourceFile.text);
}

/** Bodies in the order of the text, none inside another; variables that are declared outside of functions. */
function collect(sourceFile: SourceFile, node: Node, bodies: Block[], variables: Set<string>): void {
  ts.forEachChild(node, (child) => {
    if (ts.isFunctionLike(child)) {
      const body = bodyOfTyped(child);
      if (body !== null) bodies.push(body);
      return;
    }
    if (ts.isVariableDeclarationList(child) && (child.flags & ts.NodeFlags.Const) === 0) for (const name of child.getText(sourceFile).match(/[\p{ID_Continue}$]+/gu) ?? []) variables.add(name);
    collect(sourceFile, child, bodies, variables);
  });
}

function bodyOfTyped(node: Node): Block | null {
  const mayHaveBody = ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node) || ts.isGetAccessorDeclaration(node) || ts.isFunctionExpression(node) || ts.isArrowFunction(node);
  return mayHaveBody && node.type !== undefined && node.body !== undefined && ts.isBlock(node.body) ? node.body : null;
}

function mayReachOut(body: string, variables: ReadonlySet<string>): boolean {
  // With an escape, a name can be written in other letters.
  if (/\b(?:import|require)\b|\\u/.test(body)) return true;
  return variables.size > 0 && (body.match(/[\p{ID_Continue}$]+/gu) ?? []).some((word) => variables.has(word));
}
