/** The config of a command by its options `--config` and `--no-config`. */
import { singleValue, type ParsedArguments } from '../arguments.js';
import type { CommandIo } from '../io.js';
import { defaultConfig } from './config.js';
import { loadConfig, type LoadedConfig } from './load-config.js';

export async function configFor(args: ParsedArguments, io: CommandIo): Promise<LoadedConfig | { readonly problem: string }> {
  if (!args.flags.has('no-config')) return loadConfig({ fileSystem: io.fileSystem, cwd: io.cwd, named: singleValue(args, 'config') ?? null });
  return args.values.has('config') ? { problem: '--config and --no-config exclude each other' } : { config: defaultConfig, file: null };
}
