/** `scrimp audit` as its user meets it: what goes where, exit codes, and every kind of bad input. */
import { chmodSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { nodeFileSystem, type FileSystem } from '../project/file-system.js';
import { runCommand } from '../command-run.test-support.js';
import { removeTemporaryFolders, temporaryFolder } from '../temporary-folder.test-support.js';

afterEach(removeTemporaryFolders);

const good = 'export const f = (u: Uint8Array) => u.slice(0, 4);\n';
const packageJson = '{ "name": "x" }\n';

interface Report {
  findings: { file: string; line: number; rule: string }[];
  skipped: { file: string; reason: string }[];
  tool: { target: string };
}

async function audited(cwd: string, argv: readonly string[], over: Parameters<typeof runCommand>[2] = {}): Promise<{ code: number; stderr: string; report: Report; analyzed: readonly string[] }> {
  const { code, stdout, stderr, engine } = await runCommand(cwd, ['audit', ...argv, '--json'], over);
  return { code, stderr, report: JSON.parse(stdout) as Report, analyzed: engine.seen.files.map((file) => relative(cwd, file)) };
}

/** A file system that refuses one path, as a disk or another user's folder would. Tests may run as root, which no permission stops. */
function refusing(path: string, code: string): FileSystem {
  const refuse = (asked: string): void => {
    if (asked === path) throw Object.assign(new Error(`${code}: refused, ${asked}`), { code });
  };
  return {
    ...nodeFileSystem,
    entries: (folder) => { refuse(folder); return nodeFileSystem.entries(folder); },
    read: (file) => { refuse(file); return nodeFileSystem.read(file); },
    write: (file, text) => { refuse(file); nodeFileSystem.write(file, text); },
  };
}

describe('what goes where', () => {
  test('text on stdout, nothing on stderr, exit 0 with findings', async () => {
    const cwd = temporaryFolder({ 'package.json': packageJson, 'src/a.ts': good });
    const { code, stdout, stderr } = await runCommand(cwd, ['audit']);
    expect(code).toBe(0);
    expect(stdout).toContain('1. high  no-slice-into-sync-sink\nsrc/a.ts:1:39 in f');
    expect(stderr).toBe('');
  });

  test('JSON on stdout parses while progress runs on a terminal', async () => {
    const cwd = temporaryFolder({ 'package.json': packageJson, 'a.ts': good });
    const { code, stdout, stderr } = await runCommand(cwd, ['audit', '--json'], { isTTY: true });
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as Report).findings).toHaveLength(1);
    expect(stderr).toContain('reading files 1/1');
    expect(stderr.endsWith('\r\u001b[K')).toBe(true);
  });

  test.each([['CI', { CI: 'true' }], ['TERM=dumb', { TERM: 'dumb' }]])('no progress with %s', async (_name, env) => {
    const cwd = temporaryFolder({ 'package.json': packageJson, 'a.ts': good });
    expect((await runCommand(cwd, ['audit'], { isTTY: true, env })).stderr).toBe('');
  });

  test('no progress when it is not wanted', async () => {
    const cwd = temporaryFolder({ 'package.json': packageJson, 'a.ts': good });
    expect((await runCommand(cwd, ['audit', '--no-progress'], { isTTY: true })).stderr).toBe('');
  });

  test('color on a terminal, never with NO_COLOR, always with FORCE_COLOR', async () => {
    const cwd = temporaryFolder({ 'package.json': packageJson, 'a.ts': good });
    const isColored = async (over: Parameters<typeof runCommand>[2]): Promise<boolean> => (await runCommand(cwd, ['audit', '--no-progress'], over)).stdout.includes('\u001b[');
    expect(await isColored({ isTTY: true })).toBe(true);
    expect(await isColored({ isTTY: false })).toBe(false);
    expect(await isColored({ isTTY: true, env: { NO_COLOR: '1' } })).toBe(false);
    expect(await isColored({ isTTY: true, env: { NO_COLOR: '' } })).toBe(true);
    expect(await isColored({ isTTY: true, env: { TERM: 'dumb' } })).toBe(false);
    expect(await isColored({ isTTY: false, env: { FORCE_COLOR: '1' } })).toBe(true);
    expect(await isColored({ isTTY: false, env: { FORCE_COLOR: '1', NO_COLOR: '1' } })).toBe(false);
  });

  test('several formats, one to stdout and others to files', async () => {
    const cwd = temporaryFolder({ 'package.json': packageJson, 'a.ts': good });
    const { code, stdout } = await runCommand(cwd, ['audit', '-f', 'text', '-f', 'json=out.json', '--format', 'sarif=out.sarif', '--format=markdown=out.md']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^scrimp /);
    expect((JSON.parse(readFileSync(join(cwd, 'out.json'), 'utf8')) as Report).findings).toHaveLength(1);
    expect(JSON.parse(readFileSync(join(cwd, 'out.sarif'), 'utf8'))).toMatchObject({ version: '2.1.0' });
    expect(readFileSync(join(cwd, 'out.md'), 'utf8')).toContain('## scrimp audit');
  });

  test('--quiet prints one line per finding', async () => {
    const cwd = temporaryFolder({ 'package.json': packageJson, 'a.ts': good });
    expect((await runCommand(cwd, ['audit', '--quiet'])).stdout).toBe('a.ts:1:39 high no-slice-into-sync-sink `slice` copies what is only read\n');
  });
});

