// Owns random programs: a module, sometimes with a second one, made of units that share nothing but what their helpers share. `run` shows all that they left behind.
// What is in a unit is `units-*.ts`; running a program is `execute.ts`.
import ts from 'typescript';
import { createDice, type Dice } from './dice.js';
import { type HelperFunction, helperFunctions, type HelperName } from './helper-functions.js';
import { soup } from './unit-soup.js';
import type { Unit, Workshop } from './unit.js';
import { copyAcrossSuspension, copyAsArgument, copyInMethod, copyInVariable } from './units-copies.js';
import { copyOfFresh, hashObject, intoFrame, madeBeforeReady, madePerCall, spreadBytes } from './units-makers.js';

export interface RandomProgram {
  readonly seed: number;
  /** The file that exports `run`. */
  readonly entry: string;
  /** Texts by path below the workspace root. */
  readonly files: Readonly<Record<string, string>>;
}

/** Where the files of a program would be: below this package, so that its dependencies resolve. */
const folder = 'packages/testkit/src/fuzz-edits/generated';

const units: readonly ((shop: Workshop) => Unit)[] = [
  copyInVariable, copyInVariable, copyInVariable, copyAsArgument, copyAsArgument, copyInMethod, copyAcrossSuspension, copyOfFresh, copyOfFresh, spreadBytes, hashObject, madePerCall, madePerCall, madeBeforeReady, intoFrame, soup,
];

const imports = `import crypto from 'node:crypto';
import { createCipheriv, createHash, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
`;

/** The same seed gives the same program. A program that does not follow from the seed's units is a bug of this folder. */
export function createRandomProgram(seed: number): RandomProgram {
  const dice = createDice(seed);
  const used = new Set<HelperName>(['log']);
  const functions: string[] = [];
  const calls: string[] = [];
  const count = 1 + dice.roll(3);
  for (let number = 0; number < count; number += 1) {
    const unit = dice.pick(units)(workshop(dice, number, used));
    functions.push(...functionOf(unit, number, dice));
    calls.push(callOf(unit, number));
  }
  const helpers = declarationsOf(used);
  const isSplit = dice.once(4);
  const isPlain = dice.once(4);
  const name = `s${seed}`;
  const own = [...(isSplit ? [`import { ${helpers.names.join(', ')} } from './${name}-helpers.js';`] : helpers.texts), ...functions, ...runOf(calls, helpers.names)].filter((line) => line !== '').join('\n');
  const texts: Record<string, string> = { [`${folder}/${name}.ts`]: trimmed(`${imports}type Bytes = Uint8Array;\n${own}\n`) };
  if (isSplit) texts[`${folder}/${name}-helpers.ts`] = trimmed(`${imports}type Bytes = Uint8Array;\n${helpers.texts.join('\n')}\n`);
  const files = isPlain ? Object.fromEntries(Object.entries(texts).map(([path, text]) => [path.replace(/\.ts$/, '.js'), withoutTypes(text)])) : texts;
  return { seed, entry: `${folder}/${name}.${isPlain ? 'js' : 'ts'}`, files };
}

function workshop(dice: Dice, number: number, used: Set<HelperName>): Workshop {
  let names = 0;
  return {
    dice, number,
    use(helper) {
      used.add(helper);
      return helper;
    },
    fresh: (stem) => `${stem}${names++}`,
  };
}

function functionOf(unit: Unit, number: number, dice: Dice): string[] {
  const isAsync = unit.body.some((line) => /\bawait\b/.test(line)) || dice.once(6);
  const parameters = (unit.parameters ?? []).map((one) => `${one.name}: ${one.type}`).join(', ');
  const shown = [...unit.shown, 'late.map((one) => one())'].join(', ');
  const keepsLate = unit.body.some((line) => line.includes('late.'));
  const shownNow = keepsLate ? shown : unit.shown.join(', ');
  const head = dice.once(4) ? `const unit${number} = ${isAsync ? 'async ' : ''}(${parameters}): ${isAsync ? 'Promise<unknown>' : 'unknown'} => {` : `${dice.once(3) ? 'export ' : ''}${isAsync ? 'async ' : ''}function unit${number}(${parameters}): ${isAsync ? 'Promise<unknown>' : 'unknown'} {`;
  const mark = unit.hot === true ? ['/** @hot */'] : [];
  return [...(unit.before ?? []), ...mark, head, ...(keepsLate ? ['const late: (() => number | string)[] = [];'] : []), ...unit.body, `return [${shownNow}];`, head.endsWith('=> {') ? '};' : '}'];
}

function callOf(unit: Unit, number: number): string {
  return `shown.push(await unit${number}(${(unit.parameters ?? []).map((one) => one.given).join(', ')}));`;
}

function runOf(calls: readonly string[], helpers: readonly string[]): string[] {
  const shared = ['log', 'kept', 'slot'].filter((one) => helpers.includes(one));
  if (helpers.includes('table')) shared.push('[...table]');
  return [
    'export async function run(): Promise<unknown> {', 'const shown: unknown[] = [];',
    // Twice, since what is shared between calls shows in the second.
    ...calls.flatMap((call) => ['for (let round = 0; round < 2; round += 1) {', 'try {', call, '} catch (error) {', 'shown.push(String(error));', '}', '}']),
    `return [shown, ${shared.join(', ')}];`, '}',
  ];
}

/** Used helpers and what they need, in the order of their table, which is that of their needs. */
function declarationsOf(used: ReadonlySet<HelperName>): { readonly names: readonly HelperName[]; readonly texts: readonly string[] } {
  const all = new Set<HelperName>(used);
  for (const name of used) collectNeeds(name, all);
  const names = (Object.keys(helperFunctions) as HelperName[]).filter((one) => all.has(one));
  return { names, texts: names.map((one) => helperFunctions[one].text) };
}

function collectNeeds(name: HelperName, all: Set<HelperName>): void {
  all.add(name);
  const helper: HelperFunction = helperFunctions[name];
  for (const need of helper.needs ?? []) collectNeeds(need as HelperName, all);
}

/** Imports that nothing uses would only be work for everybody. */
function trimmed(text: string): string {
  const lines = text.split('\n');
  const rest = lines.filter((line) => !line.startsWith('import ')).join('\n');
  const mentions = (name: string): boolean => new RegExp(String.raw`(?<![\w$']|(?<!\.\.)\.)${name}(?![\w$])`).test(rest);
  return lines.flatMap((line) => {
    const named = /^import \{ (.*) \} from (.*)$/.exec(line);
    if (named !== null) {
      const names = named[1]!.split(', ').filter(mentions);
      return names.length === 0 && !line.includes("'./") ? [] : [`import { ${names.join(', ')} } from ${named[2]!}`];
    }
    return line.startsWith('import crypto') && !mentions('crypto') ? [] : [line];
  }).join('\n');
}

/** JavaScript with the same lines of code. */
export function withoutTypes(text: string): string {
  return ts.transpileModule(text, { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true, removeComments: false } }).outputText;
}
