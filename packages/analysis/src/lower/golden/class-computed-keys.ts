let n = 0;
export const C = class {
  [`k${n++}`] = 1;
  static [key()]() { return 2; }
  get [Symbol.toStringTag]() { return 'C'; }
  *[Symbol.iterator]() { yield 1; }
  'quoted' = n;
};
function key() { return 'k'; }
