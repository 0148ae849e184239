// Owns writing, and the way back: each file's text goes into the run's journal before the file is touched, and `undoRun` restores from there.
// One JSON object per line; a journal that ends early (the process died) can still be undone.
import type { RewriteHost } from './host.js';
import type { FilePlan } from './plan.js';

const schema = 'scrimp-journal/1';

interface JournalWrite {
  readonly schema: typeof schema;
  readonly event: 'write';
  readonly file: string;
  readonly findings: readonly string[];
  readonly before: string;
  readonly beforeHash: string;
  readonly afterHash: string;
}

/** Writes the files, all or none. Null, or what went wrong, after restoring what was already written. */
export function writeRun(host: RewriteHost, run: string, files: readonly FilePlan[]): string | null {
  const written: FilePlan[] = [];
  for (const plan of files) {
    const problem = writeFile(host, run, plan);
    if (problem === null) {
      written.push(plan);
      continue;
    }
    const notRestored = written.filter(({ file, before }) => host.writeFile(file, before) !== null).map(({ file }) => file);
    const state = notRestored.length === 0 ? 'nothing is changed' : `still rewritten: ${notRestored.join(', ')}; try \`scrimp fix --undo ${run}\``;
    return `${plan.file}: ${problem}; ${state}`;
  }
  return null;
}

function writeFile(host: RewriteHost, run: string, { file, before, after, edits }: FilePlan): string | null {
  const current = host.readFile(file);
  if ('problem' in current) return current.problem;
  if (current.text !== before) return 'was changed while it was being rewritten';
  const entry: JournalWrite = {
    schema, event: 'write', file, findings: [...new Set(edits.flatMap((edit) => edit.findings))], before, beforeHash: host.hash(before), afterHash: host.hash(after),
  };
  const problem = host.appendToJournal(run, JSON.stringify(entry));
  return problem === null ? host.writeFile(file, after) : `the journal cannot be written: ${problem}`;
}

export interface UndoOutcome {
  /** Files that hold the text of before the run again. */
  readonly restored: readonly string[];
  /** Why nothing, or not everything, was restored. */
  readonly problems: readonly string[];
}

/** Restores every file of a run, byte for byte. When one was changed since, none is touched: the change would be lost. */
export function undoRun(host: RewriteHost, run: string): UndoOutcome {
  const journal = host.readJournal(run);
  if (journal === null) return { restored: [], problems: [`there is no run ${run}`] };
  const entries = journal.split('\n').map(parseEntry).filter((entry) => entry !== null);
  const problems: string[] = [];
  const toRestore: JournalWrite[] = [];
  for (const entry of entries) {
    const current = host.readFile(entry.file);
    if ('problem' in current) problems.push(`${entry.file}: ${current.problem}`);
    else if (host.hash(entry.before) !== entry.beforeHash) problems.push(`${entry.file}: the journal is damaged`);
    else {
      const hash = host.hash(current.text);
      if (hash === entry.afterHash) toRestore.push(entry);
      else if (hash !== entry.beforeHash) problems.push(`${entry.file}: was changed since run ${run}`);
    }
  }
  if (problems.length > 0) return { restored: [], problems };
  if (toRestore.length === 0) return { restored: [], problems: [`run ${run} is already undone`] };
  const restored: string[] = [];
  for (const { file, before } of toRestore) {
    const problem = host.writeFile(file, before);
    if (problem === null) restored.push(file);
    else problems.push(`${file}: ${problem}`);
  }
  return { restored, problems };
}

/** A line that was cut off, or that is not ours, is no entry. */
function parseEntry(line: string): JournalWrite | null {
  try {
    const entry: unknown = JSON.parse(line);
    return isJournalWrite(entry) ? entry : null;
  } catch {
    return null;
  }
}

function isJournalWrite(entry: unknown): entry is JournalWrite {
  if (typeof entry !== 'object' || entry === null) return false;
  const fields = entry as Record<string, unknown>;
  return fields.schema === schema && fields.event === 'write' && ['file', 'before', 'beforeHash', 'afterHash'].every((name) => typeof fields[name] === 'string');
}
