let total = 0;
export function assign(o: any, k: any, v: any): void {
  total = o.a = v;
  o[k] = v;
  o['b'] += v;
  o[k()] -= v();
  total *= 2;
  unresolved = total;
}
declare let unresolved: any;
