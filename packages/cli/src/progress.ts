/** One moving line on stderr: what is being done, and how far it is. */
import { wantsProgress } from './terminal.js';
import type { CommandIo } from './io.js';

export interface Progress {
  /** `total` is null while it is not known. */
  show(phase: string, done: number, total: number | null): void;
  /** Removes the line, so that a result can be printed. */
  clear(): void;
}

const eraseLine = '\r\u001b[K';
const millisecondsBetweenLines = 60;

export function createProgress(io: CommandIo, flags: ReadonlySet<string>): Progress {
  if (!wantsProgress(io.stderr, io.env, flags)) return { show: () => undefined, clear: () => undefined };
  let shownAt = 0;
  let shownPhase = '';
  return {
    show(phase, done, total) {
      const now = Date.now();
      if (phase === shownPhase && now - shownAt < millisecondsBetweenLines) return;
      shownAt = now;
      shownPhase = phase;
      const count = total === null ? (done === 0 ? '' : ` ${String(done)}`) : ` ${String(done)}/${String(total)}`;
      io.stderr.write(`${eraseLine}${phase}${count}`);
    },
    clear() {
      if (shownPhase !== '') io.stderr.write(eraseLine);
      shownPhase = '';
    },
  };
}
