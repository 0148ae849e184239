/** Where reports go: `--format text` to stdout, `--format json=out.json` to a file. */
import { dirname, resolve } from 'node:path';
import { renderJson, renderMarkdown, renderSarif, renderText, renderTextLines, type ReportInput } from '@scrimp/report';
import { pathToFileURL } from 'node:url';
import { fileErrorReason, type FileSystem } from './project/file-system.js';
import { didYouMean } from './suggestion.js';
import { terminalWidth, wantsColor } from './terminal.js';
import type { CommandIo } from './io.js';

export const formats = ['text', 'json', 'markdown', 'sarif'] as const;
export type Format = (typeof formats)[number];

export interface ReportFile {
  readonly format: Format;
  /** Absolute; null for stdout. */
  readonly file: string | null;
}

/** What `--format` values ask for; one sentence when they cannot be had. */
export function reportFiles(fileSystem: FileSystem, cwd: string, values: readonly string[]): { readonly files: readonly ReportFile[] } | { readonly problem: string } {
  if (values.length === 0) return { files: [{ format: 'text', file: null }] };
  const files: ReportFile[] = [];
  for (const value of values) {
    const split = value.indexOf('=');
    const name = split < 0 ? value : value.slice(0, split);
    const format = formats.find((known) => known === name);
    if (format === undefined) return { problem: `unknown format ${name}${didYouMean(name, formats)}; choose from ${formats.join(', ')}` };
    if (split >= 0 && value.slice(split + 1) === '') return { problem: `--format ${value} names no file` };
    files.push({ format, file: split < 0 ? null : resolve(cwd, value.slice(split + 1)) });
  }
  if (files.filter((report) => report.file === null).length > 1) return { problem: 'only one format can go to stdout; give the others a file: --format json=report.json' };
  for (const { file } of files) {
    const problem = file === null ? null : folderProblem(fileSystem, file);
    if (problem !== null) return { problem };
  }
  return { files };
}

export interface ReportStyle {
  readonly root: string;
  readonly flags: ReadonlySet<string>;
}

/** Writes every report; returns sentences for those that could not be written. */
export function writeReports(io: CommandIo, files: readonly ReportFile[], input: ReportInput, style: ReportStyle): string[] {
  const problems: string[] = [];
  for (const { format, file } of files) {
    const text = render(io, format, file, input, style);
    if (file === null) {
      io.stdout.write(text);
      continue;
    }
    try {
      io.fileSystem.write(file, text);
    } catch (error) {
      problems.push(`cannot write ${file}: ${fileErrorReason(error)}`);
    }
  }
  return problems;
}

function render(io: CommandIo, format: Format, file: string | null, input: ReportInput, style: ReportStyle): string {
  if (format === 'json') return renderJson(input);
  if (format === 'markdown') return renderMarkdown(input);
  if (format === 'sarif') return renderSarif(input);
  const isStdout = file === null;
  const color = isStdout && wantsColor(io.stdout, io.env, style.flags);
  const isLinked = color && io.stdout.isTTY === true;
  const options = {
    color,
    width: isStdout ? terminalWidth(io.stdout, io.env) : terminalWidth({ write: () => undefined }, io.env),
    ...(isLinked ? { hyperlink: (name: string) => pathToFileURL(resolve(style.root, name)).href } : {}),
  };
  return style.flags.has('quiet') ? renderTextLines(input, options) : renderText(input, options);
}

function folderProblem(fileSystem: FileSystem, file: string): string | null {
  const folder = dirname(file);
  try {
    if (fileSystem.stat(folder).kind === 'folder') return null;
    return `cannot write ${file}: ${folder} is no folder`;
  } catch (error) {
    return `cannot write ${file}: the folder ${folder} cannot be used: ${fileErrorReason(error)}`;
  }
}
