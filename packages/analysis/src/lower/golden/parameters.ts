export function parameters(a = 1, { b, c: [d] = [2] }: any = {}, ...rest: number[]) {
  var a = a + 1;
  return () => [a, b, d, rest];
}
export function dead(x = y, y = () => x) { return y; }
export function simple(this: unknown, a: number, b?: string) { return a + b!.length; }
