// The built plugin in a folder with nothing but its own dependencies: no eslint, no typescript, no parser, as under oxlint or TypeScript 7.
// Needs `tsc -b`, which `npm test` runs before.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'scrimp-built-plugin-')));
const repository = join(import.meta.dirname, '../../..');

beforeAll(() => {
  const requireHere = createRequire(import.meta.url);
  const packages: readonly (readonly [string, string, readonly string[]])[] = [
    ['eslint-plugin-scrimp', join(repository, 'packages/eslint-plugin'), ['package.json', 'dist']],
    ['@scrimp/analysis', join(repository, 'packages/analysis'), ['package.json', 'dist']],
    ['@scrimp/rules', join(repository, 'rules'), ['package.json', 'dist', 'no-slice-into-sync-sink/README.md']],
    ['@typescript-eslint/utils', dirname(requireHere.resolve('@typescript-eslint/utils/package.json')), ['package.json', 'dist']],
    ['typescript-classic', dirname(requireHere.resolve('typescript-classic/package.json')), ['package.json', 'lib']],
  ];
  for (const [name, source, parts] of packages) {
    // Copies, not links: a linked package would find the workspace's eslint and typescript beside its real place.
    for (const part of parts) cpSync(join(source, part), join(folder, 'node_modules', name, part), { recursive: true });
  }
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(name: string, text: string): unknown {
  writeFileSync(join(folder, name), text);
  return JSON.parse(execFileSync(process.execPath, [join(folder, name)], { cwd: folder, encoding: 'utf8' }));
}

// A context as oxlint makes it: no parser services, one object for the source code of every file.
const lintLikeOxlint = `
const text = { value: '' };
const sourceCode = { get text() { return text.value; }, parserServices: {}, getLocFromIndex: (index) => ({ line: 1, column: index }) };
const lint = (plugin, filename, code) => {
  text.value = code;
  const reports = [];
  for (const [id, rule] of Object.entries(plugin.rules)) {
    const context = { id, options: [], settings: {}, filename, languageOptions: {}, sourceCode, report: (report) => reports.push([id, code.slice(report.loc.start.column, report.loc.end.column)]) };
    rule.create(context).Program({ type: 'Program' });
  }
  return reports;
};
const code = (argument) => "import { createHash } from 'node:crypto';\\nexport function sum() { const block = new Uint8Array(1024); block[0] = 1; return createHash('sha1').update('v').update(" + argument + ").digest(); }";
`;

describe('the built plugin', () => {
  it('loads and reports where neither eslint nor typescript can be resolved', () => {
    const seen = run('lint.js', `
      import { createRequire } from 'node:module';
      import plugin from 'eslint-plugin-scrimp';
      ${lintLikeOxlint}
      const first = lint(plugin, '/a.js', code('block.slice(0, 256)'));
      const second = lint(plugin, '/b.js', code('block.subarray(0, 256)'));
      const loaded = Object.keys(createRequire(import.meta.url).cache);
      console.log(JSON.stringify({ first, second, elsewhere: loaded.filter((path) => !path.startsWith(import.meta.dirname)) }));
    `);
    expect(seen).toEqual({ first: [['no-slice-into-sync-sink', 'block.slice(0, 256)']], second: [], elsewhere: [] });
  });

  it('loads no TypeScript before a file is linted', () => {
    const loaded = run('load.js', `
      import { createRequire } from 'node:module';
      import 'eslint-plugin-scrimp';
      console.log(JSON.stringify(Object.keys(createRequire(import.meta.url).cache).filter((path) => path.endsWith('typescript.js'))));
    `);
    expect(loaded).toEqual([]);
  });

  it('serves CommonJS configs', () => {
    const presets = run('config.cjs', `
      const plugin = require('eslint-plugin-scrimp');
      console.log(JSON.stringify(Object.keys((plugin.default ?? plugin).configs)));
    `);
    expect(presets).toEqual(['recommended', 'recommendedTypeChecked', 'hot', 'crypto', 'strict', 'all']);
  });

  it('links a rule to the page that is installed with it, and to nothing where there is none', () => {
    const urls = run('links.js', `
      import plugin from 'eslint-plugin-scrimp';
      console.log(JSON.stringify(['no-slice-into-sync-sink', 'no-byte-spread'].map((id) => plugin.rules[id].meta.docs.url ?? null)));
    `);
    expect(urls).toEqual([pathToFileURL(join(folder, 'node_modules/@scrimp/rules/no-slice-into-sync-sink/README.md')).href, null]);
  });

  it('has the version of its package', () => {
    const version = run('version.js', "import plugin from 'eslint-plugin-scrimp';\nconsole.log(JSON.stringify(plugin.meta.version));\n");
    expect(version).toBe((JSON.parse(readFileSync(join(repository, 'packages/eslint-plugin/package.json'), 'utf8')) as { readonly version: string }).version);
  });
});
