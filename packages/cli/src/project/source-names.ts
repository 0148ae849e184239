/** Which files are sources, and which folders are left out unless they are named. Judged by name alone. */

const sourceName = /\.[cm]?[jt]sx?$/;
const declarationName = /\.d(\.[^.]+)?\.[cm]?ts$/;
const minifiedName = /[.-]min\.[cm]?js$/;
const scriptName = /\.([cm]?)js(x?)$/;

export function isSourceName(name: string): boolean {
  return sourceName.test(name);
}

export function isDeclarationName(name: string): boolean {
  return declarationName.test(name);
}

export function isMinifiedName(name: string): boolean {
  return minifiedName.test(name);
}

/** Names of TypeScript files whose compiled output a JavaScript file of this name would be. */
export function possibleSourcesOfScript(name: string): string[] {
  if (!scriptName.test(name)) return [];
  return [name.replace(scriptName, '.$1ts'), name.replace(scriptName, '.$1tsx')];
}

/** Folders that hold other people's code or output: left out when a folder above them is audited. */
export function isExcludedFolder(name: string): boolean {
  return name === 'node_modules' || name === 'dist' || (name.startsWith('.') && name !== '.' && name !== '..');
}
