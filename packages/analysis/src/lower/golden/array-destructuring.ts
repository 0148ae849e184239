export function take(list: any, f: any) {
  const [a, , b] = list;
  const [c = f(), [d], ...rest] = list;
  const [] = list;
  return [a, b, c, d, rest];
}
