/** Calls of loggers below the level that is usually in force: where a text is built that mostly nobody reads. Recognized by names, since loggers have no common type. */
import type { CallSite, FunctionQuery } from './query.js';

const quietLevel = /^(?:debug|trace|verbose|silly|finest|finer|fine)$/;
const loggerName = /(?:^|[._#$])(?:log|logger|LOG|LOGGER)$|Log(?:ger)?$/;

/** `this.config.logger.debug`: the method as it is written; null when the call is none of a logger below the usual level. The console always prints. */
export function quietLogMethodOf(fn: FunctionQuery, call: CallSite): string | null {
  const callee = fn.instruction(call.instruction.callee);
  if (callee?.op !== 'get' || callee.key.kind !== 'name' || !quietLevel.test(callee.key.name)) return null;
  const receiver = fn.text(callee.object);
  return receiver !== null && loggerName.test(receiver) && !receiver.includes('\n') ? `${receiver}.${callee.key.name}` : null;
}
