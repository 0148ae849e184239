// The plugin in whole ESLints, 9 and 10, on a project of files: the same findings in both, and those of a session on the same file.
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import * as parser from '@typescript-eslint/parser';
import { checkerOracle, createSession, syntaxOracle, type Finding } from '@scrimp/analysis';
import { rules } from '@scrimp/rules';
import { ESLint as Eslint10, type Linter } from 'eslint';
import { ESLint as Eslint9 } from 'eslint-9';
import ts from 'typescript-classic';
import { afterAll, describe, expect, it } from 'vitest';
import { analyzeLintedFile, shownInEditor } from './file-analysis.js';
import { hoverText } from './finding-report.js';
import plugin from './index.js';
import { createPlugin, type PresetName, type ScrimpPlugin } from './plugin.js';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'scrimp-hosts-')));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// What every rule reports, and its innocent neighbors, is the fixture: a new rule is in it by being there.
const rulesFolder = join(import.meta.dirname, '../../../rules');
const files = readdirSync(rulesFolder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).flatMap(({ name }) =>
  readdirSync(join(rulesFolder, name)).filter((file) => /^(?:reported|ok)\.[jt]s$/.test(file)).map((file) => {
    // One name per file: of `a.js` and `a.ts` a TypeScript project takes the second only.
    const path = join(folder, `${name}-${file.slice(-2)}-${file}`);
    writeFileSync(path, readFileSync(join(rulesFolder, name, file)));
    return path;
  }));
const requireHere = createRequire(import.meta.url);
const compilerOptions = { strict: true, allowJs: true, noEmit: true, skipLibCheck: true, target: 'es2022', module: 'nodenext', typeRoots: [dirname(dirname(requireHere.resolve('@types/node/package.json')))], types: ['node'] };
writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts', '*.js'] }));
writeFileSync(join(folder, 'package.json'), '{ "type": "module", "engines": { "node": ">=20.19" } }');

type AnyEslint = typeof Eslint10 | typeof Eslint9;
type Parsing = 'typed' | 'parsed' | 'espree';

interface Shown {
  readonly file: string;
  readonly ruleId: string | null;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** Whether it comes with a fix, a suggestion or neither. */
  readonly edits: 'fix' | 'suggestion' | 'none';
}

// Under CI=true typescript-eslint infers a single run and parses a file that comes a second time in a program of its own, without the standard library's types.
// Here every file comes many times, so that inference is off; a user meets it only in later passes of `--fix`, which then find less.
async function lint(Eslint: AnyEslint, parsing: Parsing, paths: readonly string[], more: Linter.Config = {}, preset: PresetName = 'all', used: ScrimpPlugin = plugin): Promise<Shown[]> {
  const languageOptions: Linter.LanguageOptions = parsing === 'espree' ? {} : { parser, ...(parsing === 'typed' ? { parserOptions: { project: ['./tsconfig.json'], tsconfigRootDir: folder, disallowAutomaticSingleRunInference: true } } : {}) };
  const config = [{ files: ['**/*.ts', '**/*.js'], languageOptions, linterOptions: { reportUnusedDisableDirectives: 'off' } }, used.configs[preset], more];
  const eslint = new Eslint({ cwd: folder, overrideConfigFile: true, overrideConfig: config as never });
  const results = await eslint.lintFiles([...paths]);
  return results.flatMap(({ filePath, messages }) => messages.map((message): Shown => ({
    file: basename(filePath), ruleId: message.ruleId, line: message.line, column: message.column, message: message.message,
    edits: message.fix !== undefined ? 'fix' : (message.suggestions?.length ?? 0) > 0 ? 'suggestion' : 'none',
  }))).sort(byPlace);
}

const byPlace = (left: Shown, right: Shown): number => (keyOf(left) < keyOf(right) ? -1 : 1);
const keyOf = (shown: Shown): string => [shown.file, String(shown.line).padStart(6, '0'), String(shown.column).padStart(6, '0'), shown.ruleId, shown.message].join('\0');

