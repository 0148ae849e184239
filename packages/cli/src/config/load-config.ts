/**
 * Finds and loads `scrimp.config.{ts,mts,js,mjs,json}`: the nearest one at or above a folder, up to the root of the repository, or the file that is named.
 * A config in JavaScript is code of the project and is run; nothing else of the project ever is. What it may say is `config.ts`.
 */
import { dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fileErrorReason, type FileSystem } from '../project/file-system.js';
import { defaultConfig, readConfig, type RowReader, type ScrimpConfig } from './config.js';

export interface LoadedConfig {
  readonly config: ScrimpConfig;
  /** Absolute; null when there is none. */
  readonly file: string | null;
}

export interface ConfigRequest {
  readonly fileSystem: FileSystem;
  /** Absolute. */
  readonly cwd: string;
  /** As typed; null to look for one. */
  readonly named: string | null;
}

const fileNames: readonly string[] = ['ts', 'mts', 'js', 'mjs', 'json'].map((ending) => `scrimp.config.${ending}`);

/** The config, or one sentence on the first thing that is wrong with it. Defaults when there is no file. */
export async function loadConfig({ fileSystem, cwd, named }: ConfigRequest): Promise<LoadedConfig | { readonly problem: string }> {
  const found = named === null ? findConfig(fileSystem, cwd) : { file: resolve(cwd, named) };
  if ('problem' in found) return found;
  const { file } = found;
  if (file === null) return { config: defaultConfig, file: null };
  const name = relative(cwd, file);
  const loaded = await loadValue(fileSystem, file);
  if ('problem' in loaded) return { problem: `${name} ${loaded.problem}` };
  try {
    const { config, problems: [problem] } = readConfig(loaded.value, await rowReader(loaded.value));
    return problem === undefined ? { config, file } : { problem: `${name}: ${problem}` };
  } catch (error) {
    // A getter or a proxy of the config threw.
    return { problem: `${name} cannot be read: ${firstLine(error)}` };
  }
}

/** An audit whose answer is at hand loads no engine; only a config with rows needs it to be understood. */
async function rowReader(written: unknown): Promise<RowReader> {
  const hasRows = typeof written === 'object' && written !== null && 'model' in written;
  return hasRows ? (await import('@scrimp/analysis')).readUserRows : () => ({ model: null, problems: [] });
}

function findConfig(fileSystem: FileSystem, cwd: string): { readonly file: string | null } | { readonly problem: string } {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const [first, second] = fileNames.map((name) => join(folder, name)).filter((path) => fileSystem.kindOf(path) === 'file');
    if (first !== undefined && second !== undefined) return { problem: `${relative(cwd, first)} and ${relative(cwd, second)} both configure this folder; keep one` };
    if (first !== undefined) return { file: first };
    // The root of a repository is where a project ends.
    if (dirname(folder) === folder || fileSystem.kindOf(join(folder, '.git')) !== null) return { file: null };
  }
}

async function loadValue(fileSystem: FileSystem, file: string): Promise<{ readonly value: unknown } | { readonly problem: string }> {
  let text: string;
  try {
    text = fileSystem.read(file).toString('utf8').replace(/^\ufeff/, '');
  } catch (error) {
    return { problem: `cannot be read: ${fileErrorReason(error)}` };
  }
  if (file.endsWith('.json')) {
    try {
      return { value: JSON.parse(text) };
    } catch (error) {
      return { problem: `is not JSON: ${firstLine(error)}` };
    }
  }
  try {
    const module = await import(await importable(file, text)) as { readonly default?: unknown };
    return 'default' in module ? { value: module.default } : { problem: 'has no default export; write export default { hot: ["Session.*"] }' };
  } catch (error) {
    return { problem: `cannot be loaded: ${firstLine(error)}` };
  }
}

/** The URL of a module that this Node can import. The text takes part, so that a file that was changed is loaded anew. */
async function importable(file: string, text: string): Promise<string> {
  if (!/\.m?ts$/.test(file)) return `${pathToFileURL(file).href}?${String(hashOf(text))}`;
  // Types are taken out here, as Node 20 cannot; the text is then a module without a place, which can import types and Node's own modules.
  const { ts } = await import('../typescript.js');
  const { outputText, diagnostics } = ts.transpileModule(text, { fileName: file, reportDiagnostics: true, compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, verbatimModuleSyntax: false } });
  const [wrong] = diagnostics ?? [];
  if (wrong !== undefined) throw new SyntaxError(ts.flattenDiagnosticMessageText(wrong.messageText, ' '));
  return `data:text/javascript;charset=utf-8,${encodeURIComponent(outputText)}`;
}

function hashOf(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(index)) >>> 0;
  return hash;
}

function firstLine(error: unknown): string {
  return messageOf(error).split('\n', 1)[0]!;
}

/** A config can throw anything, and what it throws can throw when it is asked what it is. */
function messageOf(error: unknown): string {
  try {
    const said: unknown = error instanceof Error ? error.message : error;
    return String(said);
  } catch {
    return `it throws ${typeof error === 'object' ? 'an object' : 'a value'} that has no text`;
  }
}
