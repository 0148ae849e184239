/** Times how long `scrimp audit --watch` takes from a write to the answer, in one process. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { BenchProject } from './bench-project.js';

/** Milliseconds of each edit; the process warms up on one that is not counted. */
export async function timeWatch(scrimp: string, project: BenchProject, edits: number): Promise<{ milliseconds: number[]; problems: string[] }> {
  const child = spawn(process.execPath, [scrimp, 'audit', '-p', project.tsconfig, '--watch', '--json'], { cwd: project.folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => { stderr += chunk.toString('utf8'); });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const milliseconds: number[] = [];
  try {
    let line = await lines.next();
    for (let round = 0; round <= edits && line.done !== true; round += 1) {
      const start = performance.now();
      project.edit(1000 + round);
      line = await lines.next();
      if (round > 0 && line.done !== true) milliseconds.push(performance.now() - start);
    }
  } finally {
    child.kill();
    project.restore();
  }
  return milliseconds.length === edits ? { milliseconds, problems: [] } : { milliseconds, problems: [`scrimp audit --watch ended: ${stderr.trim()}`] };
}
