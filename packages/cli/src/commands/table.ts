/**
 * The commands, each loaded when it is called, so that `--help` and wrong usage stay fast.
 * To add one: write `commands/<name>.ts` that exports `command`, and add its entry here.
 */
import type { Command } from '../command.js';

export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

export const commandTable: readonly CommandEntry[] = [
  { name: 'audit', summary: 'find bytes allocated and copied for nothing, ranked by saving', load: async () => (await import('./audit.js')).command },
  { name: 'merge', summary: 'audit from the shards that `audit --shard` left', load: async () => (await import('./merge.js')).command },
  { name: 'fix', summary: 'rewrite what findings say, checked and reversible', load: async () => (await import('./fix.js')).command },
  { name: 'explain', summary: 'say what a rule finds, why it matters and what to do', load: async () => (await import('./explain.js')).command },
];
