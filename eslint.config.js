// Owns how the workspace's own code is linted: ESLint's and typescript-eslint's strict sets with types, and the house rules.
// Deliberately bad code (what rules report, what codemods change, whole fixture programs) is not linted.
import { existsSync } from 'node:fs';
import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const sourceFiles = ['packages/*/src/**/*.ts', 'rules/**/*.ts', 'codemods/**/*.ts'];
const maxLinesOfSourceFile = 500;

// Our own plugin checks our own code, as soon as it is built; `npm test` and `pnpm check` build first.
const ownPlugin = new URL('./packages/eslint-plugin/dist/index.js', import.meta.url);
const ownConfigs = existsSync(ownPlugin) ? [(await import(ownPlugin.href)).default.configs.recommendedTypeChecked] : [];

export default defineConfig(
  globalIgnores([
    '**/dist/',
    '**/node_modules/',
    '**/coverage/',
    '.scrimp/',
    'fixtures/',
    'rules/*/{reported,ok,breaks,bench}.{ts,js}',
    'codemods/*/{input,output,refuses}.ts',
    'packages/testkit/fixtures/',
    'packages/analysis/src/lower/golden/',
  ]),
  js.configs.recommended,
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: ['tsconfig.check.json'], tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': true, 'ts-ignore': true, 'ts-nocheck': true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports', disallowTypeAnnotations: false }],
      // `import { type A }` still loads the module at run time under verbatimModuleSyntax.
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // A leading underscore says that a signature or a pattern needs the name and the body does not.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' }],
      // Numbers and booleans print as one expects; objects in templates stay forbidden.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // Under noUncheckedIndexedAccess an element read inside its bounds needs `!`; everything else is caught by review.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: 'always' }],
      // `return visit(node)` in a dispatcher is the shortest way to say that the case is done.
      '@typescript-eslint/no-confusing-void-expression': 'off',
    },
  },
  ...(ownConfigs.length === 0 ? [] : [{ files: sourceFiles, ignores: ['**/*.test.ts'], extends: ownConfigs }]),
  {
    files: sourceFiles,
    ignores: ['**/*.test.ts', '**/*.model.ts', 'packages/testkit/src/**/fixtures/**'],
    rules: { 'max-lines': ['error', { max: maxLinesOfSourceFile, skipBlankLines: false, skipComments: false }] },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: { globals: { process: 'readonly', performance: 'readonly', console: 'readonly', URL: 'readonly', Buffer: 'readonly' } },
  },
);
