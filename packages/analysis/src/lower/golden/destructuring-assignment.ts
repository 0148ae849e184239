export function swap(o: any, a: any, b: any) {
  [a, b] = [b, a];
  [o.x = a, o[b()], ...o.rest] = a;
  ({ a, b: o.y, c: [o.z] = b, ...o.others } = o);
  return ([a] = b);
}
