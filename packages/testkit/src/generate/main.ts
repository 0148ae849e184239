// Owns `pnpm generate`: writes the indexes of rules and codemods from their folders the headers of the rules' pages and the README's table of rules, or with `--check` says which are stale.
// Exit 0: all are fresh or were written; 1: `--check` found a stale one, or a header cannot be made; 2: usage is wrong.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readRulePages } from './rule-pages.js';
import { withRuleTable } from './rule-table.js';
import { renderUnitIndex, unitFolders } from './unit-index.js';
import type { UnitFolder } from './unit-index.js';

// Sources and emitted files are equally deep below the root.
const workspaceRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', '..');

process.exitCode = await runGenerate(process.argv.slice(2));

async function runGenerate(argv: readonly string[]): Promise<number> {
  const unknown = argv.find((argument) => argument !== '--check');
  if (unknown !== undefined) {
    process.stderr.write(`generate: unknown argument ${unknown}; the only option is --check\n`);
    return 2;
  }
  const stale = unitFolders.filter((unitFolder) => readIndex(unitFolder) !== renderUnitIndex(unitFolder, unitIds(unitFolder)));
  const { pages: rulePages, problems, metas } = await readRulePages(workspaceRoot, unitFolders.filter(({ folder }) => folder === 'rules').flatMap(unitIds));
  const readme = readFileSync(join(workspaceRoot, 'README.md'), 'utf8').replaceAll('\r\n', '\n');
  // Rules that are not built are told as problems; then the table cannot be made either.
  const readmeText = problems.length === 0 ? withRuleTable(readme, metas) : readme;
  const pages = [...rulePages, { path: 'README.md', isFresh: readmeText === readme, text: readmeText ?? readme }];
  const stalePages = pages.filter((page) => !page.isFresh);
  for (const problem of problems) process.stderr.write(`generate: ${problem}\n`);
  const problemCode = problems.length === 0 ? 0 : 1;
  if (argv.includes('--check')) {
    const stalePaths = [...stale.map(({ folder }) => `${folder}/index.ts`), ...stalePages.map(({ path }) => path)];
    for (const path of stalePaths) process.stderr.write(`generate: ${path} is stale; run \`pnpm generate\`\n`);
    return stalePaths.length === 0 ? problemCode : 1;
  }
  for (const unitFolder of stale) {
    writeFileSync(indexPath(unitFolder), renderUnitIndex(unitFolder, unitIds(unitFolder)));
    process.stdout.write(`wrote ${unitFolder.folder}/index.ts\n`);
  }
  for (const { path, text } of stalePages) {
    writeFileSync(join(workspaceRoot, path), text);
    process.stdout.write(`wrote ${path}\n`);
  }
  if (stale.length + stalePages.length === 0) process.stdout.write('generated files are fresh\n');
  return problemCode;
}

function unitIds({ folder, unitModule }: UnitFolder): string[] {
  const path = join(workspaceRoot, folder);
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(path, entry.name, unitModule)) && /^[a-z]/.test(entry.name) && entry.name !== 'dist' && entry.name !== 'node_modules')
    .map((entry) => entry.name);
}

function readIndex(unitFolder: UnitFolder): string | null {
  return existsSync(indexPath(unitFolder)) ? readFileSync(indexPath(unitFolder), 'utf8').replaceAll('\r\n', '\n') : null;
}

function indexPath({ folder }: UnitFolder): string {
  return join(workspaceRoot, folder, 'index.ts');
}
