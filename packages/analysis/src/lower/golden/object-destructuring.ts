export function take(o: any, k: string) {
  const { a, b: c, ['d' + k]: e = 1, [k]: { f }, ...rest } = o;
  let {} = o;
  var { g = () => 1 } = o;
  return [a, c, e, f, rest, g];
}
