/**
 * Random programs give the same log in Node and in the interpreter.
 * The seed is fixed so that the fast tier tests the same programs each time; SCRIMP_FUZZ_SEED and SCRIMP_FUZZ_RUNS explore further.
 */
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { InterpreterFault } from './fault.js';
import type { Outcome } from './observation.js';
import { observeCall } from './observation.js';
import type { ProgramSource } from './program-source.js';
import { lowerProgram, runInNode, runInterpreted } from './program-source.js';
import { randomPrograms, renderProgram } from './random-program.js';

const seed = Number(process.env['SCRIMP_FUZZ_SEED'] ?? 20_260_101);
const numRuns = Number(process.env['SCRIMP_FUZZ_RUNS'] ?? 300);
const timeLimit = numRuns > 300 ? 600_000 : 10_000;

interface Comparison {
  readonly native: Outcome;
  readonly interpreted: Outcome;
  readonly faults: readonly InterpreterFault[];
}

test('the interpreter agrees with Node on random programs', { timeout: timeLimit + 20_000 }, async () => {
  const property = fc.asyncProperty(randomPrograms.map((program): ProgramSource => ({ fileName: 'random.js', text: renderProgram(program) })), async (program) => {
    const comparison = await compare(program);
    expect(comparison.faults).toEqual([]);
    expect(lowerProgram(program).statistics.reasons).toEqual({});
    expect(comparison.interpreted).toEqual(comparison.native);
  });
  await fc.assert(property, { seed, numRuns, interruptAfterTimeLimit: timeLimit, markInterruptAsFailure: false });
});

test('most random programs run to a log of some length', async () => {
  const lengths: number[] = [];
  for (const program of fc.sample(randomPrograms, { seed, numRuns: 100 })) {
    const exported = await runInNode({ fileName: 'random.js', text: renderProgram(program) });
    const log = await (exported['main'] as () => Promise<unknown[]>)();
    lengths.push(log.length);
  }
  expect(lengths.filter((length) => length >= 5).length).toBeGreaterThan(60);
});

async function compare(program: ProgramSource): Promise<Comparison> {
  const faults: InterpreterFault[] = [];
  // Random programs do turn functions into text; the source text of a closure is not among what the IR promises.
  const sourceText = vi.spyOn(Function.prototype, 'toString').mockReturnValue('function');
  try {
    const native = await observeCall(() => runMain(runInNode(program)));
    const interpreted = await observeCall(() => runMain(runInterpreted(program, faults)));
    return { native, interpreted, faults };
  } finally {
    sourceText.mockRestore();
  }
}

async function runMain(exported: Promise<Record<string, unknown>>): Promise<unknown> {
  const { main } = await exported;
  return (main as () => unknown)();
}
