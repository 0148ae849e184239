/** `scrimp fix` as its user meets it: what is written and when, exit codes, the way back, and every refusal. */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { runCommand } from '../command-run.test-support.js';
import { loadEngine } from '../engine.js';
import { createFakeEngine } from '../fake-engine.test-support.js';
import { removeTemporaryFolders, temporaryFolder } from '../temporary-folder.test-support.js';
import type { AnalysisEngine } from '../engine.js';
import type { Finding } from '@scrimp/analysis';

afterEach(removeTemporaryFolders);

const packageJson = '{ "name": "x", "type": "module" }\n';
const source = 'export const head = (bytes: Uint8Array): Uint8Array => bytes.slice(0, 4);\n';
const fixed = source.replace('slice', 'subarray');

interface FixResult {
  schema: string;
  run: string | null;
  planned: { finding: string; rule: string }[];
  applied: { finding: string; rule: string }[];
  dropped: { finding: string; stage: string; reason: string }[];
  files: { file: string; written: boolean }[];
}

function resultOf(stdout: string): FixResult {
  return JSON.parse(stdout) as FixResult;
}

/** The fake engine, with its findings changed. */
function engineWith(change: (finding: Finding, index: number) => Finding): () => Promise<AnalysisEngine> {
  const engine = createFakeEngine();
  return () => Promise.resolve({
    ...engine,
    createSession(options) {
      const session = engine.createSession(options);
      return { ...session, analyze: (skipped) => { const result = session.analyze(skipped); return { ...result, findings: result.findings.map(change) }; } };
    },
  });
}

const renamedTo = (name: string, isChanged: (index: number) => boolean = () => true) => engineWith((finding, index) =>
  !isChanged(index) || finding.fix?.edits == null ? finding : { ...finding, fix: { ...finding.fix, edits: finding.fix.edits.map((edit) => ({ ...edit, text: name })) } });

function gitFolder(files: Readonly<Record<string, string>>): string {
  const cwd = temporaryFolder(files);
  git(cwd, 'init', '-q');
  git(cwd, 'add', '-A');
  git(cwd, '-c', 'user.name=t', '-c', 'user.email=t@t', 'commit', '-q', '-m', 'all');
  return cwd;
}

function git(cwd: string, ...args: string[]): string {
  return execFileSync('git', args, { cwd, encoding: 'utf8' });
}

