// Owns what a rule's folder is on disk: its files as texts, and which of them make up the program that its tests analyze.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readPage } from './rule-page.js';
import type { PageFence } from './rule-page.js';
import type { SourceTexts } from './source-program.js';
import { workspaceRoot } from './workspace-root.js';

export interface RuleFolder {
  readonly id: string;
  /** Texts by file name: `rule.ts`, `README.md`. */
  readonly files: ReadonlyMap<string, string>;
}

/** A fence of the page with the path under which it is part of the program. */
export interface FenceSource extends PageFence {
  readonly path: string;
}

/** Ids of all rules below a root, sorted. A folder without a name of a rule (`dist`) is none. */
export function listRuleIds(root: string = workspaceRoot): string[] {
  return readdirSync(join(root, 'rules'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'dist' && entry.name !== 'node_modules' && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .sort();
}

export function readRuleFolder(id: string, root: string = workspaceRoot): RuleFolder {
  const path = join(root, 'rules', id);
  const names = existsSync(path) ? readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => entry.name).sort() : [];
  return { id, files: new Map(names.map((name) => [name, readFileSync(join(path, name), 'utf8').replaceAll('\r\n', '\n')])) };
}

/** The path of one of the folder's files below the workspace root. */
export function pathInRule(id: string, file: string): string {
  return `rules/${id}/${file}`;
}

/** Fixture files by their stem that the folder has: `reported` gives `reported.ts` and `reported.js`. */
export function fixtureFiles(folder: RuleFolder, stem: 'reported' | 'ok'): string[] {
  return [`${stem}.ts`, `${stem}.js`].filter((name) => folder.files.has(name));
}

export function fencesOf(folder: RuleFolder): FenceSource[] {
  return readPage(folder.files.get('README.md') ?? '').fences.map((fence) => ({ ...fence, path: pathInRule(folder.id, `README.line-${fence.line}.${fence.verdict}.ts`) }));
}

/** What is type-checked and analyzed of the folder, with the page's fences as files of their own. */
export function programTexts(folder: RuleFolder): SourceTexts {
  const texts: Record<string, string> = {};
  for (const name of ['reported.ts', 'reported.js', 'ok.ts', 'ok.js', 'breaks.ts', 'run.ts']) {
    const text = folder.files.get(name);
    if (text !== undefined) texts[pathInRule(folder.id, name)] = text;
  }
  for (const fence of fencesOf(folder)) texts[fence.path] = fence.text;
  return texts;
}
