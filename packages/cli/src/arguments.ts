/** Arguments by a command's spec: options, values, positionals, or one sentence on what is wrong. */
import { parseArgs } from 'node:util';
import { didYouMean } from './suggestion.js';
import type { CommandSpec, OptionSpec } from './command.js';

export interface ParsedArguments {
  readonly positionals: readonly string[];
  readonly flags: ReadonlySet<string>;
  /** Values in the order given; a single option's last value counts. */
  readonly values: ReadonlyMap<string, readonly string[]>;
}

export type ArgumentsOutcome = { readonly parsed: ParsedArguments } | { readonly problem: string };

/** Options that every command has. */
export const globalOptions: readonly OptionSpec[] = [
  { name: 'help', short: 'h', description: 'show this help' },
  { name: 'version', description: 'show the version' },
  { name: 'color', description: 'color the output even where it is not a terminal' },
  { name: 'no-color', description: 'never color the output' },
];

export function parseArguments(spec: CommandSpec, argv: readonly string[]): ArgumentsOutcome {
  const options = [...spec.options, ...globalOptions];
  const byName = new Map(options.map((option) => [option.name, option]));
  const { tokens } = parseArgs({
    args: [...argv],
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: Object.fromEntries(options.map((option) => [option.name, parserOption(option)])),
  });
  const positionals: string[] = [];
  const flags = new Set<string>();
  const values = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const option = byName.get(token.name);
    const name = token.rawName;
    if (option === undefined) return { problem: `unknown option ${name}${suggestOption(name, options)}; \`scrimp ${spec.name} --help\` lists the options` };
    if (option.value === undefined) {
      if (token.value !== undefined) return { problem: `option ${name} takes no value, but got \`${token.value}\`` };
      flags.add(option.name);
      continue;
    }
    const isMissing = token.value === undefined || token.value === '' || (!token.inlineValue && token.value.startsWith('-') && token.value !== '-');
    if (isMissing) return { problem: `option ${name} needs a value: ${name} <${option.value}>` };
    const { value } = token;
    if (option.choices !== undefined && !option.choices.includes(value)) {
      return { problem: `\`${value}\` is not a value of ${name}${didYouMean(value, option.choices)}; choose from ${option.choices.join(', ')}` };
    }
    const given = values.get(option.name) ?? [];
    if (given.length > 0 && option.isRepeatable !== true) return { problem: `option ${name} is given twice` };
    values.set(option.name, [...given, value]);
  }
  return { parsed: { positionals, flags, values } };
}

/** The value of an option that may be given once. */
export function singleValue(args: ParsedArguments, name: string): string | undefined {
  return args.values.get(name)?.at(-1);
}

function parserOption(option: OptionSpec): { type: 'string' | 'boolean'; short?: string; multiple: boolean } {
  return { type: option.value === undefined ? 'boolean' : 'string', ...(option.short === undefined ? {} : { short: option.short }), multiple: true };
}

function suggestOption(rawName: string, options: readonly OptionSpec[]): string {
  if (!rawName.startsWith('--')) return '';
  return didYouMean(rawName, options.map((option) => `--${option.name}`));
}
