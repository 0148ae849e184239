/** `scrimp explain` on findings and lines, with the real engine and rules. */
import { afterEach, expect, test } from 'vitest';
import { runCommand, type CommandRun } from '../command-run.test-support.js';
import { loadEngine } from '../engine.js';
import { removeTemporaryFolders, temporaryFolder } from '../temporary-folder.test-support.js';

afterEach(removeTemporaryFolders);

const files = {
  'package.json': '{ "type": "module", "engines": { "node": ">=22" } }',
  'src/frame.ts': `import { createHash } from 'node:crypto';
import { tag } from './tag.js';
export function checksum(packet: Uint8Array): string {
  const body = packet.slice(16, 1040);
  return createHash('sha256').update(body).update(tag(body)).digest('hex');
}
export function late(packet: Uint8Array, other: { update(bytes: Uint8Array): void }): void {
  const body = packet.slice(16, 1040);
  packet[20] = 1;
  createHash('sha256').update(body);
  other.update(packet);
}
// scrimp-ignore-next-line no-slice-into-sync-sink -- packets are reused by the socket
export const first = (packet: Uint8Array): string => createHash('sha256').update('a').update(packet.slice(0, 4096)).digest('hex');
export const length = (packet: Uint8Array): number => packet.length;
`,
  'src/tag.ts': `export function tag(bytes: Uint8Array): string {\n  return bytes[0] === 1 ? 'a' : 'b';\n}\n`,
};

const explain = (cwd: string, ...argv: readonly string[]): Promise<CommandRun> => runCommand(cwd, ['explain', ...argv], { loadEngine });

async function idOf(cwd: string, rule: string, line: number): Promise<string> {
  const { stdout } = await runCommand(cwd, ['audit', '--json'], { loadEngine });
  const { findings } = JSON.parse(stdout) as { findings: readonly { id: string; rule: string; line: number }[] };
  return findings.find((one) => one.rule === rule && one.line === line)?.id ?? `no ${rule} on line ${String(line)} of ${findings.map((one) => `${one.rule}:${String(one.line)}`).join(' ')}`;
}

test('the chain of a finding, across files, with its obligations', async () => {
  const cwd = temporaryFolder(files);
  const id = await idOf(cwd, 'no-redundant-slice', 4);
  const { stdout, code, stderr } = await explain(cwd, id);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatchInlineSnapshot(`
    "no-redundant-slice 0a37243d  medium, likely
    src/frame.ts:4:16 in checksum
    packet.slice(16, 1040) copies 1024 bytes that are only read

    what happens
      src/frame.ts:3  packet comes in as parameter packet of checksum, declared Uint8Array or Buffer
      src/frame.ts:4  packet.slice(16, 1040) copies packet (by one of several functions)
      src/frame.ts:5  createHash('sha256').update(body) reads it
      src/frame.ts:5  tag(body) reads it
      src/tag.ts:2      bytes[0] reads a property of it

    what must hold
      TY    assumed  the source is declared Uint8Array; a subclass with methods of its own would differ
      SRC   proved   nothing writes the source while the copy is in use
      RES   proved   nothing writes the copy
      ESC   proved   the copy is only read, by createHash().update and tag
      SUSP  proved   no suspension while the copy is in use
      DET   assumed  the source is not backed by shared memory
      ZER   proved   neither side is wiped while the other is in use
      PROP  proved   nobody looks at the backing store
      ID    proved   identity is not observed
      RET   proved   the view ends with the call
      SIZE  proved   1024 bytes lie outside the V8 heap

    why   slice allocates an array and copies into it; the copy is only read, by createHash().update and tag, and packet is not written meanwhile
    do    make it a view: replace slice by subarray (guarded: replace slice by subarray)
    cost  1112 B in 1 object; warm: callable from outside

    next: scrimp explain no-redundant-slice
    "
  `);
  const json = JSON.parse((await explain(cwd, id, '--json')).stdout) as { finding: { id: string }; steps: readonly { file: string; line: number; depth: number }[] };
  expect(json.finding.id).toBe(id);
  expect(json.steps.some((step) => step.file === 'src/tag.ts' && step.line === 2 && step.depth === 1)).toBe(true);
  expect((await explain(cwd, id.slice(0, 5), 'src')).stdout).toContain(`no-redundant-slice ${id}`);
});

