// Owns which files of the workspace are sources of ours, as opposed to code that exists to be analyzed (fixtures, what rules report, what codemods change).
import type { SourceModule } from './source-module.js';

const sourceFolders = /^(?:packages\/[^/]+\/(?:src|bin|bootstrap)|rules|codemods|reference-impl|fixtures\/programs)\//;
const analyzedCode = [
  /^rules\/[^/]+\/(?:reported|ok|breaks)\.[jt]s$/,
  /^codemods\/[^/]+\/(?:input|output|refuses)\.ts$/,
  /^fixtures\/programs\/(?!.*\.test\.ts$)/,
  /\/(?:fixtures|goldens?)\//,
];

/** Keeps the TypeScript and JavaScript modules that we wrote to be run. */
export function selectOwnSources(files: readonly SourceModule[]): SourceModule[] {
  return files.filter(({ path }) => /\.(?:ts|mts|js|mjs)$/.test(path) && sourceFolders.test(path) && !isAnalyzedCode(path));
}

function isAnalyzedCode(path: string): boolean {
  // The fixture programs' own tests live in a folder whose name says "fixtures", and are ours.
  if (/^fixtures\/programs\/.*\.test\.ts$/.test(path)) return false;
  return analyzedCode.some((pattern) => pattern.test(path));
}