function asShown(finding: Finding): Shown {
  const { fix } = finding;
  const hasEdits = (fix?.edits?.length ?? 0) > 0;
  const edits = !hasEdits ? 'none' : fix?.tier === 'safe' ? 'fix' : 'suggestion';
  return { file: basename(finding.file), ruleId: `scrimp/${finding.rule}`, line: finding.line, column: finding.column, message: hoverText(finding), edits };
}

function sessionFindings(program: ts.Program | null, path: string): Shown[] {
  const sourceFile = program?.getSourceFile(path) ?? ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const session = createSession({ typescript: ts, oracle: program === null ? syntaxOracle(ts) : checkerOracle(ts, program), rules, target: 'node20', resolve: () => null });
  session.addFile(path, sourceFile);
  return shownInEditor(session.analyze()).filter(({ rule }) => rules.some(({ meta }) => meta.id === rule)).map(asShown);
}

function programOfFixtures(): ts.Program {
  const parsed = ts.parseJsonConfigFileContent(ts.readConfigFile(join(folder, 'tsconfig.json'), (path) => ts.sys.readFile(path)).config, ts.sys, folder);
  return ts.createProgram(parsed.fileNames, parsed.options);
}

describe('findings in ESLint', () => {
  it('are those of a session with types, in ESLint 10 and 9', async () => {
    const program = programOfFixtures();
    const expected = files.flatMap((file) => sessionFindings(program, file)).sort(byPlace);
    const shown = await lint(Eslint10, 'typed', files);
    expect(shown).toEqual(expected);
    expect(shown.length).toBeGreaterThan(50);
    expect(await lint(Eslint9, 'typed', files)).toEqual(shown);
  });

  it('are those of a session without types, in ESLint 10 and 9', async () => {
    const expected = files.flatMap((file) => sessionFindings(null, file)).sort(byPlace);
    const shown = await lint(Eslint10, 'parsed', files);
    expect(shown).toEqual(expected);
    expect(await lint(Eslint9, 'parsed', files)).toEqual(shown);
  });

  it('are those of a session in plain JavaScript that espree parsed', async () => {
    const path = join(folder, 'plain-script.js');
    writeFileSync(path, "import { createHash } from 'node:crypto';\nexport function sum() {\n  const block = new Uint8Array(1024);\n  block[0] = 1;\n  return createHash('sha1').update('v').update(block.slice(0, 256)).digest();\n}\n");
    const shown = await lint(Eslint10, 'espree', [path]);
    expect(shown).toEqual(sessionFindings(null, path));
    expect(shown.map(({ ruleId, edits }) => [ruleId, edits])).toContainEqual(['scrimp/no-slice-into-sync-sink', 'fix']);
    expect(await lint(Eslint9, 'espree', [path])).toEqual(shown);
  });
});

describe('one analysis per file', () => {
  it('serves all rules', async () => {
    const analyzed: string[] = [];
    const counting = createPlugin(rules, (file, all) => {
      analyzed.push(basename(file.path));
      return analyzeLintedFile(file, all);
    });
    await lint(Eslint10, 'typed', files, {}, 'all', counting);
    expect(analyzed.sort()).toEqual(files.map((file) => basename(file)).sort());
    expect(Object.keys(counting.configs.all.rules ?? {}).length).toBe(rules.length);
  });

  it('that fails is one message, and the other files keep theirs', async () => {
    const [first = '', second = ''] = files.filter((file) => file.includes('sync-sink'));
    const failing = createPlugin(rules, (file, all) => (file.path === first ? { findings: [], oracle: 'none', problem: 'scrimp could not analyze this file: example' } : analyzeLintedFile(file, all)));
    const shown = await lint(Eslint10, 'typed', [first, second], {}, 'all', failing);
    expect(shown.filter(({ file }) => file === basename(first)).map(({ message, line, column }) => ({ message, line, column }))).toEqual([{ message: 'scrimp could not analyze this file: example', line: 1, column: 1 }]);
    expect(shown.filter(({ file }) => file !== basename(first))).toEqual((await lint(Eslint10, 'typed', [second])));
  });

  it('turns a bug of a rule into a message', () => {
    const broken = { meta: rules[0]!.meta, check: () => { throw new Error('example'); } };
    const file = { path: join(folder, 'a.ts'), text: 'export const a = 1;', sourceCode: {}, parserServices: null, settings: undefined };
    expect(analyzeLintedFile(file, [broken]).problem).toBe('scrimp could not analyze this file: example; the file was skipped, please report this bug');
  });
});

