function sloppy(a) {
  a = 2;
  return arguments[0] + (() => arguments.length)();
}
function strict(a) {
  'use strict';
  return [arguments, new.target, this];
}
const top = () => arguments;
