f();
{
  function f() { return 1; }
  f();
}
if (f) function g() {}
{
  let h;
  { function h() {} }
}