describe('exit codes', () => {
  test.each([['never', 0], ['low', 1], ['high', 1], ['critical', 0]])('--fail-on %s with a high finding: %i', async (gate, expected) => {
    const cwd = temporaryFolder({ 'package.json': packageJson, 'a.ts': good });
    expect((await runCommand(cwd, ['audit', '--fail-on', gate])).code).toBe(expected);
  });

  test('a named path that cannot be read wins over findings, and the report is written all the same', async () => {
    const cwd = temporaryFolder({ 'package.json': packageJson, 'a.ts': good });
    const { code, stderr, report } = await audited(cwd, ['a.ts', 'missing.ts', '--fail-on', 'low']);
    expect(code).toBe(2);
    expect(stderr).toBe('scrimp: missing.ts: no such file or folder\n');
    expect(report.findings).toHaveLength(1);
    expect(report.skipped).toEqual([{ file: 'missing.ts', reason: 'no such file or folder' }]);
  });

  test('--strict makes a broken found file exit 2', async () => {
    const cwd = temporaryFolder({ 'package.json': packageJson, 'a.ts': good, 'b.ts': 'const = ;\n' });
    expect((await runCommand(cwd, ['audit'])).code).toBe(0);
    expect((await runCommand(cwd, ['audit', '--strict'])).code).toBe(2);
  });
});

