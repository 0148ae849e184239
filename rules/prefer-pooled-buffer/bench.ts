/** A work buffer per call beside one that is kept, from 65 bytes upwards. */
import { hash } from 'node:crypto';
import { defineBench } from '@scrimp/bench';

const part = Uint8Array.from({ length: 32 }, (_, index) => 7 * index);

function sumOf(bytes: Uint8Array): number {
  return bytes[0]! + bytes[31]! + bytes[bytes.length - 1]!;
}

export default [
  defineBench({
    name: 'work buffer',
    size: [65, 256, 4096],
    setup: (size) => ({ size, scratch: new Uint8Array(size) }),
    before: ({ size }) => {
      const work = new Uint8Array(size);
      work.set(part, 0);
      return sumOf(work);
    },
    after: ({ scratch }) => {
      scratch.fill(0);
      scratch.set(part, 0);
      return sumOf(scratch);
    },
  }),
  defineBench({
    name: 'record of varying length, hashed',
    size: [512],
    setup: (size) => ({ data: new Uint8Array(size).fill(3), scratch: new Uint8Array(65 + 2 * size) }),
    before: ({ data }) => {
      const record = new Uint8Array(65 + data.length);
      record.set(part, 20);
      record.set(data, 65);
      return hash('sha256', record, 'hex');
    },
    after: ({ data, scratch }) => {
      const record = scratch.subarray(0, 65 + data.length).fill(0);
      record.set(part, 20);
      record.set(data, 65);
      return hash('sha256', record, 'hex');
    },
  }),
];
