/**
 * Programs with files that are nested so deeply that TypeScript, which walks its trees by recursion, runs out of stack on them.
 * Such a file counts as empty, so that it ends neither the program nor the findings of the others; the caller says that it was left out.
 */
import type { CompilerHost, CompilerOptions, Node, Program, SourceFile, System } from 'typescript';
import { ts } from '../typescript.js';
import { compilerHostOn } from './typescript-system.js';

/** Why such a file is left out. */
export const tooDeepReason = 'nested too deeply: TypeScript runs out of stack on it';

export interface BoundProgram {
  readonly program: Program;
  /** Absolute paths, as the program knows them. */
  readonly tooDeep: ReadonlySet<string>;
}

/** `create` is called again, with a host that knows of more such files, until the program can be bound. */
export function createBoundProgram(create: (host: CompilerHost) => Program, options: CompilerOptions, system: System): BoundProgram {
  const tooDeep = new Set<string>();
  for (;;) {
    const program = create(createHost(options, system, tooDeep));
    // The first checker binds every file.
    if (withinStack(() => program.getTypeChecker()) !== null) return { program, tooDeep };
    const candidates = program.getSourceFiles().filter((sourceFile) => !tooDeep.has(sourceFile.fileName));
    const guilty = candidates.filter((sourceFile) => !canBeBound(sourceFile, options));
    // One that was at the very end of the stack may pass alone.
    for (const { fileName } of guilty.length > 0 ? guilty : deepestOf(candidates)) tooDeep.add(fileName);
  }
}

/** Null when the stack ends; other errors pass. */
export function withinStack<Result>(walk: () => Result): Result | null {
  try {
    return walk();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function createHost(options: CompilerOptions, system: System, tooDeep: Set<string>): CompilerHost {
  const host = compilerHostOn(system, options);
  const parse = host.getSourceFile.bind(host);
  return {
    ...host,
    getSourceFile(fileName, languageVersionOrOptions, ...rest) {
      if (!tooDeep.has(fileName)) {
        const parsed = withinStack(() => parse(fileName, languageVersionOrOptions, ...rest));
        if (parsed !== null) return parsed;
        tooDeep.add(fileName);
      }
      return ts.createSourceFile(fileName, '', languageVersionOrOptions);
    },
  };
}

/** Binds the file alone, parsed anew: what a failed walk left in a tree would mislead the next. */
function canBeBound(sourceFile: SourceFile, programOptions: CompilerOptions): boolean {
  const { fileName, languageVersion } = sourceFile;
  const options: CompilerOptions = { ...programOptions, noResolve: true, noLib: true, types: [] };
  const host: CompilerHost = {
    ...ts.createCompilerHost(options),
    getSourceFile: (name) => (name === fileName ? ts.createSourceFile(name, sourceFile.text, languageVersion) : undefined),
  };
  return withinStack(() => ts.createProgram({ rootNames: [fileName], options, host }).getTypeChecker()) !== null;
}

function deepestOf(sourceFiles: readonly SourceFile[]): readonly SourceFile[] {
  const [deepest] = sourceFiles.map((sourceFile) => ({ sourceFile, depth: depthOf(sourceFile) })).sort((left, right) => right.depth - left.depth);
  if (deepest === undefined) throw new RangeError('TypeScript runs out of stack without any file');
  return [deepest.sourceFile];
}

/** Levels of the tree, counted without recursion. */
function depthOf(sourceFile: SourceFile): number {
  let level: Node[] = [sourceFile];
  let depth = 0;
  for (; level.length > 0; depth += 1) {
    const next: Node[] = [];
    for (const node of level) ts.forEachChild(node, (child) => { next.push(child); });
    level = next;
  }
  return depth;
}