describe('without --write', () => {
  test('lists the rewrites with their savings and the next step, writes nothing, exits 0', async () => {
    const cwd = temporaryFolder({ 'package.json': packageJson, 'src/a.ts': source });
    const { code, stdout, stderr } = await runCommand(cwd, ['fix']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('1 rewrite in 1 file would save, each time they run:');
    expect(stdout).toContain('src/a.ts:1:62  no-slice-into-sync-sink  n + 96 B in 1 object  replace slice by subarray');
    expect(stdout).toContain('nothing was written; `scrimp fix --diff` shows the changes, `scrimp fix --write` makes them');
    expect(readFileSync(join(cwd, 'src/a.ts'), 'utf8')).toBe(source);
    expect(existsSync(join(cwd, '.scrimp'))).toBe(false);
  });

  test('--check exits 1 when something would change, 0 when nothing would', async () => {
    const cwd = temporaryFolder({ 'package.json': packageJson, 'a.ts': source });
    expect((await runCommand(cwd, ['fix', '--check'])).code).toBe(1);
    expect((await runCommand(cwd, ['fix', '--check', '--rule', 'no-byte-spread'])).code).toBe(0);
  });

  test('--diff prints a patch that git applies, and the summary beside it', async () => {
    const cwd = temporaryFolder({ 'package.json': packageJson, 'a.ts': `\ufeff// 🦜\r\n${source.replace('\n', '\r\n')}`, 'b.ts': source.trimEnd() });
    const { code, stdout, stderr } = await runCommand(cwd, ['fix', '--diff']);
    expect(code).toBe(0);
    expect(stdout).toContain('@@ -1,2 +1,2 @@ no-slice-into-sync-sink f0');
    expect(stderr).toContain('2 rewrites in 2 files would save');
    execFileSync('git', ['apply', '-'], { cwd, input: stdout });
    expect(readFileSync(join(cwd, 'a.ts'), 'utf8')).toBe(`\ufeff// 🦜\r\n${fixed.replace('\n', '\r\n')}`);
    expect(readFileSync(join(cwd, 'b.ts'), 'utf8')).toBe(fixed.trimEnd());
  });

  test('says what another tier would add', async () => {
    const cwd = temporaryFolder({ 'package.json': packageJson, 'a.ts': source });
    const guarded = engineWith((finding) => ({ ...finding, fix: { ...finding.fix!, tier: 'guarded' } }));
    const { stdout } = await runCommand(cwd, ['fix'], { loadEngine: guarded });
    expect(stdout).toBe('nothing to rewrite at tier safe\n1 more rewrite needs `--tier guarded`\n');
    expect((await runCommand(cwd, ['fix', '--tier', 'guarded', '--check'], { loadEngine: guarded })).code).toBe(1);
  });

  test('--json prints one document', async () => {
    const cwd = temporaryFolder({ 'package.json': packageJson, 'a.ts': source });
    const result = resultOf((await runCommand(cwd, ['fix', '--json'])).stdout);
    expect(result).toMatchObject({
      schema: 'scrimp-fix/1', run: null, planned: [{ finding: 'f0', file: 'a.ts', saves: { expression: 'n + 96 B in 1 object' } }], applied: [], dropped: [],
      files: [{ file: 'a.ts', written: false, edits: [{ start: 61, end: 66, text: 'subarray', findings: ['f0'] }] }],
    });
  });
});

describe('with --write', () => {
  test('writes, and --undo restores byte for byte, with mode and link', async () => {
    const original = `\ufeff// 🦜🦜\r\n${source}`;
    const cwd = temporaryFolder({ 'package.json': packageJson, 'src/a.ts': original, 'real.ts': source });
    symlinkSync(join(cwd, 'real.ts'), join(cwd, 'src/link.ts'));
    chmodSync(join(cwd, 'src/a.ts'), 0o755);
    const { code, stdout } = await runCommand(cwd, ['fix', '--write', '--json', 'src']);
    const { run, applied } = resultOf(stdout);
    expect(code).toBe(0);
    expect(applied).toHaveLength(2);
    expect(readFileSync(join(cwd, 'src/a.ts'), 'utf8')).toBe(`\ufeff// 🦜🦜\r\n${fixed}`);
    expect(statSync(join(cwd, 'src/a.ts')).mode & 0o777).toBe(0o755);
    expect(readFileSync(join(cwd, 'real.ts'), 'utf8')).toBe(fixed);
    expect(readdirSync(join(cwd, 'src')).sort()).toEqual(['a.ts', 'link.ts']);

    const undone = await runCommand(cwd, ['fix', '--undo', run!]);
    expect(undone.code).toBe(0);
    expect(undone.stdout).toContain('restored src/a.ts\n');
    expect(readFileSync(join(cwd, 'src/a.ts'), 'utf8')).toBe(original);
    expect(readFileSync(join(cwd, 'real.ts'), 'utf8')).toBe(source);
    expect((await runCommand(cwd, ['fix', '--undo', run!])).stderr).toContain('is already undone');
  });

  test('--undo refuses files that were changed since', async () => {
    const cwd = temporaryFolder({ 'package.json': packageJson, 'a.ts': source });
    const { stdout } = await runCommand(cwd, ['fix', '--write']);
    const run = /--undo (\S+)`/.exec(stdout)?.[1] ?? '';
    writeFileSync(join(cwd, 'a.ts'), `${fixed}// mine\n`);
    const undone = await runCommand(cwd, ['fix', '--undo', run]);
    expect(undone).toMatchObject({ code: 2, stdout: '', stderr: `scrimp: a.ts: was changed since run ${run}\n` });
    expect(readFileSync(join(cwd, 'a.ts'), 'utf8')).toBe(`${fixed}// mine\n`);
  });

  test('--undo knows no such run, and takes no path for one', async () => {
    const cwd = temporaryFolder({ 'package.json': packageJson, 'a.ts': source });
    expect(await runCommand(cwd, ['fix', '--undo', 'never'])).toMatchObject({ code: 2, stderr: 'scrimp: there is no run never\n' });
    expect(await runCommand(cwd, ['fix', '--undo', '../x'])).toMatchObject({ code: 2, stderr: 'scrimp: there is no run ../x\n' });
  });

  test('drops the rewrite that does not type-check, and keeps the others', async () => {
    const text = source.replace('head', 'h0') + source.replace('head', 'h1') + source.replace('head', 'h2');
    const cwd = temporaryFolder({ 'package.json': packageJson, 'a.ts': text, 'b.ts': 'export const wrong: number = "before";\n' });
    const { code, stdout } = await runCommand(cwd, ['fix', '--write', '--json'], { loadEngine: renamedTo('subaray', (index) => index === 1) });
    const result = resultOf(stdout);
    expect(code).toBe(0);
    expect(result.applied.map(({ finding }) => finding)).toEqual(['f0', 'f2']);
    expect(result.dropped).toEqual([expect.objectContaining({ finding: 'f1', stage: 'types', reason: expect.stringContaining("a.ts:2: Property 'subaray' does not exist on type") as unknown })]);
    expect(readFileSync(join(cwd, 'a.ts'), 'utf8')).toBe(fixed.replace('head', 'h0') + source.replace('head', 'h1') + fixed.replace('head', 'h2'));
  });

  test('finds the error in the file that imports the rewritten one', async () => {
    const cwd = temporaryFolder({
      'package.json': packageJson, 'tsconfig.json': '{ "compilerOptions": { "strict": true, "module": "nodenext" } }',
      'a.ts': 'export const head = (bytes: Uint8Array) => bytes.slice(0, 4);\n', 'b.ts': "import { head } from './a.js';\nexport const first: Uint8Array = head(new Uint8Array(8));\n",
    });
    const { code, stdout } = await runCommand(cwd, ['fix', '--write', '--json'], { loadEngine: renamedTo('join') });
    expect(code).toBe(3);
    expect(resultOf(stdout).dropped).toEqual([expect.objectContaining({ stage: 'types', reason: expect.stringContaining('a.ts:1: ') as unknown })]);
    const toText = await runCommand(cwd, ['fix', '--write', '--json'], { loadEngine: renamedTo('toString().slice') });
    expect(resultOf(toText.stdout).dropped[0]?.reason).toBe("b.ts:2: Type 'string' is not assignable to type 'Uint8Array<ArrayBufferLike>' (TS2322)");
  });

  test('exits 3 when every rewrite was rolled back, having written nothing', async () => {
    const cwd = temporaryFolder({ 'package.json': packageJson, 'a.ts': source });
    const { code, stdout } = await runCommand(cwd, ['fix', '--write'], { loadEngine: renamedTo('(') });
    expect(code).toBe(3);
    expect(stdout).toContain('1 finding left alone:');
    expect(stdout).toContain('would not parse: a.ts:1: ');
    expect(readFileSync(join(cwd, 'a.ts'), 'utf8')).toBe(source);
    expect(existsSync(join(cwd, '.scrimp'))).toBe(false);
  });

  test('leaves a file alone that is not UTF-8', async () => {
    const cwd = temporaryFolder({ 'package.json': packageJson, 'a.ts': Buffer.concat([Buffer.from(source), Buffer.from([0x2f, 0x2f, 0xff, 0x0a])]) });
    const { dropped } = resultOf((await runCommand(cwd, ['fix', '--write', '--json'])).stdout);
    expect(dropped).toEqual([expect.objectContaining({ stage: 'plan', reason: 'is not valid UTF-8, so it cannot be written back as it was' })]);
  });

  test('changes nothing the second time', async () => {
    const cwd = temporaryFolder({ 'package.json': packageJson, 'a.ts': source });
    await runCommand(cwd, ['fix', '--write']);
    expect(await runCommand(cwd, ['fix', '--check'])).toMatchObject({ code: 0, stdout: 'nothing to rewrite at tier safe\n' });
  });
});

describe('in git', () => {
  test('writes into a clean tree, and leaves no journal in it', async () => {
    const cwd = gitFolder({ 'package.json': packageJson, 'a.ts': source });
    expect((await runCommand(cwd, ['fix', '--write'])).code).toBe(0);
    expect(git(cwd, 'status', '--porcelain')).toBe(' M a.ts\n');
  });

  test('refuses a dirty tree and names the files', async () => {
    const cwd = gitFolder({ 'package.json': packageJson, 'src/a.ts': source, 'b.txt': '' });
    writeFileSync(join(cwd, 'b.txt'), 'changed');
    writeFileSync(join(cwd, 'new file.txt'), '');
    const { code, stderr } = await runCommand(cwd, ['fix', '--write']);
    expect(code).toBe(2);
    expect(stderr).toBe('scrimp: the git tree has uncommitted changes (b.txt, new file.txt), from which the rewrites could not be told apart; commit or stash them, or pass --allow-dirty\n');
    expect(readFileSync(join(cwd, 'src/a.ts'), 'utf8')).toBe(source);
    expect((await runCommand(cwd, ['fix', '--diff'])).code).toBe(0);
  });

  test('--allow-dirty writes, and names dirty files that it rewrites', async () => {
    const cwd = gitFolder({ 'package.json': packageJson, 'a.ts': '', 'b.ts': source });
    writeFileSync(join(cwd, 'a.ts'), source);
    const { code, stderr } = await runCommand(cwd, ['fix', '--write', '--allow-dirty']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'scrimp: rewriting files that have uncommitted changes: a.ts\n' });
    expect(readFileSync(join(cwd, 'a.ts'), 'utf8')).toBe(fixed);
    expect(readFileSync(join(cwd, 'b.ts'), 'utf8')).toBe(fixed);
  });
});

