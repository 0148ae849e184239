/**
 * `pnpm bench:editor [--package name] [--json]`: what the analysis of one file costs in an open editor, beyond the type check.
 * As the ESLint host does, each file is a session of its own over one long-lived program; all files were type-checked before,
 * and each is analyzed three times, of which the last counts: an editor has run for a while.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import ts from 'typescript';
import { checkerOracle, createSession } from '@scrimp/analysis';
import { rules } from '@scrimp/rules';
import { createBenchProject } from '../bench-audit/bench-project.js';
import { ecosystemFolder } from '../ecosystem/paths.js';

interface EditorTiming {
  schema: 'scrimp-bench-editor/1';
  package: string;
  files: number;
  /** Milliseconds per file. */
  p50: number;
  p95: number;
  max: number;
  /** The file of the maximum. */
  slowest: string;
}

process.exitCode = main(process.argv.slice(2));

/** Exit code: 0 whatever the figures are; 2 when nothing could be measured. */
function main(args: string[]): number {
  const { values } = parseArgs({ args, options: { package: { type: 'string', default: 'mongodb' }, json: { type: 'boolean' } } });
  const installed = join(ecosystemFolder, 'node_modules', values.package);
  if (!existsSync(join(installed, 'src'))) {
    process.stderr.write(`${values.package} is not installed in fixtures/ecosystem, or ships no src\n`);
    return 2;
  }
  const { project, problems } = createBenchProject(values.package, installed, ['src']);
  if (project === null) {
    process.stderr.write(`${problems.join('\n')}\n`);
    return 2;
  }
  try {
    const timing = timeFiles(values.package, project.tsconfig, project.folder);
    process.stdout.write(values.json ? `${JSON.stringify(timing, null, 2)}\n` : printTiming(timing));
    return 0;
  } finally {
    project.remove();
  }
}

function timeFiles(name: string, tsconfig: string, folder: string): EditorTiming {
  const config: unknown = JSON.parse(readFileSync(tsconfig, 'utf8'));
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, folder);
  const program = ts.createProgram(fileNames, options);
  const sourceFiles = fileNames.flatMap((file) => program.getSourceFile(file) ?? []).filter((sourceFile) => !sourceFile.isDeclarationFile);
  for (const sourceFile of sourceFiles) program.getSemanticDiagnostics(sourceFile);
  const oracle = checkerOracle(ts, program);
  const times = sourceFiles.map((sourceFile) => {
    let milliseconds = 0;
    for (let round = 0; round < 3; round += 1) milliseconds = timeFile(sourceFile, oracle);
    return { file: sourceFile.fileName.slice(folder.length + 1), milliseconds };
  });
  times.sort((left, right) => left.milliseconds - right.milliseconds);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))]?.milliseconds ?? Number.NaN;
  return { schema: 'scrimp-bench-editor/1', package: name, files: times.length, p50: at(0.5), p95: at(0.95), max: at(1), slowest: times.at(-1)?.file ?? '' };
}

function timeFile(sourceFile: ts.SourceFile, oracle: ReturnType<typeof checkerOracle>): number {
  const start = performance.now();
  const session = createSession({ typescript: ts, oracle, rules, target: 'node20', resolve: () => null });
  session.addFile(sourceFile.fileName, sourceFile);
  session.analyze();
  return performance.now() - start;
}

function printTiming({ package: name, files, p50, p95, max, slowest }: EditorTiming): string {
  return `${name}, ${String(files)} files in one program, analysis per file beyond the type check: p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, most ${max.toFixed(1)} ms (${slowest})\n`;
}
