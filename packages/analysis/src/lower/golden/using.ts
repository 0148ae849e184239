export async function scoped(open: any) {
  using a = open();
  await using b = open(a);
  return b;
}
