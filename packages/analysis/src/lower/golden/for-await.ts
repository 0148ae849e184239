export async function* pump(source: AsyncIterable<Uint8Array>) {
  for await (const chunk of source) {
    if (chunk.length === 0) break;
    yield chunk;
  }
  return 1;
}
