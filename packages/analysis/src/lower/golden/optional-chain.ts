export function chain(a: any, k: string) {
  a?.b.c(1);
  const x = a?.[k].d?.();
  const y = (a?.b)(2);
  const z = a!.b?.c!.d;
  delete a?.b.c;
  return [x, y, z, a.b?.(k)?.[0]];
}
