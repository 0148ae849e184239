export async function wait(p: any) {
  const x = await p;
  try { return await x.y; } catch (e) { throw await e; }
}
export const arrow = async (p: any) => (await p).z;
