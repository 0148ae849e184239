// Owns chance: numbers that follow from a seed alone, so that a program can be made again from its seed. What is decided by them is left to the makers of programs.

export interface Dice {
  /** An integer in [0, limit). */
  readonly roll: (limit: number) => number;
  /** True once in `times`. */
  readonly once: (times: number) => boolean;
  readonly pick: <T>(list: readonly T[]) => T;
}

/** mulberry32, started from a seed that is mixed first, since neighbors would begin alike. */
export function createDice(seed: number): Dice {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0;
  const roll = (limit: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * limit);
  };
  return { roll, once: (times) => roll(times) === 0, pick: (list) => list[roll(list.length)]! };
}
