export function keys(o: any, t: any) {
  const out = [];
  for (const k in o) { if (k === 'x') continue; out.push(k); }
  for (t.last in o);
  for (var v in o) break;
  return [out, v];
}