test('why a line is not reported: the obligation that failed, with its witness', async () => {
  const { stdout } = await explain(temporaryFolder(files), '--why-not', 'src/frame.ts:8');
  expect(stdout).toMatchInlineSnapshot(`
    "src/frame.ts:8 in late

    no-ambiguous-slice reports
      8:16 packet.slice(16, 1040) is a copy for a Uint8Array and a view for a Buffer, and an assignment writes the source while it is in use on line 9
      TY    assumed  packet is declared Uint8Array, which admits a Buffer
      SRC   proved   line 9: an assignment writes the source while the copy is in use

    packet.slice(16, 1040) copies; a view would not do
      TY    assumed  the source is declared Uint8Array; a subclass with methods of its own would differ
      SRC   failed   line 9: an assignment writes the source while the copy is in use
      RES   proved   nothing writes the copy
      ESC   proved   the copy is only read, by createHash().update
      SUSP  proved   no suspension while the copy is in use
      DET   assumed  the source is not backed by shared memory
      ZER   proved   neither side is wiped while the other is in use
      PROP  proved   nobody looks at the backing store
      ID    proved   identity is not observed
    "
  `);
});

test('a line that a comment silences, and one that no rule looks at', async () => {
  const cwd = temporaryFolder(files);
  expect((await explain(cwd, '--why-not', 'src/frame.ts:14')).stdout).toContain('no-slice-into-sync-sink reports, but a comment silences it');
  expect((await explain(cwd, '--why-not', 'src/frame.ts:15')).stdout).toBe('src/frame.ts:15 in length\n\nno rule looks at this: nothing on the line has the shape that rules ask about\n');
  expect((await explain(cwd, '--why-not', 'src/frame.ts:4', '--rule', 'no-byte-spread')).stdout).toContain('no-byte-spread does not look at this');
  const json = JSON.parse((await explain(cwd, '--why-not', 'src/frame.ts:8', '--json')).stdout) as { copies: readonly { view: string; obligations: readonly { code: string; state: string }[] }[] };
  expect(json.copies[0]).toMatchObject({ view: 'would not do', obligations: expect.arrayContaining([expect.objectContaining({ code: 'SRC', state: 'failed' })]) as unknown });
});

test('what cannot be explained is said in one sentence', async () => {
  const cwd = temporaryFolder(files);
  expect(await explain(cwd, 'deadbeef')).toMatchObject({ code: 2, stdout: '', stderr: 'scrimp: no finding here has the id deadbeef; name the paths or the project that it was found in, as for `scrimp audit`\n' });
  expect(await explain(cwd, '--why-not', 'src/frame.ts')).toMatchObject({ code: 2, stderr: 'scrimp: --why-not needs a file and a line, src/frame.ts:42, but got `src/frame.ts`\n' });
  expect(await explain(cwd, '--why-not', 'src/frame.ts:999')).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/^scrimp: src\/frame\.ts has \d+ lines, so there is no line 999\n$/) as unknown });
  expect(await explain(cwd, '--why-not', 'src/none.ts:3')).toMatchObject({ code: 2, stderr: expect.stringContaining('src/none.ts') as unknown });
  expect(await explain(cwd, '--why-not', 'src/frame.ts:3', '--rule', 'no-such-rule')).toMatchObject({ code: 2, stderr: expect.stringContaining('unknown rule no-such-rule') as unknown });
  expect(await explain(cwd, '--rule', 'no-byte-spread')).toMatchObject({ code: 2, stderr: 'scrimp: --rule belongs to --why-not; `scrimp explain <rule>` explains a rule\n' });
});
