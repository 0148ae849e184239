export function* steps(n = start()): Generator<number> {
  const got = yield n;
  try { yield* more(got); yield 1; }
  finally { clean(); }
  for (const x of [1, 2]) yield x;
  return 3;
}
declare function start(): any; declare function more(x: any): any; declare function clean(): void;
