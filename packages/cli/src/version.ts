/** The version of this package, read from its own package.json, so that it is written once. */
import { readFileSync } from 'node:fs';

export function packageVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  const parsed: unknown = JSON.parse(text);
  const hasVersion = typeof parsed === 'object' && parsed !== null && 'version' in parsed && typeof parsed.version === 'string';
  if (!hasVersion) throw new Error('package.json of scrimp has no version');
  return String(parsed.version);
}
