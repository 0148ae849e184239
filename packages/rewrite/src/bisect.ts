// Owns the search for guilty rewrites: which of them can be kept together so that a check passes.

export interface Bisection {
  readonly kept: readonly string[];
  /** What the check said of each that is not kept, added alone to those kept before it. */
  readonly guilty: ReadonlyMap<string, string>;
}

/**
 * Keeps as many as pass together, in order. The check is asked once when all are innocent, and about `2 log2(n)` times per guilty one.
 * It says null, or what is wrong. Each one left out fails together with those kept; two that only pass together may both be left out.
 */
export async function keepPassing(ids: readonly string[], check: (ids: readonly string[]) => Promise<string | null>): Promise<Bisection> {
  const kept: string[] = [];
  const guilty = new Map<string, string>();
  await addPassing(ids);
  return { kept, guilty };

  async function addPassing(part: readonly string[]): Promise<void> {
    const [first] = part;
    if (first === undefined) return;
    const problem = await check([...kept, ...part]);
    if (problem === null) {
      kept.push(...part);
      return;
    }
    if (part.length === 1) {
      guilty.set(first, problem);
      return;
    }
    const middle = part.length >> 1;
    await addPassing(part.slice(0, middle));
    await addPassing(part.slice(middle));
  }
}
