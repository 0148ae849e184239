// The rules as ESLint runs them, with types and without: what is reported, what is fixed on save, what is only suggested.
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { RuleTester } from '@typescript-eslint/rule-tester';
import { afterAll, describe, it } from 'vitest';
import { rules } from '@scrimp/rules';
import { createEslintRule } from './eslint-rule.js';
import { analyzeLintedFile } from './file-analysis.js';
import { shareAnalysis } from './shared-analysis.js';

RuleTester.afterAll = afterAll;
RuleTester.describe = describe;
RuleTester.it = it;

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'scrimp-rule-tester-')));
const typeRoots = [dirname(dirname(createRequire(import.meta.url).resolve('@types/node/package.json')))];
writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: { strict: true, target: 'es2022', module: 'nodenext', skipLibCheck: true, typeRoots, types: ['node'] }, files: ['file.ts'] }));
writeFileSync(join(folder, 'file.ts'), '');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const withTypes = new RuleTester({ languageOptions: { parserOptions: { project: ['./tsconfig.json'], tsconfigRootDir: folder } } });
const withoutTypes = new RuleTester();

const analysisOf = shareAnalysis(rules, analyzeLintedFile);

type TestedRule = Parameters<RuleTester['run']>[1];

function ruleNamed(id: string): TestedRule {
  const rule = rules.find(({ meta }) => meta.id === id);
  if (rule === undefined) throw new Error(`there is no rule ${id}`);
  // The tester may come with types of another patch version than the ones that the plugin is written with.
  const eslintRule: unknown = createEslintRule(rule.meta, analysisOf);
  return eslintRule as TestedRule;
}

const hashesOwnBlock = (argument: string): string => `
import { createHash } from 'node:crypto';
export function sum(): Uint8Array {
  const block = new Uint8Array(1024);
  block[0] = 1;
  const hash = createHash('sha256');
  hash.update('v1');
  return hash.update(${argument}).digest();
}
`;
const hashesCaller = (argument: string): string => `
import { createHash } from 'node:crypto';
export function feed(frame: Uint8Array): Uint8Array {
  const hash = createHash('sha256');
  hash.update('v1');
  return hash.update(${argument}).digest();
}
`;
const copiesOwnCounter = (copy: string): string => `export function copy(): Uint8Array {
  const counter = new Uint8Array(16);
  counter[0] = 1;
  return ${copy};
}
`;
const digests = (expression: string): string => `
import * as crypto from 'node:crypto';
import { createHash } from 'node:crypto';
export const digest = (payload: Uint8Array): unknown => [createHash, ${expression}];
`;

for (const [name, tester] of [['with types', withTypes], ['without types', withoutTypes]] as const) {
  tester.run(`no-slice-into-sync-sink ${name}`, ruleNamed('no-slice-into-sync-sink'), {
    valid: [
      hashesOwnBlock('block.subarray(0, 256)'),
      { name: 'a waiver with a reason', code: hashesOwnBlock('\n    // scrimp-ignore-next-line no-slice-into-sync-sink -- measured: not hot\n    block.slice(0, 256),\n  ') },
      { name: 'cold code', code: `import { createHash } from 'node:crypto';\nconst block = new Uint8Array(1024);\ncreateHash('sha256').update(block.slice(0, 256));\n` },
    ],
    invalid: [
      {
        name: 'proved: a fix',
        code: hashesOwnBlock('block.slice(0, 256)'),
        output: hashesOwnBlock('block.subarray(0, 256)'),
        errors: [{ messageId: 'copy', line: 8, column: 22, endLine: 8, endColumn: 41 }],
      },
      {
        name: 'assumed: a suggestion',
        code: hashesCaller('frame.slice(0, 256)'),
        errors: [{ messageId: 'copy', suggestions: [{ messageId: 'applyEdits', output: hashesCaller('frame.subarray(0, 256)') }] }],
      },
    ],
  });

  tester.run(`no-byte-spread ${name}`, ruleNamed('no-byte-spread'), {
    valid: ['export const numbers = (a: readonly number[]): number[] => [...a, 1];'],
    invalid: [
      {
        name: 'proved: a fix',
        code: copiesOwnCounter('Uint8Array.from([...counter])'),
        output: copiesOwnCounter('new Uint8Array(counter)'),
        errors: [{ messageId: 'copy', line: 4 }],
      },
    ],
  });

  tester.run(`prefer-oneshot-hash ${name}`, ruleNamed('prefer-oneshot-hash'), {
    valid: [{ name: 'two updates', code: digests("createHash('sha256').update(payload).update(payload).digest()") }],
    invalid: [
      {
        name: 'assumed: a suggestion',
        code: digests("crypto.createHash('sha384').update(payload).digest('hex')"),
        errors: [{ messageId: 'object', suggestions: [{ messageId: 'applyEdits', output: digests("crypto.hash('sha384', payload, 'hex')") }] }],
      },
    ],
  });
}

// The type of a member is not written where it is used: only the checker knows it, and without it the rule is silent.
const hashesMember = (argument: string): string => `
import { createHash } from 'node:crypto';
interface Packet { readonly payload: Uint8Array }
export function digestOf(packet: Packet, seed: Uint8Array): Uint8Array {
  const hash = createHash('sha256');
  hash.update(seed);
  return hash.update(${argument}).digest();
}
`;

withTypes.run('no-slice-into-sync-sink, of a member, with types', ruleNamed('no-slice-into-sync-sink'), {
  valid: [],
  invalid: [{
    code: hashesMember('packet.payload.slice(0, 256)'),
    errors: [{ messageId: 'copy', suggestions: [{ messageId: 'applyEdits', output: hashesMember('packet.payload.subarray(0, 256)') }] }],
  }],
});

withoutTypes.run('no-slice-into-sync-sink, of a member, without types', ruleNamed('no-slice-into-sync-sink'), {
  valid: [hashesMember('packet.payload.slice(0, 256)')],
  invalid: [],
});
