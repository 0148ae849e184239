import { defineConfig } from 'vitest/config';

// Workspace packages resolve to their sources, so tests need no build.
const conditions = ['scrimp-source'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ['packages/**/*.test.ts', 'rules/**/*.test.ts', 'codemods/**/*.test.ts', 'fixtures/programs/**/*.test.ts', 'reference-impl/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    pool: 'forks',
    testTimeout: 60_000,
  },
});
