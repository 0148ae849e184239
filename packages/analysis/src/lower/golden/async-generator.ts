export async function* frames(s: any) {
  try { const x = yield s; yield* s.inner(x); return x; }
  finally { await s.close(); }
}
