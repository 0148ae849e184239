export function decide(x: number) {
  if (x > 2) return 'big';
  else if (x > 1 || x < -1) { x = 5; }
  else x++;
  return x;
}
