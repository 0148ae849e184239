/** Rows of the project, end to end: a package that the model does not know, without and with what the config says of it. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand } from '../command-run.test-support.js';
import { loadEngine } from '../engine.js';
import { removeTemporaryFolders, temporaryFolder } from '../temporary-folder.test-support.js';

const files = {
  'package.json': '{ "name": "a", "type": "module", "main": "src/a.ts" }',
  'tsconfig.json': '{ "compilerOptions": { "strict": true, "module": "nodenext", "target": "es2022", "types": [] }, "include": ["src"] }',
  'node_modules/fastframe/package.json': '{ "name": "fastframe", "version": "1.0.0", "type": "module", "types": "index.d.ts", "main": "index.js" }',
  'node_modules/fastframe/index.d.ts': 'export declare function checksum(bytes: Uint8Array): number;\nexport declare function seal(bytes: Uint8Array): Uint8Array;\nexport declare class Writer { write(bytes: Uint8Array): this; finish(): Uint8Array }\n',
  'src/a.ts': [
    `import { checksum, seal, Writer } from 'fastframe';`,
    'export function check(frame: Uint8Array): number {',
    '  return checksum(frame.slice(4));',
    '}',
    'function sumOf(frame: Uint8Array): number {',
    '  return checksum(frame);',
    '}',
    'export function checkBody(frame: Uint8Array): number {',
    '  const body = frame.slice(4);',
    '  return sumOf(body);',
    '}',
    'export function sealed(message: Uint8Array): Uint8Array {',
    '  return seal(message).slice();',
    '}',
    'export function written(message: Uint8Array): Uint8Array {',
    '  return new Writer().write(message.slice()).finish();',
    '}',
    '',
  ].join('\n'),
};

const rows = [
  { call: 'fastframe#checksum', returns: 'nothing' },
  { call: 'fastframe#seal', returns: { bytes: 'fresh' } },
  { call: 'fastframe#new Writer', returns: { instanceOf: 'fastframe#Writer' } },
  { call: 'fastframe#Writer.prototype.write', returns: { same: 'this' }, keeps: ['0'] },
  { call: 'fastframe#Writer.prototype.finish', returns: { bytes: 'fresh' } },
];

let folder = '';
beforeAll(() => { folder = temporaryFolder(files); });
afterAll(removeTemporaryFolders);

interface Shown {
  readonly rule: string;
  readonly line: number;
  readonly advice: string;
  readonly confidence: string;
  readonly obligations: readonly { readonly state: string; readonly witness: string }[];
}

/** Audits with these rows, or without a config; a store is used, which must tell the two questions apart. */
async function audited(model: unknown): Promise<readonly Shown[]> {
  const config = join(folder, 'scrimp.config.json');
  if (model === null) rmSync(config, { force: true });
  else writeFileSync(config, JSON.stringify({ model }));
  const { stdout } = await runCommand(folder, ['audit', '--json'], { loadEngine, buildIdentity: () => 'test' });
  return (JSON.parse(stdout) as { readonly findings: readonly Shown[] }).findings;
}

const provable = (findings: readonly Shown[]): readonly Shown[] => findings.filter((one) => one.advice === 'removable' && one.confidence !== 'possible');
const stated = 'does what the model of the project says, as declared';

test('without rows nothing is known of the package, and with them only in that run', async () => {
  expect(provable(await audited(null))).toEqual([]);
  const withRows = await audited(rows);
  expect(provable(withRows).map(({ rule, line }) => `${rule} ${String(line)}`).sort()).toEqual(['no-copy-of-fresh-bytes 13', 'no-redundant-slice 9', 'no-slice-into-sync-sink 3']);
  for (const { confidence, obligations } of provable(withRows)) {
    expect(confidence).toBe('likely');
    expect(obligations.filter((one) => one.state === 'assumed' && one.witness.endsWith(stated))).toHaveLength(1);
  }
  expect(provable(await audited(null))).toEqual([]);
});

test('what a row says is kept, written or a view forbids what it must', async () => {
  const keeping = rows.map((row) => (row.call === 'fastframe#checksum' ? { ...row, keeps: ['0'] } : row));
  expect(provable(await audited(keeping)).map(({ line }) => line)).toEqual([13]);
  const writing = rows.map((row) => (row.call === 'fastframe#checksum' ? { ...row, writes: ['0'] } : row));
  expect(provable(await audited(writing)).map(({ line }) => line)).toEqual([13]);
  const viewing = rows.map((row) => (row.call === 'fastframe#seal' ? { ...row, returns: { viewOf: '0' } } : row));
  expect(provable(await audited(viewing)).map(({ line }) => line)).not.toContain(13);
});

test('explain asks with the same rows', async () => {
  await audited(rows);
  const run = await runCommand(folder, ['explain', '--why-not', 'src/a.ts:13', '--rule', 'no-copy-of-fresh-bytes'], { loadEngine });
  expect(run.stdout).toContain(stated);
});

test('a row that is wrong ends the command with one sentence', async () => {
  writeFileSync(join(folder, 'scrimp.config.json'), JSON.stringify({ model: [{ call: 'fastframe#seal', returns: { bytes: 'fresh' }, keps: ['0'] }] }));
  const run = await runCommand(folder, ['audit'], { loadEngine });
  expect(run).toMatchObject({ code: 2, stderr: 'scrimp: scrimp.config.json: model[0] does not know keps (did you mean keeps?); it knows call, returns, async, reads, writes, keeps, readsLater, calls, secret\n' });
});
