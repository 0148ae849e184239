export function loops(n: number) {
  while (n > 0) { if (n === 3) continue; n--; }
  do { n++; if (n > 9) break; } while (n < 10 && n !== 7);
  while (true) { return n; }
}
