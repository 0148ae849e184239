export class D extends Object {
  m(k: string) { super.a = 1; super[k] += 2; super[k]++; return [super.a, super[k], () => super.m, super.toString?.()]; }
  constructor() { const f = () => super(); f(); }
}