describe('wrong usage is one sentence and exit 2', () => {
  test.each([
    [['audit', '--formt', 'json'], 'scrimp: unknown option --formt (did you mean --format?); `scrimp audit --help` lists the options\n'],
    [['audit', '--format', 'jsn'], 'scrimp: unknown format jsn (did you mean json?); choose from text, json, markdown, sarif\n'],
    [['audit', '--format'], 'scrimp: option --format needs a value: --format <format[=file]>\n'],
    [['audit', '--format', '--quiet'], 'scrimp: option --format needs a value: --format <format[=file]>\n'],
    [['audit', '--quiet=1'], 'scrimp: option --quiet takes no value, but got `1`\n'],
    [['audit', '--rule', 'no-slice-into-sink'], 'scrimp: unknown rule no-slice-into-sink (did you mean no-slice-into-sync-sink?); `scrimp explain` lists the rules\n'],
    [['audit', '--fail-on', 'hihg'], 'scrimp: `hihg` is not a value of --fail-on (did you mean high?); choose from never, low, medium, high, critical\n'],
    [['audit', '--target', 'node21'], 'scrimp: `node21` is not a value of --target (did you mean node20?); choose from node20, node22, node24, node26\n'],
    [['audit', '-f', 'text', '-f', 'json'], 'scrimp: only one format can go to stdout; give the others a file: --format json=report.json\n'],
    [['adit'], 'scrimp: unknown command adit (did you mean audit?); `scrimp --help` lists the commands\n'],
    [['--hlep'], 'scrimp: unknown option --hlep (did you mean --help?); `scrimp --help` lists the commands\n'],
  ])('%j', async (argv, expected) => {
    const { code, stdout, stderr } = await runCommand(temporaryFolder({ 'a.ts': good }), argv);
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: expected });
  });

  test('an output file in a missing folder is refused before any work', async () => {
    const cwd = temporaryFolder({ 'a.ts': good });
    const { code, stderr, engine } = await runCommand(cwd, ['audit', '--format', 'json=none/out.json']);
    expect(code).toBe(2);
    expect(stderr).toBe(`scrimp: cannot write ${join(cwd, 'none/out.json')}: the folder ${join(cwd, 'none')} cannot be used: no such file or folder\n`);
    expect(engine.seen.options).toBeNull();
  });

  test('an output file that cannot be written', async () => {
    const cwd = temporaryFolder({ 'package.json': packageJson, 'a.ts': good });
    const { code, stderr } = await runCommand(cwd, ['audit', '--format', 'json=out.json'], { fileSystem: refusing(join(cwd, 'out.json'), 'ENOSPC') });
    expect({ code, stderr }).toEqual({ code: 2, stderr: `scrimp: cannot write ${join(cwd, 'out.json')}: no space left on the disk\n` });
  });
});

