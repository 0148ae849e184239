/** What a codec per call costs, beside one at module level: a decoder, a constant label, text written into a frame. */
import { defineBench } from '@scrimp/bench';

const textDecoder = new TextDecoder();
const FRAME_LABEL_BYTES = new TextEncoder().encode('scrimp/frame/v1');
const textEncoder = new TextEncoder();

const text = (size: number): Uint8Array => Uint8Array.from({ length: size }, (_, index) => 97 + (index % 26));

export default [
  defineBench({
    name: 'decoder of a short text',
    size: [16, 256],
    setup: text,
    before: (bytes) => new TextDecoder().decode(bytes),
    after: (bytes) => textDecoder.decode(bytes),
  }),
  defineBench({
    name: 'constant label into a frame',
    size: [15],
    setup: () => new Uint8Array(64),
    before: (frame) => {
      frame.set(new TextEncoder().encode('scrimp/frame/v1'), 4);
      return frame;
    },
    after: (frame) => {
      frame.set(FRAME_LABEL_BYTES, 4);
      return frame;
    },
  }),
  defineBench({
    name: 'text into a frame',
    size: [32],
    setup: (size) => ({ frame: new Uint8Array(64), text: 'abcdefghijklmnopqrstuvwxyz012345'.slice(0, size) }),
    before: ({ frame, text: written }) => {
      frame.set(new TextEncoder().encode(written), 4);
      return frame;
    },
    after: ({ frame, text: written }) => {
      textEncoder.encodeInto(written, frame.subarray(4));
      return frame;
    },
  }),
];
