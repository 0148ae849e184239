import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { medianOf, printComparison, ratioOf, summarizeSamples, type AuditComparison } from './comparison.js';
import { runMeasured } from './measured-process.js';

describe('the comparison', () => {
  it('takes the middle value and the mean of two middle ones', () => {
    expect(medianOf([9, 1, 5])).toBe(5);
    expect(medianOf([4, 1, 9, 2])).toBe(3);
    expect(medianOf([7])).toBe(7);
    expect(medianOf([])).toBeNaN();
  });

  it('prints both programs side by side', () => {
    const tsc = summarizeSamples([{ wallMilliseconds: 4000, peakBytes: 400 << 20 }, { wallMilliseconds: 5000, peakBytes: 300 << 20 }, { wallMilliseconds: 9000, peakBytes: 200 << 20 }]);
    const audit = summarizeSamples([{ wallMilliseconds: 2000, peakBytes: 330 << 20 }, { wallMilliseconds: 12_500, peakBytes: 330 << 20 }, { wallMilliseconds: 2500, peakBytes: 100 << 20 }]);
    const comparison: AuditComparison = {
      schema: 'scrimp-bench-audit/1', package: 'x', version: '1.0.0', lines: 10, node: '20.0.0', typescript: '6.0.3',
      tsc, audit, ratio: ratioOf(audit, tsc), tscErrors: 1, auditFiles: 2, auditFindings: 3,
    };
    expect(printComparison(comparison)).toEqual([
      'x 1.0.0, 10 lines; Node 20.0.0, TypeScript 6.0.3; 3 runs of each, taken in turns',
      '',
      '                     tsc --noEmit  scrimp audit  audit/tsc',
      'median time                5.00 s        2.50 s      0.50x',
      'minimum time               4.00 s        2.00 s      0.50x',
      'median peak memory        300 MiB       330 MiB      1.10x',
      'minimum peak memory       200 MiB       100 MiB      0.50x',
      '',
      'tsc reported 1 errors; the audit read 2 files and found 3 findings',
    ]);
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
