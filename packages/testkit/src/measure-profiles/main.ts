/**
 * `pnpm profile:runtimes [--node 20,22,24,26]`: weighs the operations of `operations.ts` on each major and writes what it found to
 * `packages/analysis/src/cost/profiles/node<major>.measured.ts`. The meter is `@scrimp/bench`; what the figures mean for a program is `cost/profile.ts`.
 * Each operation is measured several times in processes of their own; the least and the largest figure are kept, as JIT-compiled code has more than one stable state.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measureCases, nodeBinaryOfMajor, type OperationCost } from '@scrimp/bench';

const repetitions = 3;
const effort = { warmUpMilliseconds: 200, rounds: 5, roundMilliseconds: 10, attempts: 2 };
const folder = join(import.meta.dirname, '..', '..', '..', 'analysis', 'src', 'cost', 'profiles');
const operationsFile = fileURLToPath(import.meta.resolve('./operations.js'));

const asked = process.argv.indexOf('--node');
const majors = asked === -1 ? [20, 22, 24, 26] : (process.argv[asked + 1] ?? '').split(',').map(Number);
for (const major of majors) {
  const { path, problems } = await nodeBinaryOfMajor(major);
  if (path === undefined) {
    for (const problem of problems) console.error(problem);
    process.exitCode = 1;
    continue;
  }
  const measured = await measureMajor(path);
  for (const problem of measured.problems) console.error(problem);
  if (measured.problems.length > 0) process.exitCode = 1;
  else writeFileSync(join(folder, `node${String(major)}.measured.ts`), moduleText(measured.version, measured.figures));
}

type Figures = ReadonlyMap<string, readonly OperationCost[]>;

async function measureMajor(nodePath: string): Promise<{ readonly version: string; readonly figures: Figures; readonly problems: readonly string[] }> {
  const figures = new Map<string, OperationCost[]>();
  const problems: string[] = [];
  let version = '';
  for (let round = 0; round < repetitions; round += 1) {
    const measured = await measureCases(operationsFile, undefined, { nodePath, ...effort, onCase: ({ case: name }, position, total) => { console.error(`${String(round + 1)}/${String(repetitions)} ${String(position + 1)}/${String(total)} ${name}`); } });
    problems.push(...measured.problems);
    for (const { case: name, node, before, after } of measured.measurements) {
      version = node;
      const [left, right] = name.split('/') as [string, string];
      for (const [one, figure] of [[left, before], [right, after]] as const) figures.set(one, [...(figures.get(one) ?? []), figure]);
    }
  }
  return { version, figures, problems };
}

function moduleText(version: string, figures: Figures): string {
  const lines = [...figures].map(([name, costs]) => {
    const range = (pick: (cost: OperationCost) => number): string => {
      const found = costs.map((cost) => Math.max(0, Math.round(pick(cost))));
      const [low, high] = [Math.min(...found), Math.max(...found)];
      return low === high ? String(low) : `[${String(low)}, ${String(high)}]`;
    };
    const ns = Math.min(...costs.map((cost) => cost.ns));
    return `  ${name}: { objects: ${range((cost) => cost.objects)}, heapBytes: ${range((cost) => cost.heapBytes)}, externalBytes: ${range((cost) => cost.externalBytes)}, ns: ${String(ns)} },`;
  });
  return `/** Measured on Node ${version.replace(/^v/, '')} by \`pnpm profile:runtimes\`; not edited by hand. Amounts per operation, \`[least, largest]\` over ${String(repetitions)} processes where they differ; ns is the fastest, with about 3 ns of the loop. */
import type { MeasuredOperations } from '../measured-operation.js';

export const measured: MeasuredOperations = {
${lines.join('\n')}
};

export const measuredOn = '${version.replace(/^v/, '')}';
`;
}
