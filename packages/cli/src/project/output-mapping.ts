/** From compiled output back to sources: imports of a sibling project's `dist` lead to the files of the audit. */
import { dirname, relative, sep } from 'node:path';
import type * as typescript from 'typescript';

/** A folder of compiled output, and the folder it is compiled from. Absolute. */
export interface OutputMapping {
  readonly output: string;
  readonly source: string;
}

export function outputMapping(options: typescript.CompilerOptions, configFile: string): OutputMapping | null {
  const output = options.declarationDir ?? options.outDir;
  if (output === undefined) return null;
  return { output, source: options.rootDir ?? dirname(configFile) };
}

/** Names of sources that the declaration or script file could be compiled from; empty when it is no output. */
export function possibleSources(mappings: readonly OutputMapping[], file: string): string[] {
  for (const { output, source } of mappings) {
    const path = relative(output, file);
    if (path.startsWith('..') || path === '') continue;
    const stem = `${source}${sep}${path}`.replace(/(\.d)?\.([cm]?)[jt]sx?$/, '');
    const letter = /\.([cm])[jt]sx?$/.exec(path)?.[1] ?? '';
    return [`${stem}.${letter}ts`, `${stem}.${letter}tsx`];
  }
  return [];
}
