/**
 * The programs of a process that audits again and again: trees of files whose text is unchanged are used again, so that only what changed
 * is parsed and bound, as TypeScript's own watch mode does. Types are asked of a new checker each time.
 */
import type { CompilerHost, Program, SourceFile } from 'typescript';

export interface ProgramMemory {
  /** The last program of the group. */
  previous(group: string): Program | undefined;
  keep(group: string, program: Program): void;
  /** The host with trees of the group's last program where the text is the same. */
  withTrees(group: string, host: CompilerHost): CompilerHost;
}

interface KnownTree {
  readonly sourceFile: SourceFile;
  /** Everything besides the text that parsing depends on. */
  readonly parsedAs: string;
}

export function createProgramMemory(): ProgramMemory {
  const programs = new Map<string, Program>();
  const trees = new Map<string, Map<string, KnownTree>>();
  return {
    previous: (group) => programs.get(group),
    keep(group, program) {
      programs.set(group, program);
    },
    withTrees(group, host) {
      const known = trees.get(group) ?? new Map<string, KnownTree>();
      trees.set(group, known);
      const parse = host.getSourceFile.bind(host);
      return {
        ...host,
        getSourceFile(fileName, languageVersionOrOptions, ...rest) {
          const parsedAs = JSON.stringify(languageVersionOrOptions);
          const tree = known.get(fileName);
          if (tree !== undefined && tree.parsedAs === parsedAs && tree.sourceFile.text === host.readFile(fileName)) return tree.sourceFile;
          const sourceFile = parse(fileName, languageVersionOrOptions, ...rest);
          if (sourceFile === undefined) known.delete(fileName);
          else known.set(fileName, { sourceFile, parsedAs });
          return sourceFile;
        },
      };
    },
  };
}
