/** Runs the reported functions before and after their edits, so that the results can be compared. */
import type * as reported from './reported.js';

/** Results of the functions of reported.ts on given inputs. */
export function cases(module: typeof reported): unknown[] {
  const text = Uint8Array.from([0x67, 0x72, 0xc3, 0xb6, 0xc3, 0x9f, 0x65]);
  const key = Uint8Array.from({ length: 32 }, (_, index) => 7 * index);
  const frame = new Uint8Array(16);
  module.setsLabelInFrame(frame);
  const strictly = (bytes: Uint8Array): string => {
    try {
      return module.decodesStrictly(bytes);
    } catch (error) {
      return error instanceof TypeError ? 'TypeError' : 'another error';
    }
  };
  return [
    module.decodesWithNewDecoder(text), module.decodesWithNewDecoder(text.subarray(0, 3)), module.decodesWithNewDecoder(text), module.decodesTwiceWithOneDecoder(text, text),
    strictly(text), strictly(text.subarray(0, 3)), strictly(text), module.decodesShiftJis(Uint8Array.from([0x82, 0xa0])), new module.Reader(text).text(),
    module.derivesWithLabel(key, key), module.derivesWithLabel(key, key), module.hashesWithHoistedEncoder(text), module.usesReturnedLabel(text), frame,
  ];
}
