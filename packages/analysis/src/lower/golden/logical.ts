export function choose(a: any, b: any, c: any): unknown {
  a && b();
  a || (b ?? c);
  const x = a && b || c;
  if (!(a && (b || !c))) return x;
  return a ? b : c ?? 1;
}
