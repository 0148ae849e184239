export function mix(a: number, b: number): unknown {
  return [a + b * 2 - -b, a ** b, a >>> 1, ~a & b, !a, +a, void a, a instanceof Object, 'x' in Object(b), (a, b)];
}
