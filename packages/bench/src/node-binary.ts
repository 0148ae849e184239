/**
 * Knows a Node binary: its version and the flags that the passes want from it.
 * Also finds the binary of another major through the npm package `node`.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface NodeBinary {
  readonly path: string;
  /** As `v20.20.2`. */
  readonly version: string;
  readonly bytesFlags: readonly string[];
  readonly countsFlags: readonly string[];
}

/** Left on, a sweeper thread returns external bytes at its own time and the telescoping misses them. */
const switchedOffForBytes = ['concurrent-array-buffer-sweeping'];

/** Left on, optimized code allocates neighbors in one piece, which the sampler counts once. */
const switchedOffForCounts = ['turbo-allocation-folding', 'maglev-allocation-folding'];

/** The major version: 20 of `v20.20.2`. */
export function majorOf(version: string): number {
  return Number.parseInt(version.replace(/^v/, ''), 10);
}

/** Asks a binary for its version and for the flags that its V8 knows; an unknown flag would make it refuse to start. */
export async function inspectNodeBinary(path: string): Promise<{ binary?: NodeBinary; problems: readonly string[] }> {
  try {
    const [version, options] = await Promise.all([
      run(path, ['--version'], { env: cleanEnvironment() }),
      run(path, ['--v8-options'], { env: cleanEnvironment(), maxBuffer: 4 * 1024 * 1024 }),
    ]);
    const binary: NodeBinary = {
      path,
      version: version.stdout.trim(),
      bytesFlags: switchedOffForBytes.flatMap((flag) => switchOff(flag, options.stdout)),
      countsFlags: switchedOffForCounts.flatMap((flag) => switchOff(flag, options.stdout)),
    };
    return { binary, problems: [] };
  } catch (error) {
    return { problems: [`cannot run ${path} as Node (${firstLineOf(error)}); give the path of a Node binary`] };
  }
}

/**
 * The path of the binary for a Node major: the running one when it fits, else the npm package `node`, which npx fetches when it is not there yet.
 */
export async function nodeBinaryOfMajor(major: number): Promise<{ path?: string; problems: readonly string[] }> {
  if (major === majorOf(process.version)) return { path: process.execPath, problems: [] };
  try {
    const { stdout } = await run('npx', ['-y', `node@${major}`, '-p', 'process.execPath + " " + process.version'], {
      env: cleanEnvironment(),
      shell: process.platform === 'win32',
    });
    const answer = stdout.trim();
    const separator = answer.lastIndexOf(' ');
    const path = answer.slice(0, separator);
    const foundMajor = majorOf(answer.slice(separator + 1));
    if (foundMajor !== major) return { problems: [`npx gave Node ${foundMajor} for major ${major}; install that major and try again`] };
    return { path, problems: [] };
  } catch (error) {
    return { problems: [`cannot get Node ${major} through npx (${firstLineOf(error)}); check the network, or leave this major out`] };
  }
}

/** The spelling that turns a flag off: it is a number in some versions of V8, and absent in others. */
function switchOff(flag: string, v8Options: string): string[] {
  const declared = new RegExp(`--${flag} [^\\n]*\\n\\s*type: (\\w+)`).exec(v8Options);
  if (declared === null) return [];
  return [declared[1] === 'int' ? `--${flag}=0` : `--no-${flag}`];
}

/**
 * The environment without what would change the measured code: options for every Node, and coverage, which keeps functions from being optimized.
 */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const environment = { ...process.env };
  delete environment['NODE_OPTIONS'];
  delete environment['NODE_V8_COVERAGE'];
  return environment;
}

function firstLineOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n', 1)[0] ?? text;
}
