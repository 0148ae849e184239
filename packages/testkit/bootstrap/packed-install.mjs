// Owns the proof that the published packages work outside the workspace: each is packed, all are installed into an empty project by npm,
// each entry point is imported there, the installed `scrimp` audits one file, and ESLint lints one with the installed plugin.
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
    return (await packPackages(scratch)) ?? (await installTarballs(scratch)) ?? (await importEntryPoints(scratch)) ?? (await auditWithInstalledCommand(scratch)) ?? (await lintWithInstalledPlugin(scratch));
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
  say('installing the tarballs and ESLint with npm');
  return problemOf('installing the tarballs', ['npm', 'install', '--no-audit', '--no-fund', ...eslintPackages(), ...tarballs.map((file) => `./${file}`)], project);
}

/** @param {string} scratch */
async function importEntryPoints(scratch) {
  const project = join(scratch, 'project');
  for (const { name, folder } of publishedPackages()) {
    const { exports } = JSON.parse(readFileSync(inWorkspace(folder, 'package.json'), 'utf8'));
    const specifiers = Object.entries(exports ?? {}).flatMap(([subpath, targets]) => specifiersOf(project, name, subpath, targets));
    say(`importing ${name} (entry points: ${specifiers.length})`);
    const script = specifiers.map((specifier) => `await import(${JSON.stringify(specifier)}${specifier.endsWith('.json') ? ", { with: { type: 'json' } }" : ''});`).join('\n');
    const failure = await problemOf(`importing ${name}`, [process.execPath, '--input-type=module', '--eval', script], project);
    if (failure !== null) return failure;
  }
  return null;
}

/**
 * @param {string} project folder into which the package is installed
 * @param {string} name the package
 * @param {string} subpath a key of its `exports`; `./ir/*` stands for every module that the installed package has there
 * @param {unknown} targets the conditions of that key
 * @returns {string[]} what a program of that project may import
 */
function specifiersOf(project, name, subpath, targets) {
  if (!subpath.includes('*')) return [name + subpath.slice(1)];
  const target = typeof targets === 'object' && targets !== null && 'default' in targets ? String(targets.default) : String(targets);
  const [before = '', after = ''] = target.split('*');
  const modules = readdirSync(join(project, 'node_modules', name, before)).filter((file) => file.endsWith(after));
  return modules.map((file) => name + subpath.slice(1).replace('*', file.slice(0, -after.length)));
}

/** @param {string} scratch */
async function auditWithInstalledCommand(scratch) {
  const project = join(scratch, 'project');
  writeFileSync(join(project, 'digest.ts'), 'export function digestOf(bytes: Uint8Array): Uint8Array {\n  return Uint8Array.from(bytes.slice());\n}\n');
  const command = ['npx', '--no-install', 'scrimp', 'audit', 'digest.ts', '--format', 'json=report.json'];
  const failure = await problemOf('auditing a file with the installed scrimp', command, project);
  if (failure !== null) return failure;
  const reportFile = join(project, 'report.json');
  if (!existsSync(reportFile)) return { sentence: 'the installed scrimp wrote no report', evidence: [] };
  const { schema, findings } = JSON.parse(readFileSync(reportFile, 'utf8'));
  if (schema === 'scrimp-report/1' && findings.length > 0) return null;
  return { sentence: `the installed scrimp found ${findings.length} findings in a file with two needless copies, in a report of schema ${schema}`, evidence: [] };
}

/** @returns {string[]} the majors of ESLint that the plugin is developed with, as npm install takes them; the first is called eslint */
function eslintPackages() {
  const { devDependencies } = JSON.parse(readFileSync(inWorkspace('packages', 'eslint-plugin', 'package.json'), 'utf8'));
  return [`eslint@${devDependencies.eslint}`, `eslint-9@${devDependencies['eslint-9']}`];
}

/** @param {string} scratch */
async function lintWithInstalledPlugin(scratch) {
  const project = join(scratch, 'project');
  writeFileSync(join(project, 'eslint.config.js'), "import scrimp from 'eslint-plugin-scrimp';\nexport default [scrimp.configs.all];\n");
  writeFileSync(join(project, 'digest.js'), "import { createHash } from 'node:crypto';\nexport const digestOf = (bytes) => createHash('sha256').update(Buffer.from(new Uint8Array(bytes.slice(0, 400)))).digest();\n");
  for (const eslint of ['eslint', 'eslint-9']) {
    say(`linting a file with the installed plugin in ${eslint}`);
    const { code, output } = await runCollectingOutput([process.execPath, join('node_modules', eslint, 'bin', 'eslint.js'), '--max-warnings', '0', 'digest.js'], { folder: project });
    if (code === 1 && output.includes('scrimp/')) continue;
    return { sentence: `the installed ESLint plugin in ${eslint} reported nothing in a file with needless copies (exit code ${code})`, evidence: lastLines(output, 20) };
  }
  return null;
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
