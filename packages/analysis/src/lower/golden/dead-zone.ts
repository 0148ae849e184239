export function dead() {
  const read = () => late;
  read();
  let late = 1;
  let empty;
  { const late = 2; empty = late; }
  return [late, empty];
}
