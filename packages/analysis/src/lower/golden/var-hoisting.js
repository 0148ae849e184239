use(later, early());
var later = 1;
function early() {
  if (later) { var inner = 2; }
  for (var i = 0; i < 2; i++) { var j = i; }
  return inner + j;
}
var later;
function use() {}
function use(x) { return x; }
