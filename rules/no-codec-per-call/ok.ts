const decoder = new TextDecoder();
const encoder = new TextEncoder();

export function usesHoistedDecoder(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

export function encodesDynamicTextOnce(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function streamsChunks(chunks: readonly Uint8Array[]): string {
  const streaming = new TextDecoder();
  let text = '';
  for (const chunk of chunks) text += streaming.decode(chunk, { stream: true });
  return text + streaming.decode();
}

export function streamsPerhaps(chunk: Uint8Array, stream: boolean): string {
  return new TextDecoder().decode(chunk, { stream });
}

/** A stream over fields: the rest of a character waits for the next one. */
export function streamsFields(packet: Uint8Array, ends: readonly number[]): string {
  const streaming = new TextDecoder();
  let text = '';
  let start = 0;
  for (const end of ends) {
    text += streaming.decode(packet.subarray(start, end), { stream: true });
    start = end;
  }
  return text;
}

export function takesEncodingOfCaller(bytes: Uint8Array, encoding: string): string {
  return new TextDecoder(encoding).decode(bytes);
}

export function takesOptionOfCaller(bytes: Uint8Array, fatal: boolean): string {
  return new TextDecoder('utf-8', { fatal }).decode(bytes);
}

export function makesDecoderForCaller(): { decode(bytes: Uint8Array): string } {
  return new TextDecoder();
}

export function capturesDecoder(): (bytes: Uint8Array) => string {
  const captured = new TextDecoder();
  return (bytes) => captured.decode(bytes);
}

export class StreamReader {
  private readonly decoder = new TextDecoder();
  private readonly label: Uint8Array;
  constructor() {
    this.label = new TextEncoder().encode('kept-in-a-field');
  }
  read(chunk: Uint8Array): string {
    return this.decoder.decode(chunk, { stream: true });
  }
  start(): Uint8Array {
    return this.label;
  }
}

export function returnsLabelToAnybody(): Uint8Array {
  return new TextEncoder().encode('magic');
}

export function writesIntoLabel(version: number): number {
  const label = encoder.encode('label/v0');
  label[7] = 48 + version;
  return label.reduce((sum, byte) => sum + byte, 0);
}

export function keepsLabel(list: Uint8Array[]): void {
  list.push(encoder.encode('kept'));
}

export function givesLabelToAnybody(take: (label: Uint8Array) => void): void {
  take(encoder.encode('given away'));
}

/** Warm, and the text varies: the encoder alone costs nothing that can be measured. */
export function setsTextOnce(frame: Uint8Array, text: string): void {
  frame.set(new TextEncoder().encode(text), 4);
}

/** @hot */
export function encodesInto(frame: Uint8Array, text: string): void {
  encoder.encodeInto(text, frame.subarray(4));
}

const greeting = new TextEncoder().encode('once, at module level');

export function greetingLength(): number {
  return greeting.length;
}
