/**
 * Rows of node:fs: synchronous calls, calls with a callback, promises and FileHandle. What streams of files do is in `node-stream.model.ts`.
 * A call that works later reads or writes the bytes on another thread until its callback runs or its promise settles; they must stay as they are until then.
 * A path may be bytes too, so paths are read; when, the documentation does not say, and rows say the later time.
 * Source: nodejs.org/api/fs.html; that writes do not copy is measured (RULES 2.2) and executed with every thread of the pool occupied.
 */
import type { ArgumentPath, ModelFamily, ModelRow, ResultModel } from './row.js';

const scalar: ResultModel = { kind: 'scalar' };
const text: ResultModel = { kind: 'string', length: 'unknown' };
const unknown: ResultModel = { kind: 'unknown' };
const plain: ResultModel = { kind: 'object', class: 'Object' };
const stats: ResultModel = { kind: 'object', class: 'node:fs#Stats' };
const fileHandle: ResultModel = { kind: 'object', class: 'node:fs/promises#FileHandle' };
const pooledBuffer: ResultModel = { kind: 'bytes', class: 'Buffer', origin: 'pooled', length: 'unknown' };
const onlyPaths = 'Takes paths, descriptors and options only.';

const file = `const fs = await load('node:fs'); const path = await temporaryFile(); const m = Uint8Array.of(9, 3, 7); const m2 = Uint8Array.of(5, 6);`;
const promises = `${file} const fsp = await load('node:fs/promises');`;
const opened = `${file} const fd = fs.openSync(path, 'r+');`;
const handle = `${promises} const h = await fsp.open(path, 'r+');`;
const later = 'occupyThreads(); const { done, settle } = deferred();';
const closed = `(fs.closeSync(fd), fs.readFileSync(path, 'hex'))`;

function promise(of: ResultModel): ResultModel {
  return { kind: 'promise', of };
}

/** Functions that take paths, descriptors, modes and times and give nothing: name and the arguments of the exercise, of which the last is `null` where the call would harm. */
const pathFunctions: readonly (readonly [name: string, call: string | null])[] = [
  ['access', 'path'], ['chmod', 'path, 0o600'], ['chown', null], ['close', null], ['copyFile', `path, path + '.copy'`], ['cp', null], ['fchmod', null], ['fchown', null], ['fdatasync', null], ['fsync', null],
  ['ftruncate', null], ['futimes', null], ['lchown', null], ['link', null], ['lutimes', null], ['rename', `path, path + '.moved'`], ['rm', 'path'], ['rmdir', null], ['symlink', null],
  ['truncate', 'path, 2'], ['unlink', 'path'], ['utimes', 'path, 1, 1'],
];

/** The promise module works on handles, not on descriptors. */
const onDescriptors = new Set(['close', 'fchmod', 'fchown', 'fdatasync', 'fsync', 'ftruncate', 'futimes']);

function pathRows([name, call]: (typeof pathFunctions)[number]): readonly ModelRow[] {
  const signature = `(path[, ...more])`;
  const rows: ModelRow[] = [
    { api: `node:fs#${name}Sync`, signature: `${name}Sync${signature}`, result: scalar, reads: [0, 1], ...(name === 'cp' ? { calls: [{ property: 'filter', of: 2 }] as const } : {}), ...run(call === null ? null : { setup: file, call: `fs.${name}Sync(${call})`, inputs: {} }) },
    { api: `node:fs#${name}`, signature: `${name}(path[, ...more], callback)`, result: scalar, readsLater: [0, 1], retains: [{ rest: 0 }], ...run(call === null ? null : { setup: `${file} ${later}`, call: `fs.${name}(${call}, settle)`, inputs: {}, observe: '(await done, 0)' }) },
  ];
  if (onDescriptors.has(name)) return rows;
  return [...rows, { api: `node:fs/promises#${name}`, signature: `${name}${signature}`, result: promise(scalar), readsLater: [0, 1], retains: [{ rest: 0 }], ...run(call === null ? null : { setup: promises, call: `fsp.${name}(${call})`, inputs: {} }) }];
}