describe('bad input never hides the findings of other files', () => {
  test('a syntax error in a found file', async () => {
    const cwd = temporaryFolder({ 'package.json': packageJson, 'a.ts': good, 'b.ts': 'const x = 1;\nfunction (\n' });
    const { code, report, stderr } = await audited(cwd, []);
    expect(code).toBe(0);
    expect(stderr).toBe('');
    expect(report.findings.map((finding) => finding.file)).toEqual(['a.ts']);
    expect(report.skipped).toEqual([{ file: 'b.ts', reason: 'syntax error at 2:10: Identifier expected' }]);
  });

  test('a syntax error in a named file', async () => {
    const cwd = temporaryFolder({ 'package.json': packageJson, 'a.ts': good, 'b.ts': 'function (\n' });
    const { code, report, stderr } = await audited(cwd, ['a.ts', 'b.ts']);
    expect(code).toBe(2);
    expect(stderr).toBe('scrimp: b.ts: syntax error at 1:10: Identifier expected\n');
    expect(report.findings).toHaveLength(1);
    expect(report.skipped).toHaveLength(1);
  });

  test('a missing tsconfig', async () => {
    const cwd = temporaryFolder({ 'package.json': packageJson, 'a.ts': good });
    const { code, report, stderr } = await audited(cwd, ['a.ts', '-p', 'nowhere/tsconfig.json']);
    expect(code).toBe(2);
    expect(stderr).toBe('scrimp: nowhere/tsconfig.json: no such file or folder\n');
    expect(report.findings).toHaveLength(1);
  });

  test('a malformed tsconfig of a named path', async () => {
    const cwd = temporaryFolder({ 'tsconfig.json': '{ "compilerOptions": { "strict": tru } }', 'a.ts': good });
    const { code, report, stderr } = await audited(cwd, []);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^scrimp: tsconfig\.json: is malformed at 1:\d+: .*\n$/);
    expect(report.findings).toHaveLength(1);
  });

  test('a malformed tsconfig that was found below a named path', async () => {
    const cwd = temporaryFolder({ 'package.json': packageJson, 'a.ts': good, 'sub/tsconfig.json': '{ "files": [', 'sub/b.ts': good });
    const { code, report } = await audited(cwd, []);
    expect(code).toBe(0);
    expect(report.findings).toHaveLength(2);
    expect(report.skipped).toMatchObject([{ file: 'sub/tsconfig.json' }]);
  });

  test('a tsconfig that extends a package that is not installed, as other dependencies that are missing', async () => {
    const cwd = temporaryFolder({ 'tsconfig.json': '{ "extends": "@tsconfig/node20/tsconfig.json", "include": ["."] }', 'a.ts': good });
    const reason = 'extends @tsconfig/node20/tsconfig.json, which is not installed; the rest of it is used';
    for (const options of [[], ['-p', '.'], ['a.ts']]) {
      expect(await audited(cwd, options)).toMatchObject({ code: 0, stderr: '', analyzed: ['a.ts'], report: { skipped: [{ file: 'tsconfig.json', reason }] } });
    }
  });

  test.each([
    ['a missing file', '"./gone.json"', {}, 'extends ./gone.json, which cannot be read; the rest of it is used'],
    ['a missing file without its ending', '"../gone"', {}, 'extends ../gone, which is not there; the rest of it is used'],
    ['what extends a missing file', '"./base/tsconfig.json"', { 'base/tsconfig.json': '{ "extends": "./gone.json" }' }, 'extends ./base/gone.json, which cannot be read; the rest of it is used'],
    ['a malformed file', '"./base.json"', { 'base.json': '{ "compilerOptions": { "strict": tru } }' }, 'extends ./base.json, which is malformed at 1:34: Compiler option \'strict\' requires a value of type boolean'],
    ['itself', '"./base.json"', { 'base.json': '{ "extends": "./tsconfig.json" }' }, 'extends itself; the rest of it is used'],
  ])('a tsconfig of a named path that extends %s', async (_name, base, files, reason) => {
    const cwd = temporaryFolder({ 'inner/tsconfig.json': `{ "extends": ${base}, "include": ["."] }`, 'inner/a.ts': good, ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`inner/${path}`, text])) });
    for (const options of [['inner'], ['-p', 'inner']]) {
      const { code, report, stderr } = await audited(cwd, options);
      expect(stderr).toBe(`scrimp: inner/tsconfig.json: ${reason}\n`);
      expect(code).toBe(2);
      expect(report.findings).toHaveLength(1);
    }
  });

  test('a tsconfig below a named path that extends a missing file', async () => {
    const cwd = temporaryFolder({ 'package.json': packageJson, 'a.ts': good, 'sub/tsconfig.json': '{ "extends": "../gone.json" }', 'sub/b.ts': good });
    const { code, report } = await audited(cwd, []);
    expect(code).toBe(0);
    expect(report.findings).toHaveLength(2);
    expect(report.skipped).toMatchObject([{ file: 'sub/tsconfig.json' }]);
  });

  test('a generated file of 10 MB: skipped when found, refused when named', async () => {
    const cwd = temporaryFolder({ 'package.json': packageJson, 'a.ts': good, 'huge.js': Buffer.alloc(10_000_000, 'x=1;\n') });
    const found = await audited(cwd, []);
    expect(found.code).toBe(0);
    expect(found.report.skipped).toEqual([{ file: 'huge.js', reason: 'is taken for generated (10.0 MB, more than 1 MB)' }]);
    const named = await audited(cwd, ['a.ts', 'huge.js']);
    expect(named.code).toBe(2);
    expect(named.stderr).toBe('scrimp: huge.js: is too large to analyze (10.0 MB, the limit is 5 MB)\n');
    expect(named.report.findings).toHaveLength(1);
  });

  test('a minified file: skipped when found, analyzed when named', async () => {
    const cwd = temporaryFolder({ 'package.json': packageJson, 'a.ts': good, 'bundle.js': 'u.slice(1);'.repeat(2000), 'lib.min.js': 'u.slice(1);' });
    const found = await audited(cwd, []);
    expect(found.analyzed).toEqual(['a.ts']);
    expect(found.report.skipped.map((skipped) => skipped.file).sort()).toEqual(['bundle.js', 'lib.min.js']);
    expect((await audited(cwd, ['bundle.js', 'lib.min.js'])).analyzed.toSorted()).toEqual(['bundle.js', 'lib.min.js']);
    expect((await audited(cwd, ['.', 'bundle.js'])).analyzed.toSorted()).toEqual(['a.ts', 'bundle.js']);
  });

  test('a binary file', async () => {
    const cwd = temporaryFolder({ 'package.json': packageJson, 'a.ts': good, 'video.ts': Buffer.from([0x47, 0x40, 0x00, 0x10]) });
    expect((await audited(cwd, [])).report.skipped).toEqual([{ file: 'video.ts', reason: 'is a binary file (NUL byte at offset 2)' }]);
    expect(await audited(cwd, ['video.ts'])).toMatchObject({ code: 2, stderr: 'scrimp: video.ts: is a binary file (NUL byte at offset 2)\n' });
  });

  test('a folder that cannot be read', async () => {
    const cwd = temporaryFolder({ 'package.json': packageJson, 'a.ts': good, 'locked/b.ts': good });
    const fileSystem = refusing(join(cwd, 'locked'), 'EACCES');
    const found = await audited(cwd, [], { fileSystem });
    expect(found).toMatchObject({ code: 0, analyzed: ['a.ts'], report: { skipped: [{ file: 'locked', reason: 'cannot read the folder: permission denied' }] } });
    expect(await audited(cwd, ['a.ts', 'locked'], { fileSystem })).toMatchObject({ code: 2, stderr: 'scrimp: locked: permission denied\n', analyzed: ['a.ts'] });
  });

  test('a folder without permission on the real disk', async () => {
    const cwd = temporaryFolder({ 'package.json': packageJson, 'a.ts': good });
    mkdirSync(join(cwd, 'locked'));
    chmodSync(join(cwd, 'locked'), 0o000);
    // Root may read it, and then it is simply empty.
    expect(await audited(cwd, [])).toMatchObject({ code: 0, analyzed: ['a.ts'] });
    chmodSync(join(cwd, 'locked'), 0o700);
  });

  test('a file that cannot be read', async () => {
    const cwd = temporaryFolder({ 'package.json': packageJson, 'a.ts': good, 'b.ts': good });
    const { report } = await audited(cwd, [], { fileSystem: refusing(join(cwd, 'b.ts'), 'EACCES') });
    expect(report.skipped).toEqual([{ file: 'b.ts', reason: 'cannot be read: permission denied' }]);
    expect(report.findings).toHaveLength(1);
  });

  test('symbolic links: a loop, a link upwards, a broken one', async () => {
    const cwd = temporaryFolder({ 'package.json': packageJson, 'src/a.ts': good });
    symlinkSync('..', join(cwd, 'src/up'));
    symlinkSync('two', join(cwd, 'one'));
    symlinkSync('one', join(cwd, 'two'));
    symlinkSync('gone.ts', join(cwd, 'broken.ts'));
    const { code, report, analyzed } = await audited(cwd, []);
    expect(code).toBe(0);
    expect(analyzed).toEqual(['src/a.ts']);
    expect(report.skipped).toEqual([
      { file: 'broken.ts', reason: 'cannot follow the symbolic link: no such file or folder' },
      { file: 'one', reason: 'cannot follow the symbolic link: symbolic links form a loop' },
      { file: 'src/up', reason: 'is a symbolic link to a folder that holds it' },
      { file: 'two', reason: 'cannot follow the symbolic link: symbolic links form a loop' },
    ]);
  });

  test('a folder without sources', async () => {
    const cwd = temporaryFolder({ 'package.json': packageJson, 'docs/readme.md': '' });
    expect(await audited(cwd, ['docs'])).toMatchObject({ code: 2, stderr: 'scrimp: docs: holds no TypeScript or JavaScript file (node_modules, dist and hidden folders are left out unless named)\n' });
  });
});
