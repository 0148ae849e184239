// Owns `pnpm new-rule <id> [--guard]`: writes a rule's folder to be filled in, brings the index up to date, and says what to do next.
// Exit 0: written; 2: usage or id is wrong, nothing was written.
import { parseArgs } from 'node:util';
import { workspaceRoot } from '../rule-runner/workspace-root.js';
import { createRule } from './create-rule.js';
import { nextSteps } from './scaffold.js';

const usage = 'usage: pnpm new-rule <id> [--guard] (--guard: the evidence is a program that breaks, not a saving)';

process.exitCode = runNewRule(process.argv.slice(2));

function runNewRule(argv: readonly string[]): number {
  const { id, evidence, problem } = readArguments(argv);
  if (problem !== null) return complain(problem);
  const created = createRule(workspaceRoot, id, evidence);
  if (created.problem !== null) return complain(created.problem);
  const steps = nextSteps(id, evidence).map((step, index) => `${index + 1}. ${step}`);
  process.stdout.write([...created.written.map((path) => `wrote ${path}`), '', 'its tests fail until every "write me" is answered; next:', ...steps, ''].join('\n'));
  return 0;
}

function complain(problem: string): number {
  process.stderr.write(`new-rule: ${problem}\n`);
  return 2;
}

function readArguments(argv: readonly string[]): { id: string; evidence: 'saving' | 'guard'; problem: string | null } {
  try {
    const { values, positionals } = parseArgs({ args: [...argv], allowPositionals: true, options: { guard: { type: 'boolean' } } });
    const evidence = values.guard === true ? 'guard' : 'saving';
    const [id, ...more] = positionals;
    if (id === undefined || more.length > 0) return { id: '', evidence, problem: `name one rule; ${usage}` };
    return { id, evidence, problem: null };
  } catch (error) {
    return { id: '', evidence: 'saving', problem: `${error instanceof Error ? error.message : String(error)}; ${usage}` };
  }
}
