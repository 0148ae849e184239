export function capture(n: number) {
  const fs = [];
  for (let i = 0, j = n; i < j; i++) fs.push(() => i);
  for (let i = 0, f = () => i; i < 1; i++) fs.push(f);
  for (const c = 1; c > n;) break;
  for (;;) { if (n--) continue; return fs; }
}