describe('the user decides', () => {
  const code = (line: string): string => `import { createHash } from 'node:crypto';\nexport function sum(frame: Uint8Array): Uint8Array {\n  const hash = createHash('sha1');\n  hash.update('v');\n  ${line}\n  return hash.update(frame.slice(0, 256)).digest();\n}\n`;
  const write = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  it("with ESLint's own comments and with scrimp's", async () => {
    const paths = [write('eslint-comment.ts', code('// eslint-disable-next-line scrimp/no-slice-into-sync-sink -- measured')), write('own-comment.ts', code('// scrimp-ignore-next-line no-slice-into-sync-sink -- measured'))];
    expect(await lint(Eslint10, 'parsed', paths)).toEqual([]);
  });

  it('with a wrong setting, which is reported once', async () => {
    const path = write('wrong-setting.ts', code(''));
    const shown = await lint(Eslint10, 'parsed', [path], { settings: { scrimp: { target: 'node18' } } });
    expect(shown.map(({ message }) => message)).toEqual(['settings.scrimp.target must be one of node20, node22, node24, node26, not "node18"']);
  });

  it('with the least confidence of a rule', async () => {
    const path = write('confidence.ts', code(''));
    const withLeast = (confidence: string): Promise<Shown[]> => lint(Eslint10, 'parsed', [path], { rules: { 'scrimp/no-slice-into-sync-sink': ['warn', { confidence }] } });
    expect((await withLeast('likely')).length).toBe(1);
    expect(await withLeast('proven')).toEqual([]);
  });

  it('with a text that TypeScript cannot read, which is left to others', () => {
    const shown = analyzeLintedFile({ path: join(folder, 'page.vue'), text: '<template>{{ a }}</template>\n<script>export default {}</script>', sourceCode: {}, parserServices: null, settings: undefined }, rules);
    expect(shown).toEqual({ findings: [], oracle: 'none', problem: null });
  });
});

describe('presets', () => {
  it('are what the rules say of themselves', () => {
    const idsOf = (preset: PresetName): string[] => Object.keys(plugin.configs[preset].rules ?? {});
    const ids = (name: string): string[] => rules.filter(({ meta }) => (meta.presets as readonly string[]).includes(name)).map(({ meta }) => `scrimp/${meta.id}`);
    for (const preset of ['recommendedTypeChecked', 'hot', 'crypto', 'strict'] as const) expect(idsOf(preset)).toEqual(ids(preset === 'recommendedTypeChecked' ? 'recommended' : preset));
    expect(idsOf('all')).toEqual(rules.map(({ meta }) => `scrimp/${meta.id}`));
    expect(idsOf('recommended').every((id) => idsOf('recommendedTypeChecked').includes(id))).toBe(true);
  });

  it('recommend the slice that is only read once where there are types, and not where it would nearly never speak', () => {
    const entry = (preset: PresetName): unknown => plugin.configs[preset].rules?.['scrimp/no-slice-into-sync-sink'];
    expect(entry('recommendedTypeChecked')).toEqual(['warn', { confidence: 'likely' }]);
    expect(entry('recommended')).toBeUndefined();
  });

  it('recommend without types only what needs none, and with types what is recommended at all', () => {
    const recommended = rules.filter(({ meta }) => (meta.presets as readonly string[]).includes('recommended'));
    const idsOf = (preset: PresetName): string[] => Object.keys(plugin.configs[preset].rules ?? {});
    const needsNone = recommended.filter(({ meta }) => !(meta.needs as readonly string[]).includes('types'));
    expect(idsOf('recommended')).toEqual(needsNone.map(({ meta }) => `scrimp/${meta.id}`));
    expect(idsOf('recommendedTypeChecked')).toEqual(recommended.map(({ meta }) => `scrimp/${meta.id}`));
  });
});
