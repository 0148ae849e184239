// Owns the import table of the architecture as data, and the check that no module imports what its row does not list.
// A row speaks of zones: named sets of paths. What no row lists is forbidden, including every package of the registry and every Node module.
import { findImportStatements } from './import-statements.js';
import type { ImportStatement } from './import-statements.js';
import { resolveImport } from './module-resolution.js';
import type { ImportTarget, OwnEntryPoints } from './module-resolution.js';
import { isTestModule } from './source-module.js';
import type { SourceModule, StructuralViolation } from './source-module.js';

/** A row of the table. */
export interface ImportTableRow {
  /** Name of the zone, as other rows call it. */
  readonly zone: string;
  /** Which modules are in it; the first row that matches wins. A capturing group names the unit (one rule, one codemod) that a module belongs to; units may not import each other. */
  readonly paths: RegExp;
  /** Zones it may import; its own unit is always allowed. `type X` allows `import type` only. */
  readonly zones: readonly string[];
  /** Packages of the registry, or Node modules as `node:x`; `node:*` is any Node module, `type x` allows `import type` only, `*` is anything. */
  readonly outside: readonly string[];
}

const analysisRow = (folder: string, zones: readonly string[], outside: readonly string[] = []): ImportTableRow =>
  ({ zone: folder, paths: new RegExp(`^packages/analysis/src/${folder}/`), zones, outside });

/** Node modules that compute and touch neither files, network nor processes. */
const pureNodeModules = ['node:module', 'node:path', 'node:url', 'node:util', 'node:crypto'];

