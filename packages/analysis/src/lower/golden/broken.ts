const = 1;
function (a, { return a.; }
class { method( }
let x = y ??;
