export function attempt(f: any) {
  try { f(); } catch { f(1); }
  try { f(); } catch ({ message, code = 1 }) { return [message, code]; }
  throw new Error('no');
}
