/**
 * Runs one Node program in a process of its own and measures its wall time and peak memory from outside and inside:
 * the time from spawn to close here, the peak resident set by a preload that asks `process.resourceUsage()` at exit.
 * Comparing the figures is left to `comparison.ts`.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface MeasuredRun {
  wallMilliseconds: number;
  /** Of all threads and of further Node processes: what the machine's other work does not change much. */
  cpuMilliseconds: number;
  /** Peak resident set; when the program starts further Node processes, the sum of the peaks of all of them. */
  peakBytes: number;
  /** Node processes that reported a peak. */
  processes: number;
  exitCode: number;
  stdout: string;
  stderr: string;
}

/**
 * Runs `node <script> <args>` with the given working directory.
 * Fails with one sentence when the process was killed or ended without passing its exit handlers.
 */
export async function runMeasured(script: string, args: readonly string[], workingFolder: string): Promise<{ run: MeasuredRun | null; problems: string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'scrimp-bench-audit-'));
  try {
    const peaksFile = join(folder, 'peaks');
    const preload = join(folder, 'report-peak.mjs');
    writeFileSync(peaksFile, '');
    writeFileSync(preload, preloadSource(peaksFile));
    const ended = await runToEnd(['--import', pathToFileURL(preload).href, script, ...args], workingFolder);
    if (ended.exitCode === null) return { run: null, problems: [`${script} was ended by ${ended.signal ?? 'an unknown cause'}`] };
    const peaks = readFileSync(peaksFile, 'utf8').split('\n').filter((line) => line !== '').map((line) => line.split(' ').map(Number));
    if (peaks.length === 0) return { run: null, problems: [`${script} ended without reporting its peak memory: ${ended.stderr.trim() || `exit ${ended.exitCode}`}`] };
    const peakBytes = peaks.reduce((sum, [peak = 0]) => sum + peak, 0);
    const cpuMilliseconds = peaks.reduce((sum, [, cpu = 0]) => sum + cpu, 0);
    return { run: { wallMilliseconds: ended.wallMilliseconds, cpuMilliseconds, peakBytes, processes: peaks.length, exitCode: ended.exitCode, stdout: ended.stdout, stderr: ended.stderr }, problems: [] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The preload appends one line per process.
 * Workers inherit it but share their process's resident set, so only the main thread reports; `maxRSS` is in KiB.
 */
function preloadSource(peaksFile: string): string {
  return `import { appendFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
if (isMainThread) process.on('exit', () => appendFileSync(${JSON.stringify(peaksFile)}, (process.resourceUsage().maxRSS * 1024) + ' ' + (process.resourceUsage().userCPUTime + process.resourceUsage().systemCPUTime) / 1000 + '\\n'));
`;
}

interface EndedProcess {
  wallMilliseconds: number;
  exitCode: number | null;
  signal: string | null;
  stdout: string;
  stderr: string;
}

function runToEnd(nodeArgs: readonly string[], workingFolder: string): Promise<EndedProcess> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(process.execPath, nodeArgs, { cwd: workingFolder, stdio: ['ignore', 'pipe', 'pipe'] });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', reject);
    child.on('close', (exitCode, signal) => {
      const wallMilliseconds = performance.now() - start;
      resolve({ wallMilliseconds, exitCode, signal, stdout: Buffer.concat(stdout).toString('utf8'), stderr: Buffer.concat(stderr).toString('utf8') });
    });
  });
}