/** The table. The order matters only where paths overlap. */
export const importTable: readonly ImportTableRow[] = [
  analysisRow('ir', []),
  analysisRow('lower', ['ir'], ['type typescript']),
  analysisRow('model', ['ir']),
  analysisRow('flow', ['ir', 'model']),
  analysisRow('link', ['ir', 'model', 'flow']),
  analysisRow('cost', ['ir', 'model', 'flow', 'link']),
  analysisRow('detect', ['ir', 'model', 'flow', 'link', 'cost']),
  {
    zone: 'analysis session',
    paths: /^packages\/analysis\/src\/(?:session|pipeline)\.ts$/,
    zones: ['ir', 'lower', 'model', 'flow', 'link', 'cost', 'detect'],
    outside: ['type typescript'],
  },
  {
    zone: 'analysis',
    paths: /^packages\/analysis\/src\/index\.ts$/,
    zones: ['ir', 'lower', 'model', 'flow', 'link', 'cost', 'detect', 'analysis session'],
    outside: [],
  },
  { zone: 'rules', paths: /^rules\/index\.ts$/, zones: ['rule', 'detect'], outside: [] },
  { zone: 'test of rules', paths: /^(?:rules|codemods)\/.*\.test\.ts$/, zones: ['*'], outside: ['*'] },
  { zone: 'rule', paths: /^rules\/([^/]+)\/rule\.ts$/, zones: ['detect'], outside: [] },
  // Runs the rule's fixture, which is no source of ours, with whatever library the fixture is about.
  { zone: 'rule run', paths: /^rules\/([^/]+)\/run\.ts$/, zones: ['*'], outside: ['*'] },
  { zone: 'rule bench', paths: /^rules\/([^/]+)\/bench\.ts$/, zones: ['bench'], outside: ['*'] },
  { zone: 'report', paths: /^packages\/report\/src\//, zones: ['type detect'], outside: ['picocolors', 'get-east-asian-width', 'type sarif'] },
  { zone: 'rewrite', paths: /^packages\/rewrite\/src\//, zones: ['type detect'], outside: ['jscodeshift', 'diff'] },
  { zone: 'codemods', paths: /^codemods\/index\.ts$/, zones: ['codemod entry', 'codemod', 'rewrite'], outside: [] },
  { zone: 'codemods standalone', paths: /^codemods\/standalone\.ts$/, zones: ['rewrite', 'analysis'], outside: [] },
  { zone: 'codemod entry', paths: /^codemods\/([^/]+)\/transform\.ts$/, zones: ['codemod', 'rewrite', 'analysis'], outside: ['type jscodeshift'] },
  { zone: 'codemod', paths: /^codemods\/([^/]+)\/[^/]+\.ts$/, zones: ['rewrite'], outside: ['type jscodeshift'] },
  {
    zone: 'eslint-plugin',
    paths: /^packages\/eslint-plugin\/src\//,
    zones: ['analysis', 'detect', 'rules'],
    outside: ['@typescript-eslint/utils', '@typescript-eslint/parser', 'type eslint', 'type typescript', 'typescript-classic', ...pureNodeModules],
  },
  {
    zone: 'cli',
    paths: /^packages\/cli\/(?:src|bin)\//,
    zones: ['analysis', 'detect', 'rules', 'report', 'rewrite', 'codemods', 'bench'],
    outside: ['ts-morph', 'typescript', 'type typescript-7', 'picocolors', 'node:*'],
  },
  { zone: 'pool', paths: /^packages\/pool\/src\//, zones: [], outside: pureNodeModules },
  // Measuring starts Node processes, times them and reads the profiles that they write.
  { zone: 'bench', paths: /^packages\/bench\/src\//, zones: [], outside: ['node:*'] },
  { zone: 'reference before', paths: /^reference-impl\/before\//, zones: [], outside: ['node:*', '@noble/ciphers', '@noble/hashes', '@noble/curves'] },
  { zone: 'reference after', paths: /^reference-impl\/after\//, zones: ['pool'], outside: ['node:*', '@noble/ciphers', '@noble/hashes', '@noble/curves'] },
  { zone: 'reference proof', paths: /^reference-impl\/(?:conformance|vectors|bench)\//, zones: ['reference before', 'reference after', 'bench'], outside: ['*'] },
  { zone: 'testkit bootstrap', paths: /^packages\/testkit\/bootstrap\//, zones: [], outside: ['node:*'] },
  { zone: 'testkit', paths: /^packages\/testkit\/|^fixtures\/programs\//, zones: ['*'], outside: ['*'] },
];

/** Every import that the table does not allow, and every module that no row covers. */
export function checkImportTable(modules: readonly SourceModule[], entryPoints: OwnEntryPoints): StructuralViolation[] {
  return modules.flatMap((module) => {
    const row = rowOf(module.path);
    if (row === undefined && !isTestModule(module.path)) {
      return [{ path: module.path, line: 1, message: 'no row of the import table covers this module; put it into a folder that one covers' }];
    }
    return findImportStatements(module).flatMap((statement) => {
      const target = resolveImport(module.path, statement.specifier, entryPoints);
      if (isAllowed(module.path, row, statement, target)) return [];
      const kind = statement.kind === 'type' ? 'import type' : 'import';
      const message = `forbidden ${kind} of ${statement.specifier}, because ${row?.zone ?? 'a test'} may import ${describeRow(row)}`;
      return [{ path: module.path, line: statement.line, message }];
    });
  });
}

function rowOf(path: string): ImportTableRow | undefined {
  return importTable.find((row) => row.paths.test(path));
}

function isAllowed(importer: string, row: ImportTableRow | undefined, statement: ImportStatement, target: ImportTarget): boolean {
  if (isTestModule(importer) && isAllowedInTest(importer, target)) return true;
  if (row === undefined) return false;
  if (target.kind === 'own') return isOwnImportAllowed(importer, row, statement, target.path);
  if (row.outside.includes('*')) return true;
  if (target.kind === 'node' && row.outside.includes('node:*')) return true;
  return permits(row.outside, target.name, statement.kind);
}

function isOwnImportAllowed(importer: string, row: ImportTableRow, statement: ImportStatement, targetPath: string): boolean {
  const targetRow = rowOf(targetPath);
  if (row.zones.includes('*')) return true;
  if (targetRow === undefined) return false;
  const unit = row.paths.exec(importer)?.[1];
  const targetUnit = targetRow.paths.exec(targetPath)?.[1];
  if (unit !== undefined && targetUnit !== undefined && unit !== targetUnit) return false;
  return targetRow === row || permits(row.zones, targetRow.zone, statement.kind);
}

function permits(permissions: readonly string[], name: string, kind: 'type' | 'value'): boolean {
  return permissions.includes(name) || (kind === 'type' && permissions.includes(`type ${name}`));
}

/**
 * A test may import any module of its own package, the test kit, and everything from outside of the workspace
 * (that its package.json lists what it imports is checked with the dead code).
 */
function isAllowedInTest(importer: string, target: ImportTarget): boolean {
  if (target.kind !== 'own') return true;
  return packageFolderOf(target.path) === packageFolderOf(importer) || target.path.startsWith('packages/testkit/');
}

function packageFolderOf(path: string): string {
  return path.split('/').slice(0, path.startsWith('packages/') ? 2 : 1).join('/');
}

function describeRow(row: ImportTableRow | undefined): string {
  const allowed = row === undefined ? ['its own package', 'testkit'] : [...row.zones, ...row.outside];
  return allowed.length === 0 ? 'nothing' : `only ${allowed.join(', ')}`;
}
