export function labels(rows: number[][]) {
  outer: for (const row of rows) {
    inner: for (let i = 0; i < row.length; i++) {
      if (row[i] === 0) continue outer;
      if (row[i] === 1) break outer;
      if (row[i] === 2) continue inner;
    }
  }
  block: { if (rows.length) break block; rows.pop(); }
}
