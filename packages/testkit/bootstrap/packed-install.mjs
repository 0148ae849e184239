// Owns the proof that the published packages work outside the workspace: each is packed, all are installed into an empty project by npm,
// each entry point is imported there, and the installed `scrimp` audits one file.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { lastLines, runCollectingOutput } from './child-command.mjs';
import { manifestPaths, pinnedPnpmVersion } from './install-packages.mjs';
import { say, sayProblem } from './progress-lines.mjs';
import { inWorkspace } from './workspace-root.mjs';

const problem = await verifyPackedInstall();
if (problem !== null) sayProblem(problem);
process.exitCode = problem === null ? 0 : 1;

/** @returns {Promise<import('./progress-lines.mjs').Problem | null>} null when everything that is published works */
async function verifyPackedInstall() {
  const scratch = mkdtempSync(join(tmpdir(), 'scrimp-packed-'));
  try {
    return (await packPackages(scratch)) ?? (await installTarballs(scratch)) ?? (await importEntryPoints(scratch)) ?? (await auditWithInstalledCommand(scratch));
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** @returns {{ name: string, folder: string }[]} the packages that are published, which are those not marked private */
function publishedPackages() {
  return manifestPaths().flatMap((manifestPath) => {
    const manifest = JSON.parse(readFileSync(inWorkspace(manifestPath), 'utf8'));
    return manifest.private === true ? [] : [{ name: String(manifest.name), folder: dirname(manifestPath) }];
  });
}

/** @param {string} scratch */
async function packPackages(scratch) {
  mkdirSync(join(scratch, 'tarballs'));
  for (const { name, folder } of publishedPackages()) {
    say(`packing ${name}`);
    const command = ['npx', '--yes', `pnpm@${pinnedPnpmVersion()}`, 'pack', '--pack-destination', join(scratch, 'tarballs')];
    const failure = await problemOf(`packing ${name}`, command, inWorkspace(folder));
    if (failure !== null) return failure;
  }
  return null;
}

/** @param {string} scratch */
async function installTarballs(scratch) {
  const project = join(scratch, 'project');
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'packed-install', private: true, type: 'module' }));
  const tarballs = readdirSync(join(scratch, 'tarballs')).map((file) => join('..', 'tarballs', file));
  say('installing the tarballs with npm');
  return problemOf('installing the tarballs', ['npm', 'install', '--no-audit', '--no-fund', ...tarballs.map((file) => `./${file}`)], project);
}

/** @param {string} scratch */
async function importEntryPoints(scratch) {
  const specifiers = publishedPackages().flatMap(({ name, folder }) => {
    const { exports } = JSON.parse(readFileSync(inWorkspace(folder, 'package.json'), 'utf8'));
    return Object.keys(exports ?? {}).map((subpath) => name + subpath.slice(1));
  });
  for (const specifier of specifiers) {
    const script = `await import(${JSON.stringify(specifier)})`;
    const failure = await problemOf(`importing ${specifier}`, [process.execPath, '--input-type=module', '--eval', script], join(scratch, 'project'));
    if (failure !== null) return failure;
  }
  return null;
}

/** @param {string} scratch */
async function auditWithInstalledCommand(scratch) {
  const project = join(scratch, 'project');
  writeFileSync(join(project, 'digest.ts'), 'export function digestOf(bytes: Uint8Array): Uint8Array {\n  return Uint8Array.from(bytes.slice());\n}\n');
  const command = ['npx', '--no-install', 'scrimp', 'audit', 'digest.ts', '--format', 'json=report.json'];
  const failure = await problemOf('auditing a file with the installed scrimp', command, project);
  if (failure !== null) return failure;
  const reportFile = join(project, 'report.json');
  if (existsSync(reportFile) && JSON.parse(readFileSync(reportFile, 'utf8')).schema === 'scrimp-report/1') return null;
  return { sentence: 'the installed scrimp wrote no report of schema scrimp-report/1', evidence: [] };
}

/**
 * @param {string} what the step, for the sentence
 * @param {readonly string[]} command
 * @param {string} folder where it runs
 * @returns {Promise<import('./progress-lines.mjs').Problem | null>} null when it exits with 0
 */
async function problemOf(what, command, folder) {
  const { code, output } = await runCollectingOutput(command, { folder });
  return code === 0 ? null : { sentence: `${what} failed with exit code ${code}`, evidence: lastLines(output, 20) };
}
