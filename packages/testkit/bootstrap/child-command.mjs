// Owns how the bootstrap runs another program: with its output shown as it comes, or collected for a log.
// A program that cannot be started is a result like any other (code 127), so that callers need one path only.
import { spawn } from 'node:child_process';
import { workspaceRoot } from './workspace-root.mjs';

/**
 * Runs a command in the workspace root with its output going straight to ours.
 * @param {readonly string[]} command program, then arguments
 * @param {NodeJS.ProcessEnv} [environment] variables added to ours
 * @returns {Promise<number>} the exit code; 127 when it could not be started, 1 when a signal ended it
 */
export async function runShowingOutput(command, environment = {}) {
  const child = startChild(command, environment, 'inherit');
  return exitCodeOf(child);
}

/**
 * Runs a command and collects what it prints.
 * @param {readonly string[]} command program, then arguments
 * @param {{ environment?: NodeJS.ProcessEnv, folder?: string }} [surroundings] variables added to ours; working folder
 * @returns {Promise<{ code: number, output: string }>} exit code as above; stdout and stderr as they came
 */
export async function runCollectingOutput(command, surroundings = {}) {
  // Collected output goes into logs and is searched, where color codes would be in the way.
  const environment = { NO_COLOR: '1', FORCE_COLOR: undefined, ...surroundings.environment };
  const child = startChild(command, environment, 'pipe', surroundings.folder);
  /** @type {string[]} */
  const chunks = [];
  child.stdout?.setEncoding('utf8').on('data', (chunk) => chunks.push(String(chunk)));
  child.stderr?.setEncoding('utf8').on('data', (chunk) => chunks.push(String(chunk)));
  const code = await exitCodeOf(child);
  return { code, output: chunks.join('') };
}

/**
 * @param {string} output what a command printed
 * @param {number} count how many lines to keep
 * @returns {string[]} the last lines that are not blank
 */
export function lastLines(output, count) {
  return output.split(/\r?\n/).filter((line) => line.trim() !== '').slice(-count);
}

/**
 * @param {readonly string[]} command
 * @param {NodeJS.ProcessEnv} environment
 * @param {'inherit' | 'pipe'} outputs
 * @param {string} [folder]
 */
function startChild(command, environment, outputs, folder = workspaceRoot) {
  const [program = '', ...rest] = command;
  // npx and corepack are .cmd files on Windows, which Node starts only through a shell.
  const shell = process.platform === 'win32' && program !== process.execPath;
  return spawn(program, rest, { cwd: folder, env: { ...process.env, ...environment }, stdio: ['ignore', outputs, outputs], shell });
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number>}
 */
function exitCodeOf(child) {
  return new Promise((resolve) => {
    child.once('error', () => { resolve(127); });
    child.once('close', (code) => { resolve(code ?? 1); });
  });
}
