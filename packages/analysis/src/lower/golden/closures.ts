export function outer(a: number) {
  let count = 0;
  const add = (n: number) => { count += n + a; return () => count; };
  function inner() { return add(1); }
  return { inner, reset: function () { count = 0; } };
}
