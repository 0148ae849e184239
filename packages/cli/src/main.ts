/** The `scrimp` command: finds the command, parses its arguments, runs it, turns its outcome into an exit code. */
import { parseArguments } from './arguments.js';
import { commandTable } from './commands/table.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import { commandHelp, programHelp } from './help.js';
import { processIo, type CommandIo } from './io.js';
import { didYouMean } from './suggestion.js';
import { fileErrorReason } from './project/file-system.js';
import { usageProblem } from './usage-problem.js';
import { packageVersion } from './version.js';

/** Never throws for a user's mistake; our own bugs reject. */
export async function main(argv: readonly string[], io: CommandIo): Promise<ExitCode> {
  const [name, ...rest] = argv;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') return programHelpOrCommandHelp(rest, io, name);
  if (name === '--version') {
    io.stdout.write(`${packageVersion()}\n`);
    return exitCodes.clean;
  }
  const entry = commandTable.find((candidate) => candidate.name === name);
  if (entry === undefined) {
    const kind = name.startsWith('-') ? 'option' : 'command';
    const known = kind === 'command' ? commandTable.map((candidate) => candidate.name) : ['--help', '--version'];
    return usageProblem(io, `unknown ${kind} ${name}${didYouMean(name, known)}; \`scrimp --help\` lists the commands`);
  }
  const command = await entry.load();
  const outcome = parseArguments(command.spec, rest);
  if ('problem' in outcome) return usageProblem(io, outcome.problem);
  if (outcome.parsed.flags.has('help')) {
    io.stdout.write(commandHelp(command.spec));
    return exitCodes.clean;
  }
  if (outcome.parsed.flags.has('version')) {
    io.stdout.write(`${packageVersion()}\n`);
    return exitCodes.clean;
  }
  return await command.run(outcome.parsed, io);
}

/** Runs with the process's own streams and sets its exit code. Used by `bin/scrimp.js`. */
export async function runAsProcess(): Promise<void> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that closes the pipe early (`scrimp audit | head`) is no error of ours, and takes nothing from the exit code.
    if (error.code === 'EPIPE') return;
    process.stderr.write(`scrimp: cannot write to stdout: ${fileErrorReason(error)}\n`);
    process.exit(exitCodes.couldNotRun);
  });
  // Nothing is left to say it with.
  process.stderr.on('error', () => undefined);
  try {
    process.exitCode = await main(process.argv.slice(2), processIo());
  } catch (error) {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`scrimp: internal error, please report it with the lines below\n${detail}\n`);
    process.exitCode = exitCodes.couldNotRun;
  }
}

async function programHelpOrCommandHelp(rest: readonly string[], io: CommandIo, name: string | undefined): Promise<ExitCode> {
  const entry = commandTable.find((candidate) => candidate.name === rest[0]);
  if (entry !== undefined) {
    io.stdout.write(commandHelp((await entry.load()).spec));
    return exitCodes.clean;
  }
  const help = programHelp(commandTable);
  if (name !== undefined) {
    io.stdout.write(help);
    return exitCodes.clean;
  }
  // No command at all is a mistake, answered with what there is.
  io.stderr.write(help);
  return exitCodes.couldNotRun;
}
