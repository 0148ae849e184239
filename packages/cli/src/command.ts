/** What a command is: its face (options, examples) as data, and one function. `arguments.ts` parses by it, `help.ts` prints it. */
import type { ParsedArguments } from './arguments.js';
import type { ExitCode } from './exit-codes.js';
import type { CommandIo } from './io.js';

export interface OptionSpec {
  /** Without dashes. */
  readonly name: string;
  readonly short?: string;
  /** Shown as `--name <value>`; absent for a flag. */
  readonly value?: string;
  readonly isRepeatable?: true;
  readonly description: string;
  /** The only values allowed, when they are few. */
  readonly choices?: readonly string[];
}

export interface CommandSpec {
  readonly name: string;
  readonly summary: string;
  /** How to name the positionals: `[paths…]`. */
  readonly positionals: string;
  readonly options: readonly OptionSpec[];
  readonly examples: readonly { readonly command: string; readonly purpose: string }[];
}

export interface Command {
  readonly spec: CommandSpec;
  readonly run: (args: ParsedArguments, io: CommandIo) => Promise<ExitCode>;
}
