/** Texts in one file: one line of header that says what it is, the hash of the rest and the length of each part in bytes; then the parts. */
import { createHash } from 'node:crypto';

export function packParts(schema: string, parts: readonly string[]): Buffer {
  const bytes = parts.map((part) => Buffer.from(part));
  const header = JSON.stringify({ schema, hash: hashOf(bytes), lengths: bytes.map((part) => part.length) });
  return Buffer.concat([Buffer.from(`${header}\n`), ...bytes]);
}

/** Null for what is not of the schema, or not whole. */
export function unpackParts(schema: string, file: Buffer): string[] | null {
  const end = file.indexOf(0x0a);
  const header = parseHeader(file.toString('utf8', 0, Math.max(0, end)));
  if (typeof header !== 'object' || header === null || !('schema' in header) || header.schema !== schema || !('lengths' in header) || !Array.isArray(header.lengths)) return null;
  const body = file.subarray(end + 1);
  if (!('hash' in header) || header.hash !== hashOf([body])) return null;
  const parts: string[] = [];
  let start = 0;
  for (const length of header.lengths as readonly unknown[]) {
    if (typeof length !== 'number' || !Number.isInteger(length) || length < 0 || start + length > body.length) return null;
    parts.push(body.toString('utf8', start, start + length));
    start += length;
  }
  return start === body.length ? parts : null;
}

function hashOf(parts: readonly Buffer[]): string {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(part);
  return sum.digest('base64url');
}

function parseHeader(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
