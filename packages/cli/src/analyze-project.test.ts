/** The analyzer API: findings of a ts-morph Project, bound to its nodes. */
import { Project } from 'ts-morph';
import { expect, test } from 'vitest';
import { analyzeProject } from './analyze-project.js';
import { createFakeEngine } from './fake-engine.test-support.js';

test('findings carry the node of their site', () => {
  const project = new Project({ useInMemoryFileSystem: true });
  project.createSourceFile('/src/a.ts', 'export const f = (u: Uint8Array) => u.slice(0, 4);\n');
  project.createSourceFile('/src/broken.ts', 'const = ;\n');
  const analysis = analyzeProject(project, { engine: createFakeEngine(), target: 'node20' });
  expect(analysis.skipped).toEqual([{ file: '/src/broken.ts', reason: 'syntax error at 1:7: Variable declaration expected' }]);
  expect(analysis.findings).toHaveLength(1);
  const [finding] = analysis.findings;
  expect(finding?.sourceFile.getFilePath()).toBe('/src/a.ts');
  expect(finding?.node()?.getText()).toBe('slice');
  expect(finding?.node()?.getParentOrThrow().getText()).toBe('u.slice');
});
