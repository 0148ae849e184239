/** What a stream can show: color, width, hyperlinks, moving lines. Streams are judged one by one, since either may be redirected. */
import type { CommandIo, OutputStream } from './io.js';

const defaultWidth = 100;
/** Wider lines are hard to read. */
const widest = 120;

/** Flags win over the environment; `NO_COLOR` wins over `FORCE_COLOR`. See no-color.org and force-color.org. */
export function wantsColor(stream: OutputStream, env: CommandIo['env'], flags: ReadonlySet<string>): boolean {
  if (flags.has('no-color')) return false;
  if (flags.has('color')) return true;
  if (isSet(env.NO_COLOR)) return false;
  if (isSet(env.FORCE_COLOR)) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return stream.isTTY === true && env.TERM !== 'dumb';
}

/** Cells per line. */
export function terminalWidth(stream: OutputStream, env: CommandIo['env']): number {
  const columns = Number(env.COLUMNS ?? '');
  // A terminal without a size says 0.
  const width = stream.columns || (Number.isInteger(columns) && columns > 0 ? columns : defaultWidth);
  return Math.min(widest, Math.max(40, width));
}

/** Progress rewrites its line, which only a terminal with a person before it wants. */
export function wantsProgress(stream: OutputStream, env: CommandIo['env'], flags: ReadonlySet<string>): boolean {
  const isWatched = stream.isTTY === true && env.TERM !== 'dumb' && !isSet(env.CI);
  return isWatched && !flags.has('no-progress') && !flags.has('quiet');
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
