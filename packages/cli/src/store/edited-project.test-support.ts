/**
 * A small project that is audited again and again while it is edited: what the memory of audits is tested on.
 * Its own, tiny types of Node keep one audit short.
 */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryFolder } from '../temporary-folder.test-support.js';

export const projectFiles: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "edited", "type": "module", "engines": { "node": ">=22" } }',
  'tsconfig.json': '{ "compilerOptions": { "strict": true, "target": "es2022", "lib": ["es5"], "module": "nodenext" }, "include": ["src"] }',
  'node_modules/@types/node/package.json': '{ "name": "@types/node", "version": "22.0.0", "types": "index.d.ts" }',
  'node_modules/@types/node/index.d.ts': `interface Buffer extends Uint8Array { slice(start?: number, end?: number): Buffer; subarray(start?: number, end?: number): Buffer; toString(encoding?: string): string }
declare var Buffer: { from(data: string | Uint8Array, encoding?: string): Buffer; alloc(size: number): Buffer; concat(list: readonly Uint8Array[]): Buffer };
declare module 'node:crypto' { interface Hash { update(data: Uint8Array | string): Hash; digest(): Buffer } export function createHash(name: string): Hash; }
`,
  'node_modules/dep/package.json': '{ "name": "dep", "version": "1.0.0", "types": "index.d.ts" }',
  'node_modules/dep/index.d.ts': 'export declare function frame(): Uint8Array;\n',
  'src/types.ts': "export interface Message { readonly header: Uint8Array; readonly size: number }\nexport class Session {\n  key: Uint8Array = new Uint8Array(32);\n  first(): Uint8Array { return this.key; }\n}\n",
  'src/helper.ts': "export function head(bytes: Uint8Array): Uint8Array {\n  return bytes.subarray(0, 8);\n}\nexport const tail = (bytes: Uint8Array) => bytes.subarray(8);\n",
  'src/digest.ts': "import { createHash } from 'node:crypto';\nimport { head, tail } from './helper.js';\nimport type { Message } from './types.js';\n/** @hot */\nexport function digest(message: Message): Buffer {\n  const hash = createHash('sha256');\n  hash.update(message.header.slice(0, 4096));\n  hash.update(head(message.header));\n  hash.update(tail(message.header));\n  return hash.digest();\n}\n",
  'src/session.ts': "import { createHash } from 'node:crypto';\nimport { frame } from 'dep';\nimport { Session } from './types.js';\nexport function sign(session: Session): Buffer {\n  const own = frame();\n  return createHash('sha256').update(own.slice(1)).update(session.first().slice(4)).digest();\n}\n",
};

export interface EditedProject {
  readonly folder: string;
  write(name: string, text: string): void;
  remove(name: string): void;
  rename(from: string, to: string): void;
}

export function editedProject(files: Readonly<Record<string, string>> = projectFiles): EditedProject {
  const folder = temporaryFolder(files);
  return {
    folder,
    write(name, text) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    },
    remove: (name) => rmSync(join(folder, name), { force: true, recursive: true }),
    rename: (from, to) => renameSync(join(folder, from), join(folder, to)),
  };
}

export interface Edit {
  readonly name: string;
  readonly apply: (project: EditedProject) => void;
}

const file = (name: string): string => projectFiles[name] ?? '';
const rewrite = (name: string, from: string, to: string): Edit => ({ name: `${name}: ${from} -> ${to}`, apply: (project) => project.write(name, file(name).replace(from, to)) });

/** Each leaves a project on which each other can be made. */
export const edits: readonly Edit[] = [
  { name: 'nothing', apply: () => undefined },
  { name: 'everything as it was', apply: (project) => { for (const [name, text] of Object.entries(projectFiles)) project.write(name, text); } },
  { name: 'same text again', apply: (project) => project.write('src/helper.ts', file('src/helper.ts')) },
  rewrite('src/helper.ts', 'return bytes.subarray(0, 8);', 'bytes.fill(0);\n  return bytes.subarray(0, 8);'),
  rewrite('src/helper.ts', 'return bytes.subarray(0, 8);', '// first\n  return bytes.slice(0, 8);'),
  rewrite('src/helper.ts', '(bytes: Uint8Array) => bytes.subarray(8)', '(bytes: Uint8Array) => Buffer.from(bytes)'),
  rewrite('src/helper.ts', '(bytes: Uint8Array) => bytes.subarray(8)', '(bytes: Uint8Array) => "text"'),
  rewrite('src/helper.ts', 'export const tail', "import { Session } from './types.js';\nSession.prototype.first = () => new Uint8Array(1);\nexport const tail"),
  rewrite('src/types.ts', 'header: Uint8Array', 'header: readonly number[]'),
  rewrite('src/types.ts', 'key: Uint8Array', 'key: Buffer'),
  rewrite('src/types.ts', 'first(): Uint8Array { return this.key; }', 'first(): Uint8Array { return this.key.slice(); }'),
  rewrite('src/types.ts', 'first(): Uint8Array', 'first(): number[]'),
  rewrite('src/types.ts', 'export interface Message', 'declare global { interface Uint8Array { sliced: true } }\nexport interface Message'),
  rewrite('src/digest.ts', '/** @hot */', ''),
  rewrite('src/digest.ts', 'slice(0, 4096)', 'slice(0, 64)'),
  rewrite('src/digest.ts', 'return hash.digest();', 'message.header.fill(0);\n  return hash.digest();'),
  rewrite('src/digest.ts', 'return hash.digest();', 'return hash.digest('),
  rewrite('src/session.ts', 'own.slice(1)', 'Buffer.concat([own, own])'),
  rewrite('src/session.ts', "import { frame } from 'dep';", "import test from 'node:test';\nimport { frame } from 'dep';"),
  rewrite('node_modules/dep/index.d.ts', 'Uint8Array', 'string'),
  rewrite('node_modules/@types/node/index.d.ts', 'slice(start?: number, end?: number): Buffer; ', ''),
  rewrite('tsconfig.json', '"strict": true', '"strict": false'),
  rewrite('tsconfig.json', '"include": ["src"]', '"include": ["src"], "exclude": ["src/session.ts"]'),
  rewrite('tsconfig.json', '"lib": ["es5"]', '"lib": ["es5"], "typeRoots": ["./nowhere"]'),
  rewrite('package.json', '>=22', '>=20'),
  { name: 'a file more', apply: (project) => project.write('src/more/added.ts', "import { createHash } from 'node:crypto';\nexport const of = (key: Uint8Array): Buffer => createHash('sha1').update(key.slice(2)).digest();\n") },
  { name: 'a file less', apply: (project) => project.remove('src/more') },
  { name: 'a script beside its source', apply: (project) => project.write('src/helper.js', 'export const head = 1;\n') },
  { name: 'no script beside its source', apply: (project) => project.remove('src/helper.js') },
  { name: 'a file renamed', apply: (project) => { project.write('src/old.ts', file('src/session.ts').replaceAll('sign', 'seal')); project.rename('src/old.ts', 'src/renamed.ts'); } },
  { name: 'no renamed file', apply: (project) => project.remove('src/renamed.ts') },
  { name: 'a dependency less', apply: (project) => project.remove('node_modules/dep/index.d.ts') },
];