describe('usage', () => {
  test.each([
    [['--patch', 'x'], 'unknown option --patch'],
    [['--verify', 'x'], 'unknown option --verify'],
    [['--resume'], 'unknown option --resume'],
    [['--tier', 'bold'], '`bold` is not a value of --tier'],
    [['--rule', 'no-slice'], 'unknown rule no-slice'],
    [['--write', '--check'], '--check only looks and --write changes; choose one'],
    [['--json', '--diff'], '--json already holds the edits of every file'],
    [['--undo', 'x', '--write'], '--undo restores a whole run'],
  ])('%j is refused', async (argv, problem) => {
    const cwd = temporaryFolder({ 'package.json': packageJson, 'a.ts': source });
    const { code, stdout, stderr } = await runCommand(cwd, ['fix', ...argv]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(problem);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  test('a path that is missing exits 2, and the others are rewritten', async () => {
    const cwd = temporaryFolder({ 'package.json': packageJson, 'a.ts': source });
    const { code, stderr } = await runCommand(cwd, ['fix', '--write', 'a.ts', 'missing.ts']);
    expect(code).toBe(2);
    expect(stderr).toBe('scrimp: missing.ts: no such file or folder\n');
    expect(readFileSync(join(cwd, 'a.ts'), 'utf8')).toBe(fixed);
  });
});

describe('with the real engine', () => {
  const session = `import { createHash } from 'node:crypto';

/** @hot */
export function digest(message: Uint8Array<ArrayBuffer>): Buffer {
  const hash = createHash('sha256');
  /* 🦜 */ hash.update(message.slice(0, 4096));
  hash.update(message.slice(4096, 8192));
  return hash.digest();
}
`;

  test('finding, rewrite and digest agree', async () => {
    const cwd = temporaryFolder({ 'package.json': packageJson, 'src/session.ts': session });
    const { stdout } = await runCommand(cwd, ['fix', '--write', '--tier', 'review', '--json', '--rule', 'no-slice-into-sync-sink'], { loadEngine });
    const { planned, applied, dropped } = resultOf(stdout);
    expect({ planned: planned.length, applied: applied.length, dropped }).toEqual({ planned: 2, applied: 2, dropped: [] });
    expect(readFileSync(join(cwd, 'src/session.ts'), 'utf8')).toBe(session.replaceAll('.slice(', '.subarray('));
    expect((await runCommand(cwd, ['fix', '--check', '--tier', 'review', '--rule', 'no-slice-into-sync-sink'], { loadEngine })).code).toBe(0);
  });

  test('keys are extracted once, typed by the package that is installed, when --tier review asks for it', async () => {
    const noble = fileURLToPath(new URL('../../../../codemods/node_modules/@noble/hashes', import.meta.url));
    const derives = (name: string): string => `import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';

/** @hot */
export function ${name}(secret: Uint8Array, salt: Uint8Array): number {
  const a = hkdf(sha256, secret, salt, new Uint8Array([1]), 32);
  const b = hkdf(sha256, secret, salt, new Uint8Array([2]), 32);
  return a[0]! + b[0]!;
}
`;
    const tsconfig = '{ "compilerOptions": { "strict": true, "noUnusedLocals": true, "noUncheckedIndexedAccess": true, "module": "nodenext", "target": "es2023" } }';
    const cwd = temporaryFolder({ 'package.json': packageJson, 'tsconfig.json': tsconfig, 'keys.ts': derives('keys'), 'node_modules/@noble/.keep': '' });
    symlinkSync(noble, join(cwd, 'node_modules/@noble/hashes'));
    const argv = ['fix', '--write', '--tier', 'review', '--json', '--rule', 'no-repeated-kdf-extract'];
    const { planned, applied, dropped } = resultOf((await runCommand(cwd, argv, { loadEngine })).stdout);
    expect({ planned: planned.length, applied: applied.length, dropped }).toEqual({ planned: 1, applied: 1, dropped: [] });
    expect(readFileSync(join(cwd, 'keys.ts'), 'utf8')).toBe(`import { expand, extract } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';

/** @hot */
export function keys(secret: Uint8Array, salt: Uint8Array): number {
  const prk = extract(sha256, secret, salt);
  let a: ReturnType<typeof expand>;
  let b: ReturnType<typeof expand>;

  try {
    a = expand(sha256, prk, new Uint8Array([1]), 32);
    b = expand(sha256, prk, new Uint8Array([2]), 32);
  } finally {
    prk.fill(0);
  }

  return a[0]! + b[0]!;
}
`);
  });

  test('constants that go to one place are made in one run, and a second run finds nothing', async () => {
    const cwd = temporaryFolder({ 'package.json': packageJson, 'tsconfig.json': '{ "compilerOptions": { "strict": true, "module": "nodenext" } }', 'text.ts': `import { createHash } from 'node:crypto';

/** @hot */
export function read(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** @hot */
export function readStrictly(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}

/** @hot */
export function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(new TextEncoder().encode('text/v1')).update(bytes).digest('hex');
}
` });
    const argv = ['fix', '--write', '--json', '--rule', 'no-codec-per-call'];
    const { applied, dropped } = resultOf((await runCommand(cwd, argv, { loadEngine })).stdout);
    expect({ applied: applied.length, dropped }).toEqual({ applied: 3, dropped: [] });
    const text = readFileSync(join(cwd, 'text.ts'), 'utf8');
    expect(text.slice(0, text.indexOf('/**'))).toBe(`import { createHash } from 'node:crypto';

const TEXT_V1_BYTES = new TextEncoder().encode('text/v1');

const strictTextDecoder = new TextDecoder('utf-8', { fatal: true });

const textDecoder = new TextDecoder();

`);
    expect(resultOf((await runCommand(cwd, argv, { loadEngine })).stdout)).toMatchObject({ planned: [], applied: [], dropped: [] });
  });
});