function run(exercise: ModelRow['exercise'] | null): Pick<ModelRow, 'exercise' | 'note'> {
  return exercise === null || exercise === undefined ? { note: onlyPaths } : { exercise, note: onlyPaths };
}

/** Functions that give a text, unless the options ask for a Buffer. */
const textFunctions: readonly (readonly [name: string, call: string])[] = [['readlink', `link`], ['realpath', 'path'], ['mkdtemp', `path + '-'`]];
const withLink = `const link = path + '.link'; fs.symlinkSync(path, link);`;

function textRows([name, call]: (typeof textFunctions)[number]): readonly ModelRow[] {
  const when = [{ argument: 1, is: ['absent'] as const }];
  return [
    { api: `node:fs#${name}Sync`, signature: `${name}Sync(path[, options])`, when, result: text, reads: [0], exercise: { setup: `${file} ${withLink}`, call: `fs.${name}Sync(${call})`, inputs: {} } },
    { api: `node:fs#${name}Sync`, signature: `${name}Sync(path[, options])`, result: unknown, reads: [0], exercise: { setup: `${file} ${withLink}`, call: `fs.${name}Sync(${call}, 'buffer')`, inputs: {} } },
    { api: `node:fs#${name}`, signature: `${name}(path[, options], callback)`, result: scalar, readsLater: [0], retains: [{ rest: 0 }], exercise: { setup: `${file} ${withLink} ${later}`, call: `fs.${name}(${call}, settle)`, inputs: {}, observe: 'typeof await done' } },
    { api: `node:fs/promises#${name}`, signature: `${name}(path[, options])`, when, result: promise(text), readsLater: [0], retains: [0], exercise: { setup: `${promises} ${withLink}`, call: `fsp.${name}(${call})`, inputs: {} } },
    { api: `node:fs/promises#${name}`, signature: `${name}(path[, options])`, result: promise(unknown), readsLater: [0], retains: [0], exercise: { setup: `${promises} ${withLink}`, call: `fsp.${name}(${call}, 'buffer')`, inputs: {} } },
  ];
}

/** Functions that give an object about a file. */
const statFunctions: readonly (readonly [name: string, call: string])[] = [['stat', 'path'], ['lstat', 'path'], ['statfs', 'path']];

function statRows([name, call]: (typeof statFunctions)[number]): readonly ModelRow[] {
  const result = name === 'statfs' ? plain : stats;
  return [
    { api: `node:fs#${name}Sync`, signature: `${name}Sync(path[, options])`, result, reads: [0], exercise: { setup: file, call: `fs.${name}Sync(${call})`, inputs: {} }, note: 'undefined for a missing file with throwIfNoEntry: false.' },
    { api: `node:fs#${name}`, signature: `${name}(path[, options], callback)`, result: scalar, readsLater: [0], retains: [{ rest: 0 }], exercise: { setup: `${file} ${later}`, call: `fs.${name}(${call}, settle)`, inputs: {}, observe: 'typeof await done' } },
    { api: `node:fs/promises#${name}`, signature: `${name}(path[, options])`, result: promise(result), readsLater: [0], retains: [0], exercise: { setup: promises, call: `fsp.${name}(${call})`, inputs: {} } },
  ];
}

