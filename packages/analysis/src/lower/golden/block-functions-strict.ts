export function strict(x: boolean) {
  if (x) {
    return helper();
    function helper() { return x; }
  }
  return 0;
}
