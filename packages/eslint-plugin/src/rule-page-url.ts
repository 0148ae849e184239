/**
 * Where the page of a rule is: the README.md that is installed with @scrimp/rules, which an editor opens, without a network and in the version that is linted with.
 * What a page says is the rule's own.
 */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** `file:///…/@scrimp/rules/<id>/README.md`; null where the page is not installed, as in a bundle: no link is better than a dead one. */
export function rulePageUrl(id: string): string | null {
  try {
    return pathToFileURL(createRequire(import.meta.url).resolve(`@scrimp/rules/${id}/README.md`)).href;
  } catch {
    return null;
  }
}