const otherPaths: readonly ModelRow[] = [
  ...pathFunctions.flatMap(pathRows), ...textFunctions.flatMap(textRows), ...statFunctions.flatMap(statRows),
  { api: 'node:fs#existsSync', signature: 'existsSync(path)', result: scalar, reads: [0], exercise: { setup: file, call: 'fs.existsSync(path)', inputs: {} } },
  { api: 'node:fs#openSync', signature: 'openSync(path[, flags[, mode]])', result: scalar, reads: [0], exercise: { setup: file, call: `fs.openSync(path)`, inputs: {}, observe: '(fs.closeSync($result), 0)' } },
  { api: 'node:fs#open', signature: 'open(path[, flags[, mode]], callback)', result: scalar, readsLater: [0], retains: [{ rest: 0 }], exercise: { setup: `${file} ${later}`, call: 'fs.open(path, settle)', inputs: {}, observe: '(fs.closeSync(await done), 0)' } },
  { api: 'node:fs/promises#open', signature: 'open(path[, flags[, mode]])', result: promise(fileHandle), readsLater: [0], retains: [0], exercise: { setup: promises, call: 'fsp.open(path)', inputs: {}, observe: '((await $result).close(), 0)' } },
  { api: 'node:fs#mkdirSync', signature: 'mkdirSync(path[, options])', result: unknown, reads: [0], exercise: { setup: file, call: `fs.mkdirSync(path + '.d')`, inputs: {} }, note: 'undefined, or with recursive the path of the first directory made.' },
  { api: 'node:fs#mkdir', signature: 'mkdir(path[, options], callback)', result: scalar, readsLater: [0], retains: [{ rest: 0 }], exercise: { setup: `${file} ${later}`, call: `fs.mkdir(path + '.d', settle)`, inputs: {}, observe: '(await done, 0)' } },
  { api: 'node:fs/promises#mkdir', signature: 'mkdir(path[, options])', result: promise(unknown), readsLater: [0], retains: [0], exercise: { setup: promises, call: `fsp.mkdir(path + '.d')`, inputs: {} } },
  { api: 'node:fs#fstatSync', signature: 'fstatSync(fd[, options])', result: stats, exercise: { setup: opened, call: 'fs.fstatSync(fd)', inputs: {}, observe: '(fs.closeSync(fd), 0)' } },
  { api: 'node:fs#fstat', signature: 'fstat(fd[, options], callback)', result: scalar, retains: [{ rest: 1 }], exercise: { setup: `${opened} ${later}`, call: 'fs.fstat(fd, settle)', inputs: {}, observe: '(await done, fs.closeSync(fd), 0)' } },
  { api: 'node:fs#exists', signature: 'exists(path, callback)', result: scalar, readsLater: [0], retains: [0, 1], exercise: { setup: `${file} const { done, settle } = deferred();`, call: 'fs.exists(path, (found) => settle(null, found))', inputs: {}, observe: 'await done' } },
  { api: 'node:fs#readdirSync', signature: 'readdirSync(path[, options])', result: { kind: 'array' }, reads: [0], exercise: { setup: `${file} const { dirname } = await load('node:path');`, call: 'fs.readdirSync(dirname(path))', inputs: {}, observe: `0` }, note: 'Texts, Buffers or Dirents, by the options.' },
  { api: 'node:fs#readdir', signature: 'readdir(path[, options], callback)', result: scalar, readsLater: [0], retains: [{ rest: 0 }], exercise: { setup: `${file} const { dirname } = await load('node:path'); ${later}`, call: 'fs.readdir(dirname(path), settle)', inputs: {}, observe: '(await done, 0)' } },
  { api: 'node:fs/promises#readdir', signature: 'readdir(path[, options])', result: promise({ kind: 'array' }), readsLater: [0], retains: [0], exercise: { setup: `${promises} const { dirname } = await load('node:path');`, call: 'fsp.readdir(dirname(path))', inputs: {}, observe: `0` } },
  { api: 'node:fs#openAsBlob', signature: 'openAsBlob(path[, options])', result: promise({ kind: 'object', class: 'Blob' }), readsLater: [0], retains: [0], exercise: { setup: file, call: 'fs.openAsBlob(path)', inputs: {} } },
];

