/** Gathering 16 parts by joining with each one, against one join at the end. */
import { defineBench } from '@scrimp/bench';

const parts = 16;

function chunks(size: number): readonly Uint8Array[] {
  return Array.from({ length: parts }, (_, index) => new Uint8Array(size).fill(index));
}

export default [
  defineBench({
    name: 'Buffer.concat with each of 16 parts',
    size: [64, 1024],
    setup: chunks,
    before: (list) => {
      let all = Buffer.alloc(0);
      for (const one of list) all = Buffer.concat([all, one]);
      return all;
    },
    after: (list) => {
      const gathered: Uint8Array[] = [];
      for (const one of list) gathered.push(one);
      return Buffer.concat(gathered);
    },
  }),
  defineBench({
    name: 'a new array for each of 16 parts',
    size: [64, 1024],
    setup: chunks,
    before: (list) => {
      let all = new Uint8Array(0);
      for (const one of list) {
        const merged = new Uint8Array(all.length + one.length);
        merged.set(all);
        merged.set(one, all.length);
        all = merged;
      }
      return all;
    },
    after: (list) => {
      const gathered: Uint8Array[] = [];
      let length = 0;
      for (const one of list) {
        gathered.push(one);
        length += one.length;
      }
      const all = new Uint8Array(length);
      let offset = 0;
      for (const one of gathered) {
        all.set(one, offset);
        offset += one.length;
      }
      return all;
    },
  }),
];
