export function each(list: Iterable<any>, t: any) {
  for (const { a, b = 1 } of list) { if (a) continue; if (b) break; use(a); }
  for ([t.x, t.y] of list) use(t);
  for (let x of [x!]) return x;
  return 0;
}
declare function use(x: unknown): void;
