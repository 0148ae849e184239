// Owns what may be the id of a rule: it is a folder, a page and the name that users write into their configuration.

/** Kebab case, words of lower-case letters and digits, the first one of letters: `no-byte-spread`. */
export function isValidRuleId(id: string): boolean {
  return /^[a-z]+(?:-[a-z0-9]+)+$/.test(id) && id.length <= 50;
}

/** Why a new rule cannot have this id; null when it can. */
export function problemOfNewRuleId(id: string, existing: readonly string[]): string | null {
  if (!isValidRuleId(id)) return `${JSON.stringify(id)} is not an id of a rule; name the waste in two or more words of kebab case, such as no-byte-spread`;
  if (existing.includes(id)) return `rules/${id} exists already; choose another id, or work on that rule`;
  return null;
}
