/** Versions of Node as `engines.node` writes them: the lowest that a range admits, and comparison. */

/** Lowest version that a range admits by its lower bounds, `18`, `16.20.1`; null when some alternative has none. */
export function lowestVersion(range: string): string | null {
  let lowest: string | null = null;
  for (const alternative of range.split('||')) {
    // In `>=20 <23` only the first is a lower bound; in `20 - 22` the first number is.
    const bounds = alternative.replaceAll(/<=?\s*v?[\d.x*]+(?:-[\w.]+)?/g, '');
    const found = /\d+(?:\.\d+){0,2}/.exec(bounds)?.[0];
    if (found === undefined) return null;
    lowest = lowest === null || isOlder(found, lowest) ? found : lowest;
  }
  return lowest;
}

/** Whether the first version is before the second; missing parts are zero. */
export function isOlder(left: string, right: string): boolean {
  const [first, second] = [left, right].map((version) => version.split('.').map(Number));
  for (let index = 0; index < 3; index += 1) {
    const difference = (first![index] ?? 0) - (second![index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
