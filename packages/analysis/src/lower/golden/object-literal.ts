export function make(a: any, k: any) {
  return {
    a, b: a.b, 'c-d': 1, 5: 2, [k]: 3, [`lit`]: 4, ...a,
    __proto__: a,
    method() { return super.toString(); },
    get g() { return a; }, set g(v) { a = v; },
    async *stream() { yield k; },
    arrow: () => k, ['__proto__']: 1,
  };
}
