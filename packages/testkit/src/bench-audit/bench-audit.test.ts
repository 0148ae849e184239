import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { medianOf, printReport, reportOf, summarizeSamples, type AuditComparison, type Sample, type SampleSummary } from './comparison.js';
import { runMeasured } from './measured-process.js';

describe('the comparison', () => {
  it('takes the middle value and the mean of two middle ones', () => {
    expect(medianOf([9, 1, 5])).toBe(5);
    expect(medianOf([4, 1, 9, 2])).toBe(3);
    expect(medianOf([7])).toBe(7);
    expect(medianOf([])).toBeNaN();
  });

  it('prints each program as a multiple of tsc, and growth from the smallest to the largest', () => {
    const sample = (wallMilliseconds: number, mebibytes: number): Sample => ({ wallMilliseconds, cpuMilliseconds: 2 * wallMilliseconds, peakBytes: mebibytes << 20 });
    const summary = (factor: number): SampleSummary => summarizeSamples([sample(1000 * factor, 100), sample(3000 * factor, 300), sample(2000 * factor, 200)]);
    const comparison = (lines: number, tsc: number, cold: number): AuditComparison => ({
      package: 'x', version: '1.0.0', lines, tsc: summary(tsc), audit: { cold: summary(cold), second: summary(0.1), changed: summary(0.4) },
      watch: { runs: 5, median: 250, minimum: 200 }, tscErrors: 1, auditFiles: 2, auditFindings: 3,
    });
    const report = reportOf('20.0.0', '6.0.3', [comparison(1000, 4, 2), comparison(100, 1, 1)]);
    expect(report.growth).toEqual({ audit: 0.2, tsc: 0.4 });
    expect(printReport(report).slice(0, 9)).toEqual([
      'Node 20.0.0, TypeScript 6.0.3; runs taken in turns, medians and minima',
      '',
      'x 1.0.0, 100 lines, 3 runs; tsc reported 1 errors; the audit read 2 files and found 3 findings',
      '                                 median   /tsc  minimum   /tsc     cpu   /tsc     peak   /tsc',
      'tsc --noEmit                     2.00 s  1.00x   1.00 s  1.00x  4.00 s  1.00x  200 MiB  1.00x',
      'audit                            2.00 s  1.00x   1.00 s  1.00x  4.00 s  1.00x  200 MiB  1.00x',
      'audit again, nothing changed     0.20 s  0.10x   0.10 s  0.10x  0.40 s  0.10x  200 MiB  1.00x',
      'audit again, one body changed    0.80 s  0.40x   0.40 s  0.40x  1.60 s  0.40x  200 MiB  1.00x',
      'audit --watch, one body changed  0.25 s  0.13x   0.20 s  0.20x',
    ]);
    expect(printReport(report).at(-1)).toBe('time per line, largest against smallest: audit 0.20x, tsc 0.40x');
  });
});

describe('a measured process', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'scrimp-measured-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function script(name: string, source: string): string {
    const path = join(folder, name);
    writeFileSync(path, source);
    return path;
  }

  it('reports exit code, output and a peak that contains what the program held', async () => {
    const path = script('holds.cjs', 'const held = Buffer.alloc(256 << 20, 1); console.log(held.length, ...process.argv.slice(2)); process.exit(1);');
    const { run, problems } = await runMeasured(path, ['a', 'b'], folder);
    expect(problems).toEqual([]);
    expect(run).toMatchObject({ exitCode: 1, stdout: `${256 << 20} a b\n`, stderr: '', processes: 1 });
    expect(run?.peakBytes).toBeGreaterThan(256 << 20);
    expect(run?.cpuMilliseconds).toBeGreaterThan(1);
    expect(run?.wallMilliseconds).toBeGreaterThan(0);
  });

  it('adds the processes that the program forks, and does not count workers twice', async () => {
    const path = script('forks.cjs', `const { fork } = require('node:child_process'); const { Worker, isMainThread } = require('node:worker_threads');
if (isMainThread && process.argv[2] !== 'child') { fork(__filename, ['child']); new Worker(__filename); }`);
    const { run } = await runMeasured(path, [], folder);
    expect(run?.processes).toBe(2);
  });

  it('says when a process was killed', async () => {
    const path = script('killed.cjs', "process.kill(process.pid, 'SIGKILL');");
    const { run, problems } = await runMeasured(path, [], folder);
    expect(run).toBeNull();
    expect(problems).toEqual([`${path} was ended by SIGKILL`]);
  });
});
