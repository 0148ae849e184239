// Owns cutting down a failing program: lines are left out while it still fails. What failing means is the caller's.

export interface Shrinkable {
  readonly entry: string;
  readonly files: Readonly<Record<string, string>>;
}

/** The smallest program found, by lines, for which `fails` holds; the program itself must fail. Calls `fails` a few hundred times at most. */
export async function shrink(program: Shrinkable, fails: (program: Shrinkable) => Promise<boolean>, maximumTries = 600): Promise<Shrinkable> {
  let best = program;
  let tries = 0;
  for (let changed = true; changed && tries < maximumTries;) {
    changed = false;
    for (const file of Object.keys(best.files)) {
      for (let size = Math.ceil(best.files[file]!.split('\n').length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
        for (let start = 0; start < best.files[file]!.split('\n').length && tries < maximumTries;) {
          const lines = best.files[file]!.split('\n');
          const candidate = { entry: best.entry, files: { ...best.files, [file]: [...lines.slice(0, start), ...lines.slice(start + size)].join('\n') } };
          tries += 1;
          if (isBalanced(candidate.files[file]!) && await fails(candidate)) {
            best = candidate;
            changed = true;
          } else start += size;
        }
      }
    }
  }
  return best;
}

/** Most leavings-out break the braces; these need no try. Braces in texts are rare here and only cost a try. */
function isBalanced(text: string): boolean {
  let depth = 0;
  for (const one of text) {
    if (one === '{') depth += 1;
    if (one === '}') depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}
