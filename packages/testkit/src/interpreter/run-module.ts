/**
 * Runs the IR of a module with real JavaScript values: the executable meaning of the instruction set, and so the proof that the lowering keeps
 * the meaning of a program. Programs reach the host through `Host` only; how frames run is `execute.ts`.
 */
import type { ModuleIr } from '@scrimp/analysis/ir/function';
import { execute } from './execute.js';
import { runAsyncExecution, runSyncExecution } from './execution-drivers.js';
import type { Frame, Host, Session } from './frame.js';
import { createFrame, functionOf, plainContext, readExport } from './frame.js';

/** What a module exports, by name. Reading a name reads the variable, as a live binding does. */
export type ModuleExports = Record<string, unknown>;

/** Runs a module whose top level does not await (a fault if it does). Throws what the program throws. */
export function runModule(module: ModuleIr, host: Host): ModuleExports {
  const frame = topLevelFrame(module, host);
  runSyncExecution(execute(frame));
  return exportsOf(frame);
}

/** Runs a module with or without top-level await. */
export async function runAsyncModule(module: ModuleIr, host: Host): Promise<ModuleExports> {
  const frame = topLevelFrame(module, host);
  await runAsyncExecution(execute(frame));
  return exportsOf(frame);
}

function topLevelFrame(module: ModuleIr, host: Host): Frame {
  const session: Session = { module, host, templateObjects: new Map(), homeObjects: new WeakMap(), functionsOfClosures: new WeakMap(), execute };
  const context = plainContext(topLevelThis(module, host));
  return createFrame(session, functionOf(session, 0), new Map(), null, context, []);
}

function topLevelThis(module: ModuleIr, host: Host): unknown {
  switch (module.format) {
    case 'esm': return undefined;
    case 'commonjs': return commonJsExports(host);
    case 'script': return globalThis;
  }
}

function commonJsExports(host: Host): unknown {
  return (host.globals as { readonly module?: { readonly exports: unknown } }).module?.exports;
}

function exportsOf(frame: Frame): ModuleExports {
  const { module, host } = frame.session;
  if (module.format === 'commonjs') return commonJsExports(host) as ModuleExports;
  const exported: ModuleExports = {};
  for (const entry of module.exports) {
    if (entry.kind === 'all') {
      const names = Object.keys(host.importModule(entry.specifier)).filter((name) => name !== 'default');
      for (const name of names) defineLive(exported, name, () => host.importModule(entry.specifier)[name]);
      continue;
    }
    const read = entry.kind === 'local'
      ? () => readExport(frame, entry)
      : () => (entry.name === '*' ? host.importModule(entry.specifier) : host.importModule(entry.specifier)[entry.name]);
    defineLive(exported, entry.exported, read);
  }
  return exported;
}

function defineLive(exported: ModuleExports, name: string, read: () => unknown): void {
  Object.defineProperty(exported, name, { get: read, enumerable: true, configurable: true });
}
