/** What rebuilding constants per call costs: a label, a byte constant, a pattern, a log line that nobody reads. */
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { defineBench } from '@scrimp/bench';

const LABELS = { 'c2s': utf8ToBytes('c2s|enc|v1'), 's2c': utf8ToBytes('s2c|enc|v1') } as const;
const MAGIC = Uint8Array.of(83, 67, 82, 77);

class Logger {
  isOn = false;
  last = '';

  debug(text: string): void {
    if (this.isOn) this.last = text;
  }
}

export default [
  defineBench({
    name: 'label of two texts',
    size: [10],
    setup: () => ({ direction: 'c2s' as 'c2s' | 's2c', frame: new Uint8Array(32) }),
    before: ({ direction, frame }) => {
      frame.set(utf8ToBytes(`${direction}|enc|v1`), 4);
      return frame;
    },
    after: ({ direction, frame }) => {
      frame.set(LABELS[direction], 4);
      return frame;
    },
  }),
  defineBench({
    name: 'byte constant',
    size: [4],
    setup: () => new Uint8Array(32),
    before: (frame) => {
      frame.set(new Uint8Array([83, 67, 82, 77]), 0);
      return frame;
    },
    after: (frame) => {
      frame.set(MAGIC, 0);
      return frame;
    },
  }),
  defineBench({
    name: 'constructed pattern',
    size: [8],
    setup: () => 'frame/v1',
    before: (name) => new RegExp('^[a-z]+/v[0-9]$').test(name),
    after: (name) => /^[a-z]+\/v[0-9]$/.test(name),
  }),
  defineBench({
    name: 'log line below the level',
    size: [64],
    setup: (size) => ({ logger: new Logger(), id: 'b2f1', sealed: 7000 + size }),
    before: ({ logger, id, sealed }) => {
      logger.debug(`session ${id}: sealed ${sealed} bytes`);
      return logger.last;
    },
    after: ({ logger, id, sealed }) => {
      if (logger.isOn) logger.debug(`session ${id}: sealed ${sealed} bytes`);
      return logger.last;
    },
  }),
];
