/** Programs that read or give away foreign bytes, because a small Buffer shares its store with others. */

function otherData(): Buffer {
  return Buffer.from('session key of somebody else');
}

function messageOf(text: string): Buffer {
  return Buffer.from(text);
}

function readsFirstWord(): number {
  otherData();
  const packet = messageOf('\u0000\u0000\u0000\u0007');
  return new DataView(packet.buffer).getUint32(0);
}

function readsFirstWordOfBytes(): number {
  otherData();
  const packet = messageOf('\u0000\u0000\u0000\u0007');
  return new DataView(packet.buffer, packet.byteOffset, packet.byteLength).getUint32(0);
}

export function reply(text: string): string {
  otherData();
  const answer = Buffer.from(text);
  return Buffer.from(new Uint8Array(answer.buffer)).toString('latin1');
}

function replyOfBytes(text: string): string {
  otherData();
  const answer = Buffer.from(text);
  return Buffer.from(new Uint8Array(answer.buffer, answer.byteOffset, answer.byteLength)).toString('latin1');
}

export function clone(text: string): number {
  const answer = Buffer.from(text);
  return structuredClone(answer.buffer).byteLength;
}

function cloneOfBytes(text: string): number {
  return structuredClone(new Uint8Array(Buffer.from(text)).buffer).byteLength;
}

export const cases: readonly { name: string; asWritten(): boolean; mended(): boolean }[] = [
  { name: 'a length field is read at the start of the slab instead of the start of the packet', asWritten: () => readsFirstWord() !== 7, mended: () => readsFirstWordOfBytes() !== 7 },
  { name: 'an answer carries the bytes of others', asWritten: () => reply('ok').includes('session key'), mended: () => replyOfBytes('ok').includes('session key') },
  { name: 'two bytes are cloned as a slab of kilobytes', asWritten: () => clone('ok') > 1024, mended: () => cloneOfBytes('ok') > 1024 },
];