const reading: readonly ModelRow[] = [
  { api: 'node:fs#readFileSync', signature: 'readFileSync(path[, options])', when: [{ argument: 1, is: ['absent'] }], result: pooledBuffer, reads: [0], exercise: { setup: file, call: 'fs.readFileSync(path)', inputs: {} }, note: 'RULES 2.1: small files lie in the slab.' },
  { api: 'node:fs#readFileSync', signature: 'readFileSync(path[, options])', when: [{ argument: 1, is: ['string'] }], result: text, reads: [0], exercise: { setup: file, call: `fs.readFileSync(path, 'utf8')`, inputs: {} } },
  { api: 'node:fs#readFileSync', signature: 'readFileSync(path[, options])', result: unknown, reads: [0], exercise: { setup: file, call: `fs.readFileSync(path, { encoding: 'utf8' })`, inputs: {} } },
  { api: 'node:fs#readFile', signature: 'readFile(path[, options], callback)', result: scalar, readsLater: [0], retains: [{ rest: 0 }], exercise: { setup: `${file} ${later}`, call: `fs.readFile(path, settle)`, inputs: {}, observe: `(await done).toString('hex')` } },
  { api: 'node:fs/promises#readFile', signature: 'readFile(path[, options])', when: [{ argument: 1, is: ['absent'] }], result: promise(unknown), readsLater: [0], retains: [0], exercise: { setup: promises, call: 'fsp.readFile(path)', inputs: {} }, note: 'A Buffer, in the slab or exact by the Node that runs; also of a FileHandle as path.' },
  { api: 'node:fs/promises#readFile', signature: 'readFile(path[, options])', when: [{ argument: 1, is: ['string'] }], result: promise(text), readsLater: [0], retains: [0], exercise: { setup: promises, call: `fsp.readFile(path, 'utf8')`, inputs: {} } },
  { api: 'node:fs/promises#readFile', signature: 'readFile(path[, options])', result: promise(unknown), readsLater: [0], retains: [0, 1], exercise: { setup: promises, call: `fsp.readFile(path, { encoding: 'utf8' })`, inputs: {} } },
  { api: 'node:fs#readSync', signature: 'readSync(fd, buffer[, offset[, length[, position]]])', result: scalar, writes: [1], exercise: { setup: `${opened} const u = new Uint8Array(3);`, call: 'fs.readSync(fd, u)', inputs: { 1: 'u' }, observe: '(fs.closeSync(fd), 0)' } },
  { api: 'node:fs#readvSync', signature: 'readvSync(fd, buffers[, position])', result: scalar, writes: [{ elementsOf: 1 }], exercise: { setup: `${opened} const list = [new Uint8Array(3), new Uint8Array(2)];`, call: 'fs.readvSync(fd, list)', inputs: { '1[]': 'list' }, observe: '(fs.closeSync(fd), 0)' } },
  {
    api: 'node:fs#read', signature: 'read(fd, buffer, offset, length, position, callback)', result: scalar, writesLater: [1, { property: 'buffer', of: 1 }], retains: [{ rest: 1 }],
    exercise: { setup: `${opened} const u = new Uint8Array(3); ${later}`, call: 'fs.read(fd, u, 0, 3, 0, settle)', inputs: { 1: 'u' }, observe: '(await done, fs.closeSync(fd), 0)' }, note: 'Also with an object of options that holds the buffer.',
  },
  {
    api: 'node:fs#readv', signature: 'readv(fd, buffers[, position], callback)', result: scalar, writesLater: [{ elementsOf: 1 }], retains: [{ rest: 1 }],
    exercise: { setup: `${opened} const list = [new Uint8Array(3), new Uint8Array(2)]; ${later}`, call: 'fs.readv(fd, list, settle)', inputs: { '1[]': 'list' }, observe: '(await done, fs.closeSync(fd), 0)' },
  },
];

/** Bytes, or a list of them. */
const written: readonly ArgumentPath[] = [1];
const reopened = `fs.readFileSync(path, 'hex')`;

