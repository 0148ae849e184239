export function pick(x: unknown, f: any) {
  switch (f(x)) {
    case 1: f('one');
    case 2: { let local = 2; f(local); break; }
    default: f('default');
    case f(): const shared = 3; return shared;
    case 'last': function hoisted() { return 1; } return hoisted();
  }
  return 0;
}
