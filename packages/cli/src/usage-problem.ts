/** Wrong usage: one sentence on stderr, exit 2. */
import { exitCodes, type ExitCode } from './exit-codes.js';
import type { CommandIo } from './io.js';

export function usageProblem(io: CommandIo, problem: string): ExitCode {
  io.stderr.write(`scrimp: ${problem}\n`);
  return exitCodes.couldNotRun;
}
