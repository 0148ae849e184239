/**
 * A copy of a pinned package's sources that may be edited: installed files are shared with other projects.
 * It lies in the store folder of the ecosystem, from where imports lead to the pinned dependencies, and has a tsconfig of its own.
 */
import { cpSync, mkdirSync, readFileSync, readdirSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ecosystemFolder, fileStemOfPackage, repositoryRoot } from '../ecosystem/paths.js';

export interface BenchProject {
  readonly folder: string;
  readonly tsconfig: string;
  readonly lines: number;
  /** Inserts a statement into the body of a function; `round` makes each text another one. */
  edit(round: number): void;
  /** Takes the edit back. */
  restore(): void;
  remove(): void;
}

/** `installed` is the folder of the package, `sources` what to copy of it. Fails with one sentence when it has no function to edit. */
export function createBenchProject(name: string, installed: string, sources: readonly string[]): { project: BenchProject | null; problems: string[] } {
  const folder = join(realpathSync(ecosystemFolder), '.scrimp', 'bench', fileStemOfPackage(name));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const source of sources) cpSync(realpathSync(join(installed, source)), join(folder, 'sources', source), { recursive: true });
  writeFileSync(join(folder, 'package.json'), readFileSync(join(installed, 'package.json')));
  const tsconfig = join(folder, 'tsconfig.json');
  writeFileSync(tsconfig, JSON.stringify({ compilerOptions, include: ['sources/**/*.ts'] }));
  const files = filesBelow(join(folder, 'sources'));
  const edited = fileToEdit(files);
  if (edited === null) return { project: null, problems: [`${name} has no function with a written result type and a body of its own to edit`] };
  const lines = files.reduce((sum, file) => sum + readFileSync(file, 'utf8').split('\n').length - 1, 0);
  const { file, text, position } = edited;
  return {
    project: {
      folder, tsconfig, lines,
      edit: (round) => writeFileSync(file, `${text.slice(0, position)} void ${String(round)};${text.slice(position)}`),
      restore: () => writeFileSync(file, text),
      remove: () => rmSync(folder, { recursive: true, force: true }),
    },
    problems: [],
  };
}

const compilerOptions = {
  strict: true, target: 'es2022', lib: ['es2023', 'dom', 'esnext.disposable'], module: 'nodenext', moduleResolution: 'nodenext', skipLibCheck: true, noEmit: true,
  allowImportingTsExtensions: true, useUnknownInCatchVariables: false, types: ['node'], typeRoots: [join(repositoryRoot, 'node_modules', '@types')],
};

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)).filter((path) => /\.ts$/.test(basename(path)) && statSync(path).isFile()).sort();
}

/** A method or function with a result type that one word names: a change that types of other files do not see. */
const typedBody = /^(?:export )?(?: {2}(?:public )?|function )[a-zA-Z]+\([^(){}]*\): [A-Z]?[a-z]+ \{$/m;

/** The file of middle size among those that have such a function. */
function fileToEdit(files: readonly string[]): { file: string; text: string; position: number } | null {
  const candidates = files.flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    const found = typedBody.exec(text);
    return found === null ? [] : [{ file, text, position: found.index + found[0].length }];
  });
  candidates.sort((left, right) => left.text.length - right.text.length || (left.file < right.file ? -1 : 1));
  return candidates[Math.floor(candidates.length / 2)] ?? null;
}
