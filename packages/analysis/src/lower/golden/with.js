function old(o) {
  var x = 1;
  with (o) { x = y; if (x) return x; }
  return x;
}
