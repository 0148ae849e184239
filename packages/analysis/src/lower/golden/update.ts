export function count(o: any, i: number): number {
  i++;
  --i;
  o.n++;
  const before = o[i++]--;
  return before + ++o.n;
}
