leak = 1;
leak += 2;
delete leak;
var own = 1;
delete own;
function legacy(a, a) { return a; }
for (var i = 5 in {}) legacy(i);
