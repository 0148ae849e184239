/**
 * An audit that stays in memory: after each change of files it is brought up to date, lowering again only what the change concerns.
 * The invariant is that of the store: what is kept is used only while every input that it was made from is unchanged.
 */
import { dirname, sep } from 'node:path';
import { runAuditKeeping, type Audit, type AuditRequest } from './audit.js';
import { createProgramMemory } from './project/program-memory.js';
import { changesOf, recordInputs, type Inputs } from './store/inputs.js';
import { joinInputs } from './store/remembered-audit.js';
import type { KeptGroup } from './store/kept-files.js';

export interface WatchedAudit {
  /** What holds now; `changed` are the absolute paths that were behind the last update. */
  update(): { readonly audit: Audit; readonly changed: readonly string[] };
  /** Folders in which a change can concern the audit; installed packages are left to the manifest and lock file above them. */
  folders(): ReadonlySet<string>;
}

interface State {
  readonly audit: Audit;
  readonly inputs: Inputs;
  readonly kept: readonly KeptGroup[];
}

export function watchAudit(request: AuditRequest): WatchedAudit {
  const programs = createProgramMemory();
  let state: State | null = null;

  function audit(before: State | null): State {
    const recording = recordInputs(request.fileSystem);
    const { audit: made, keep } = runAuditKeeping({ ...request, fileSystem: recording.fileSystem, programs }, before?.kept ?? null);
    const inputs = before === null ? recording.inputs : joinInputs(before.inputs, recording.inputs);
    // What was read in two states is kept for neither; the next update finds the change and begins anew.
    return { audit: made, inputs, kept: recording.isConsistent() ? keep() : [] };
  }

  return {
    update() {
      if (state === null) {
        state = audit(null);
        return { audit: state.audit, changed: [] };
      }
      const { contents, others } = changesOf(request.fileSystem, state.inputs);
      const changed = [...contents, ...others];
      if (changed.length === 0) return { audit: state.audit, changed };
      const paths = new Set(state.kept.flatMap((group) => group.files.map((file) => file.path)));
      const isOfTexts = others.length === 0 && contents.every((path) => paths.has(path));
      state = audit(isOfTexts ? state : null);
      return { audit: state.audit, changed };
    },
    folders() {
      const found = new Set<string>();
      for (const [path, { entries }] of state?.inputs ?? []) {
        if (path.includes(`${sep}node_modules${sep}`)) continue;
        found.add(entries === undefined ? dirname(path) : path);
        found.add(dirname(path));
      }
      return new Set([...found].filter((folder) => request.fileSystem.kindOf(folder) === 'folder'));
    },
  };
}
