/**
 * The variant `fixed` of the reference implementation: a copy of `before` in a temporary folder, rewritten by `scrimp fix --write`, and both as JavaScript.
 * The command runs until it has nothing more to write, as a user would run it. The tree of the workspace is only read.
 */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { main, processIo } from 'scrimp';
import ts from 'typescript';

export type FixTier = 'guarded' | 'review';

export interface Rewrite {
  readonly finding: string;
  readonly rule: string;
  /** Relative to the folder of the reference implementation, in the text that the pass found. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly title: string;
  readonly tier: string;
  readonly saves: { readonly objects: number | null; readonly heapBytes: number | null; readonly externalBytes: number | null; readonly expression: string };
}

export interface DroppedRewrite {
  readonly rule: string;
  readonly file: string;
  readonly line: number;
  readonly stage: string;
  readonly reason: string;
}

/** One run of the command. */
export interface FixPass {
  readonly applied: readonly Rewrite[];
  readonly dropped: readonly DroppedRewrite[];
  /** The text that the pass found, as JavaScript with source maps; a folder with `index.js`. */
  readonly builtBefore: string;
}

export interface FixedCopy {
  readonly tier: FixTier;
  readonly passes: readonly FixPass[];
  /** Findings by rule. */
  readonly findingsBefore: Readonly<Record<string, number>>;
  readonly findingsAfter: Readonly<Record<string, number>>;
  /** Folders with `index.js`. */
  readonly before: string;
  readonly fixed: string;
  readonly remove: () => void;
}

const repositoryRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', '..');

/** More runs than this would mean that rewrites undo each other. */
const maximumPasses = 5;

/** Copy and problems are never both there; a problem is one sentence. */
export async function makeFixedCopy(tier: FixTier): Promise<{ readonly copy: FixedCopy | null; readonly problems: readonly string[] }> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'scrimp-fixed-')));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const project = copyReferenceImplementation(folder);
    const findingsBefore = await countFindings(project);
    const passes: FixPass[] = [];
    for (;;) {
      const builtBefore = build(join(project, 'before'), join(project, 'built', `pass-${passes.length + 1}`));
      const { applied, dropped } = await runFix(project, tier);
      passes.push({ applied, dropped, builtBefore });
      if (applied.length === 0) break;
      if (passes.length === maximumPasses) throw new Error(`scrimp fix still rewrites something in run ${maximumPasses}, so its rewrites do not come to an end`);
    }
    const copy = {
      tier, passes, findingsBefore,
      findingsAfter: await countFindings(project),
      before: passes[0]!.builtBefore,
      fixed: build(join(project, 'before'), join(project, 'built', 'fixed')),
      remove,
    };
    return { copy, problems: [] };
  } catch (error) {
    remove();
    return { copy: null, problems: [error instanceof Error ? error.message : String(error)] };
  }
}

/** The exports of a built variant. */
export async function loadVariant<Variant>(builtFolder: string): Promise<Variant> {
  return (await import(pathToFileURL(join(builtFolder, 'index.js')).href)) as Variant;
}

/** The same folders one below the other as in the workspace, so that settings and packages are found as there. */
function copyReferenceImplementation(folder: string): string {
  const source = join(repositoryRoot, 'reference-impl');
  const project = join(folder, 'reference-impl');
  mkdirSync(project);
  cpSync(join(source, 'before'), join(project, 'before'), { recursive: true });
  for (const file of ['package.json', 'tsconfig.json']) cpSync(join(source, file), join(project, file));
  cpSync(join(repositoryRoot, 'tsconfig.base.json'), join(folder, 'tsconfig.base.json'));
  symlinkSync(join(source, 'node_modules'), join(project, 'node_modules'));
  symlinkSync(join(repositoryRoot, 'node_modules'), join(folder, 'node_modules'));
  return project;
}

async function runFix(project: string, tier: FixTier): Promise<Omit<FixPass, 'builtBefore'>> {
  const { code, stdout, stderr } = await runScrimp(project, ['fix', 'before', '--write', '--tier', tier, '--json']);
  // 3: every rewrite failed a gate, which the result lists as dropped.
  if (code !== 0 && code !== 3) throw new Error(`scrimp fix ended with exit code ${code}: ${stderr.trim()}`);
  return JSON.parse(stdout) as Omit<FixPass, 'builtBefore'>;
}

async function countFindings(project: string): Promise<Readonly<Record<string, number>>> {
  const { code, stdout, stderr } = await runScrimp(project, ['audit', 'before', '--format', 'json']);
  if (code !== 0) throw new Error(`scrimp audit ended with exit code ${code}: ${stderr.trim()}`);
  return (JSON.parse(stdout) as { summary: { byRule: Record<string, number> } }).summary.byRule;
}

async function runScrimp(cwd: string, argv: readonly string[]): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  let stdout = '';
  let stderr = '';
  const code = await main(argv, {
    ...processIo(),
    stdout: { write: (text) => { stdout += text; } },
    stderr: { write: (text) => { stderr += text; } },
    env: {},
    cwd,
  });
  return { code, stdout, stderr };
}

/** Only takes the types away: `scrimp fix` has checked them. Returns `to`. */
function build(from: string, to: string): string {
  for (const name of readdirSync(from, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts')) continue;
    const { outputText, sourceMapText = '' } = ts.transpileModule(readFileSync(join(from, name), 'utf8'), {
      fileName: name,
      compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true, sourceMap: true },
    });
    const built = join(to, name.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(built), { recursive: true });
    writeFileSync(built, outputText);
    writeFileSync(`${built}.map`, sourceMapText);
  }
  return to;
}
