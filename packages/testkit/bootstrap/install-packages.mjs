// Owns the installation of the workspace's packages: which pnpm runs, when nothing has to be done, and what to say when it fails.
// The lock file is never changed here. What was installed is remembered in a stamp inside node_modules, so removing that folder forgets it.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { lastLines, runCollectingOutput } from './child-command.mjs';
import { say } from './progress-lines.mjs';
import { inWorkspace } from './workspace-root.mjs';

const stampFolder = inWorkspace('node_modules', '.scrimp-bootstrap');
const stampFile = inWorkspace('node_modules', '.scrimp-bootstrap', 'installed');
/** What npm and pnpm print when a host cannot be found or reached. */
const noAnswer = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|META_FETCH_FAIL|error sending request/;
/** CI keeps pnpm from asking questions; npm's own waits between retries add up to a minute of silence when there is no network. */
const installEnvironment = { CI: '1', npm_config_fetch_retry_mintimeout: '1000', npm_config_fetch_retry_maxtimeout: '3000' };
const logFile = inWorkspace('.scrimp', 'bootstrap', 'install.log');

/**
 * Installs what the lock file names, unless the stamp says that it is there.
 * @returns {Promise<import('./progress-lines.mjs').Problem | null>} null when the packages are installed
 */
export async function installPackages() {
  const key = hashOfInstallInputs();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === key) {
    say('packages are up to date');
    return null;
  }
  const pnpm = await choosePnpm(pinnedPnpmVersion());
  say(`installing packages with ${pnpm.join(' ')} (about ten seconds; longer the first time)`);
  const { code, output } = await runCollectingOutput([...pnpm, 'install', '--frozen-lockfile'], { environment: installEnvironment });
  mkdirSync(inWorkspace('.scrimp', 'bootstrap'), { recursive: true });
  writeFileSync(logFile, output);
  if (code !== 0) return describeInstallFailure(code, output);
  mkdirSync(stampFolder, { recursive: true });
  writeFileSync(stampFile, key);
  say('packages are installed');
  return null;
}

/**
 * @param {number} code exit code of pnpm or npx
 * @param {string} output what it printed
 * @returns {import('./progress-lines.mjs').Problem}
 */
export function describeInstallFailure(code, output) {
  const evidence = lastLines(output, 15);
  if (code === 127) {
    return { sentence: 'packages cannot be installed, because npx was not found; install npm, which comes with Node, and run the command again', evidence };
  }
  if (noAnswer.test(output)) {
    return { sentence: 'packages cannot be downloaded, because the package registry does not answer; check the network and proxy settings and run the command again', evidence: output.split('\n').filter((line) => noAnswer.test(line)).slice(0, 3) };
  }
  if (/FROZEN_LOCKFILE|OUTDATED_LOCKFILE/.test(output)) {
    return { sentence: `packages cannot be installed, because pnpm-lock.yaml does not match the package.json files; run "npx pnpm@${pinnedPnpmVersion()} install" and commit the lock file`, evidence };
  }
  return { sentence: `the installation of packages failed with exit code ${code}; the whole log is .scrimp/bootstrap/install.log, and this is its end`, evidence };
}

/** @returns {string} the version that `packageManager` of package.json pins */
export function pinnedPnpmVersion() {
  const { packageManager } = JSON.parse(readFileSync(inWorkspace('package.json'), 'utf8'));
  return String(packageManager).replace(/^pnpm@/, '').replace(/\+.*$/, '');
}

/**
 * A corepack that already holds the pinned version is used, since it needs no network; otherwise npx fetches that version.
 * @param {string} version
 * @returns {Promise<string[]>} the start of a command line
 */
async function choosePnpm(version) {
  const probe = await runCollectingOutput(['corepack', `pnpm@${version}`, '--version'], { environment: { COREPACK_ENABLE_NETWORK: '0', COREPACK_ENABLE_DOWNLOAD_PROMPT: '0' } });
  if (probe.code === 0 && probe.output.trim() === version) return ['corepack', `pnpm@${version}`];
  return ['npx', '--yes', `pnpm@${version}`];
}

/** Everything that decides what an installation yields: the lock file, the manifests, pnpm's settings, the platform and the Node major. */
function hashOfInstallInputs() {
  const hash = createHash('sha256');
  hash.update(`${process.platform} ${process.arch} ${process.versions.modules}\n`);
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifestPaths()]) {
    hash.update(`${file}\n`).update(readFileSync(inWorkspace(file))).update('\n');
  }
  return hash.digest('hex');
}

/** @returns {string[]} paths of the package.json files of the workspace, relative to its root, in a fixed order */
export function manifestPaths() {
  const packageFolders = readdirSync(inWorkspace('packages')).sort().map((name) => `packages/${name}`);
  const folders = ['.', ...packageFolders, 'rules', 'codemods', 'fixtures/ecosystem', 'reference-impl'];
  return folders.map((folder) => `${folder}/package.json`).filter((file) => existsSync(inWorkspace(file)));
}
