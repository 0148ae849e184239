export function nested(f: any) {
  for (const x of f) {
    try {
      try { if (x) return f(x); if (f.y) continue; if (f.z) break; f(); }
      finally { f('inner'); }
    } catch (e) { f(e); }
    finally { f('outer'); if (f.w) return 'override'; }
  }
  return 'end';
}
