/** Every function of the corpus in `packages/testkit/fixtures/interpreter/` gives the same in Node and in the interpreter; nothing of the corpus may be opaque. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { InterpreterFault } from './fault.js';
import { observeCall } from './observation.js';
import type { ProgramSource } from './program-source.js';
import { lowerProgram, runInNode, runInterpreted } from './program-source.js';

const folder = fileURLToPath(new URL('../../fixtures/interpreter/', import.meta.url));
const programs: ProgramSource[] = readdirSync(folder).sort().map((fileName) => ({ fileName, text: readFileSync(folder + fileName, 'utf8') }));

let functionCount = 0;

for (const program of programs) {
  describe(program.fileName, async () => {
    const names = functionNames(program);
    functionCount += names.length;
    const native = await runInNode(program);
    const faults: InterpreterFault[] = [];
    const interpreted = await runInterpreted(program, faults).catch((error: unknown) => error as Error);

    test('the top level runs and exports the same names', () => {
      expect(interpreted).not.toBeInstanceOf(Error);
      expect(Object.keys(interpreted).sort()).toEqual(Object.keys(native).sort());
    });

    test('no form is opaque', () => {
      expect(lowerProgram(program).statistics).toMatchObject({ opaque: 0, reasons: {} });
    });

    for (const name of names) {
      test(name, async () => {
        if (interpreted instanceof Error) throw interpreted;
        faults.length = 0;
        const nativeCases = argumentLists(native, name);
        const interpretedCases = argumentLists(interpreted, name);
        expect(interpretedCases.length).toBe(nativeCases.length);
        for (const [index, given] of nativeCases.entries()) {
          const expected = await observeCall(() => callExport(native, name, given));
          const actual = await observeCall(() => callExport(interpreted, name, interpretedCases[index] ?? []));
          expect(faults).toEqual([]);
          expect(actual).toEqual(expected);
        }
      });
    }
  });
}

test('the corpus is large enough to mean something', () => {
  expect(functionCount).toBeGreaterThanOrEqual(200);
});

/** Names of exported functions, from the text: a program that does not run must not lose its tests. */
function functionNames(program: ProgramSource): string[] {
  return [...program.text.matchAll(/^(?:export (?:default )?(?:async )?function|exports\.(?=\w+ = (?:async )?function))\s*(\w+)/gmu)].map((match) => match[0].includes('default') ? 'default' : match[1] ?? '');
}

function argumentLists(exported: Record<string, unknown>, name: string): readonly (readonly unknown[])[] {
  const cases = exported['cases'] as Record<string, readonly (readonly unknown[])[]> | undefined;
  return cases?.[name] ?? [[]];
}

function callExport(exported: Record<string, unknown>, name: string, given: readonly unknown[]): unknown {
  return Reflect.apply(exported[name] as (...values: unknown[]) => unknown, undefined, given);
}