const writing: readonly ModelRow[] = [
  ...['writeFileSync', 'appendFileSync'].map((name): ModelRow => ({ api: `node:fs#${name}`, signature: `${name}(file, data[, options])`, result: scalar, reads: [0, 1], exercise: { setup: file, call: `fs.${name}(path, m)`, inputs: { 1: 'm' }, observe: reopened } })),
  ...['writeFile', 'appendFile'].map((name): ModelRow => ({
    api: `node:fs#${name}`, signature: `${name}(file, data[, options], callback)`, result: scalar, readsLater: [0, 1], retains: [{ rest: 0 }],
    exercise: { setup: `${file} ${later}`, call: `fs.${name}(path, m, settle)`, inputs: { 1: 'm' }, observe: `(await done, ${reopened})` }, note: 'RULES 2.2: does not snapshot.',
  })),
  ...['writeFile', 'appendFile'].map((name): ModelRow => ({
    api: `node:fs/promises#${name}`, signature: `${name}(file, data[, options])`, result: promise(scalar), readsLater: [0, 1, { elementsOf: 1 }], retains: [0, 1, 2],
    exercise: { setup: `${promises} occupyThreads();`, call: `fsp.${name}(path, m)`, inputs: { 1: 'm' }, observe: reopened }, note: 'RULES 2.2: does not snapshot. The data may be a stream or an iterable of bytes too.',
  })),
  { api: 'node:fs#writeSync', signature: 'writeSync(fd, buffer[, offset[, length[, position]]])', result: scalar, reads: written, exercise: { setup: opened, call: 'fs.writeSync(fd, m)', inputs: { 1: 'm' }, observe: closed } },
  { api: 'node:fs#writevSync', signature: 'writevSync(fd, buffers[, position])', result: scalar, reads: [{ elementsOf: 1 }], exercise: { setup: opened, call: 'fs.writevSync(fd, [m, m2])', inputs: { '1[]': '[m, m2]' }, observe: closed } },
  { api: 'node:fs#write', signature: 'write(fd, buffer[, offset[, length[, position]]], callback)', result: scalar, readsLater: written, retains: [{ rest: 1 }], exercise: { setup: `${opened} ${later}`, call: 'fs.write(fd, m, settle)', inputs: { 1: 'm' }, observe: `(await done, ${closed})` } },
  { api: 'node:fs#writev', signature: 'writev(fd, buffers[, position], callback)', result: scalar, readsLater: [{ elementsOf: 1 }], retains: [{ rest: 1 }, { elementsOf: 1 }], exercise: { setup: `${opened} ${later}`, call: 'fs.writev(fd, [m, m2], settle)', inputs: { '1[]': '[m, m2]' }, observe: `(await done, ${closed})` } },
];

function onHandle(name: string, signature: string, facts: Omit<ModelRow, 'api' | 'signature'>): ModelRow {
  return { api: `node:fs/promises#FileHandle.prototype.${name}`, signature, ...facts };
}

const closedHandle = `(await $result, await h.close(), ${reopened})`;

