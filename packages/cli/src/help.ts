/** Help texts, from the same data by which arguments are parsed. */
import { globalOptions } from './arguments.js';
import type { CommandEntry } from './commands/table.js';
import type { CommandSpec, OptionSpec } from './command.js';

export function programHelp(commands: readonly CommandEntry[]): string {
  const width = Math.max(...commands.map((command) => command.name.length));
  return [
    'scrimp finds the bytes that TypeScript and JavaScript programs allocate and copy for nothing.',
    '',
    'usage: scrimp <command> [options]',
    '',
    'commands:',
    ...commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`),
    '',
    'examples:',
    '  scrimp audit                     audits the project in this folder',
    '  scrimp audit src/session.ts      audits one file',
    '',
    '`scrimp <command> --help` shows the options of a command; exit codes: 0 clean, 1 findings above the gate, 2 could not run.',
    '',
  ].join('\n');
}

export function commandHelp(spec: CommandSpec): string {
  const options = [...spec.options, ...globalOptions];
  const left = options.map(optionUsage);
  const width = Math.max(...left.map((text) => text.length));
  const exampleWidth = Math.max(0, ...spec.examples.map((example) => example.command.length));
  return [
    spec.summary,
    '',
    `usage: scrimp ${spec.name} ${spec.positionals} [options]`.replace(/ {2,}/g, ' '),
    '',
    'options:',
    ...options.map((option, index) => `  ${(left[index] ?? '').padEnd(width)}  ${optionText(option)}`),
    '',
    'examples:',
    ...spec.examples.map((example) => `  ${example.command.padEnd(exampleWidth)}  ${example.purpose}`),
    '',
  ].join('\n');
}

function optionUsage(option: OptionSpec): string {
  const short = option.short === undefined ? '    ' : `-${option.short}, `;
  const value = option.value === undefined ? '' : ` <${option.value}>`;
  return `${short}--${option.name}${value}`;
}

function optionText(option: OptionSpec): string {
  const choices = option.choices === undefined ? '' : `: ${option.choices.join(', ')}`;
  return `${option.description}${choices}${option.isRepeatable === true ? ' (repeatable)' : ''}`;
}
