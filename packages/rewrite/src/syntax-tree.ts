// Owns how codemods see and print a file: jscodeshift's tree by the parser that suits the file's name, calls found by the positions of findings.
// recast expands tabs before it parses, so its columns differ from the file's; the translation is here and nowhere else.
import jscodeshift from 'jscodeshift';
import type { ASTPath, CallExpression, Collection, JSCodeshift } from 'jscodeshift';

/** Columns per tab while recast counts them; files without tabs are indented as recast sees that they are. */
const tabWidth = 4;

export interface SourcePosition {
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 units of the file. */
  readonly column: number;
}

export interface SourceRange extends SourcePosition {
  /** 1-based; the end is exclusive. */
  readonly endLine: number;
  readonly endColumn: number;
}

export interface SyntaxTree {
  readonly j: JSCodeshift;
  readonly root: Collection;
  /** Every call whose text began here before anything was rewritten, outermost first. */
  readonly callsAt: (position: SourcePosition) => readonly ASTPath<CallExpression>[];
  /** The call with exactly this text before anything was rewritten. */
  readonly callAt: (range: SourceRange) => ASTPath<CallExpression> | null;
  /** The file's text after the changes made to the tree; untouched code keeps its formatting. */
  readonly print: () => string;
}

/** `text` has `\n` line endings and no byte order mark. */
export function parseSyntaxTree(file: string, text: string): SyntaxTree | { readonly problem: string } {
  const j = jscodeshift.withParser(/\.[cm]?ts$/.test(file) ? 'ts' : 'tsx');
  const lines = text.split('\n');
  const hasTabs = isIndentedByTabs(text);
  try {
    const root = hasTabs ? j(text, { tabWidth }) : j(text);
    return {
      j,
      root,
      callsAt: (position) => callsAt(j, root, lines, position),
      callAt: (range) => callsAt(j, root, lines, range).find(({ node }) => endsAt(node, lines, range)) ?? null,
      print: () => {
        if (!hasTabs) return root.toSource({ lineTerminator: '\n', quote: 'single' });
        return withTabsOnly(root.toSource({ lineTerminator: '\n', quote: 'single', tabWidth, useTabs: true }), new Set(lines));
      },
    };
  } catch (error) {
    return { problem: `the codemod's parser cannot read the file: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function callsAt(j: JSCodeshift, root: Collection, lines: readonly string[], position: SourcePosition): ASTPath<CallExpression>[] {
  return root.find(j.CallExpression).paths().filter(({ node }) => {
    const { loc } = node;
    return loc?.start.line === position.line && loc.start.column === treeColumn(loc, lines, position);
  });
}

function endsAt({ loc }: CallExpression, lines: readonly string[], { endLine, endColumn }: SourceRange): boolean {
  return loc?.end.line === endLine && loc.end.column === treeColumn(loc, lines, { line: endLine, column: endColumn });
}

/** A column of the file as recast counts it: from 0, with the white space at the beginning of the line as wide as its tabs make it. */
function treeColumn(loc: object, lines: readonly string[], { line, column }: SourcePosition): number {
  const indentation = /^\s*/.exec(lines[line - 1] ?? '')?.[0].length ?? 0;
  return column - 1 - indentation + indentOf(loc, line);
}

/** Columns that recast counts for the white space at the beginning of a line; its own location objects know. */
function indentOf(loc: object, line: number): number {
  const { lines } = loc as { readonly lines?: { readonly getIndentAt: (line: number) => number } };
  return lines?.getIndentAt(line) ?? 0;
}

/** recast begins a new block in a file of tabs with spaces: rewritten lines get tabs, lines that the file had stay. */
function withTabsOnly(printed: string, originalLines: ReadonlySet<string>): string {
  const tabs = (indentation: string): string => indentation.replaceAll(' '.repeat(tabWidth), '\t');
  return printed.split('\n').map((line) => (originalLines.has(line) ? line : line.replace(/^[\t ]+/, tabs))).join('\n');
}

function isIndentedByTabs(text: string): boolean {
  const byTabs = text.match(/^\t/gm)?.length ?? 0;
  const bySpaces = text.match(/^ {2}/gm)?.length ?? 0;
  return byTabs > bySpaces;
}