const handles: readonly ModelRow[] = [
  onHandle('read', 'read([buffer[, offset[, length[, position]]]])', {
    result: promise(unknown), writesLater: [0, { property: 'buffer', of: 0 }], retains: [0], exercise: { setup: `${handle} const u = new Uint8Array(3); occupyThreads();`, call: 'h.read(u, 0, 3, 0)', inputs: { this: 'h', 0: 'u' }, observe: '(await $result, await h.close(), 0)' },
    note: 'Also with an object of options that holds the buffer. Gives the buffer back.',
  }),
  onHandle('readv', 'readv(buffers[, position])', { result: promise(unknown), writesLater: [{ elementsOf: 0 }], retains: [0], exercise: { setup: `${handle} const list = [new Uint8Array(3), new Uint8Array(2)]; occupyThreads();`, call: 'h.readv(list)', inputs: { this: 'h', '0[]': 'list' }, observe: '(await $result, await h.close(), 0)' } }),
  onHandle('write', 'write(buffer[, offset[, length[, position]]])', { result: promise(unknown), readsLater: [0], retains: [0], exercise: { setup: `${handle} occupyThreads();`, call: 'h.write(m)', inputs: { this: 'h', 0: 'm' }, observe: closedHandle }, note: 'Gives the buffer back.' }),
  onHandle('writev', 'writev(buffers[, position])', { result: promise(unknown), readsLater: [{ elementsOf: 0 }], retains: [0, { elementsOf: 0 }], exercise: { setup: `${handle} occupyThreads();`, call: 'h.writev([m, m2])', inputs: { this: 'h', '0[]': '[m, m2]' }, observe: closedHandle } }),
  ...['writeFile', 'appendFile'].map((name) => onHandle(name, `${name}(data[, options])`, { result: promise(scalar), readsLater: [0, { elementsOf: 0 }], retains: [0, 1], exercise: { setup: `${handle} occupyThreads();`, call: `h.${name}(m)`, inputs: { this: 'h', 0: 'm' }, observe: closedHandle } })),
  onHandle('readFile', 'readFile([options])', { result: promise(unknown), retains: [0], exercise: { setup: handle, call: 'h.readFile()', inputs: { this: 'h' }, observe: '(await $result, await h.close(), 0)' }, note: 'A Buffer, or a text with an encoding.' }),
  onHandle('stat', 'stat([options])', { result: promise(stats), exercise: { setup: handle, call: 'h.stat()', inputs: { this: 'h' }, observe: '(await $result, await h.close(), 0)' } }),
  ...['sync', 'datasync'].map((name) => onHandle(name, `${name}()`, { result: promise(scalar), exercise: { setup: handle, call: `h.${name}()`, inputs: { this: 'h' }, observe: '(await $result, await h.close(), 0)' } })),
  onHandle('close', 'close()', { result: promise(scalar), exercise: { setup: handle, call: 'h.close()', inputs: { this: 'h' } } }),
  onHandle('truncate', 'truncate([len])', { result: promise(scalar), exercise: { setup: handle, call: 'h.truncate(1)', inputs: { this: 'h' }, observe: '(await $result, await h.close(), 0)' } }),
  onHandle('utimes', 'utimes(atime, mtime)', { result: promise(scalar), exercise: { setup: handle, call: 'h.utimes(1, 1)', inputs: { this: 'h' }, observe: '(await $result, await h.close(), 0)' } }),
  onHandle('chmod', 'chmod(mode)', { result: promise(scalar), exercise: { setup: handle, call: 'h.chmod(0o600)', inputs: { this: 'h' }, observe: '(await $result, await h.close(), 0)' } }),
  onHandle('createReadStream', 'createReadStream([options])', { result: { kind: 'object', class: 'node:fs#ReadStream', holds: [0] }, retains: [0], exercise: { setup: handle, call: 'h.createReadStream()', inputs: { this: 'h' }, observe: '($result.destroy(), await h.close(), 0)' } }),
  onHandle('createWriteStream', 'createWriteStream([options])', { result: { kind: 'object', class: 'node:fs#WriteStream', holds: [0] }, retains: [0], exercise: { setup: handle, call: 'h.createWriteStream()', inputs: { this: 'h' }, observe: '($result.destroy(), await h.close(), 0)' } }),
];

const fileStreams: readonly ModelRow[] = (['Read', 'Write'] as const).map((kind): ModelRow => ({
  api: `node:fs#create${kind}Stream`, signature: `create${kind}Stream(path[, options])`, result: { kind: 'object', class: `node:fs#${kind}Stream`, holds: [1] }, readsLater: [0], retains: [0, 1],
  exercise: { setup: file, call: `fs.create${kind}Stream(path)`, inputs: {}, observe: '($result.destroy(), 0)' },
}));

export const nodeFsFamily: ModelFamily = {
  name: 'node:fs',
  classes: [
    { name: 'node:fs/promises#FileHandle', kind: 'object', properties: { fd: scalar }, declared: [{ name: 'FileHandle', from: 'node:fs/promises' }] },
    { name: 'node:fs#Stats', kind: 'object', properties: { size: scalar, mtimeMs: scalar, mode: scalar, ino: scalar, dev: scalar }, declared: [{ name: 'Stats', from: 'node:fs' }] },
    { name: 'node:fs#ReadStream', kind: 'object', extends: 'node:stream#Readable', declared: [{ name: 'ReadStream', from: 'node:fs' }] },
    { name: 'node:fs#WriteStream', kind: 'object', extends: 'node:stream#Writable', declared: [{ name: 'WriteStream', from: 'node:fs' }] },
  ],
  rows: [...otherPaths, ...reading, ...writing, ...handles, ...fileStreams],
  aliases: { 'node:fs#promises': 'node:fs/promises#' },
};
