function run(text) {
  let secret = 1;
  const value = eval(text);
  (0, eval)(text);
  return () => secret + value;
}
