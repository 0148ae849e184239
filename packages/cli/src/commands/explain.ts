/** `scrimp explain`: what a rule finds, why it matters and what to do: its page, or its own messages where the page is not at hand. */
import { didYouMean } from '../suggestion.js';
import { terminalWidth, wantsColor } from '../terminal.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { usageProblem } from '../usage-problem.js';
import { explainRule, listRules } from '../rule-explanation.js';
import type { ParsedArguments } from '../arguments.js';
import type { Command } from '../command.js';
import type { CommandIo } from '../io.js';

export const command: Command = {
  spec: {
    name: 'explain',
    summary: 'Says what a rule finds, why it matters and what to do; without a rule, lists all rules.',
    positionals: '[rule]',
    options: [{ name: 'json', description: "print the rule's metadata as JSON" }],
    examples: [
      { command: 'scrimp explain', purpose: 'lists the rules' },
      { command: 'scrimp explain no-slice-into-sync-sink', purpose: 'explains one rule' },
      { command: 'scrimp audit --rule no-slice-into-sync-sink', purpose: 'next: runs it' },
    ],
  },
  run: runExplain,
};

async function runExplain(args: ParsedArguments, io: CommandIo): Promise<ExitCode> {
  const [id, ...others] = args.positionals;
  if (others.length > 0) return usageProblem(io, 'explain takes one rule at a time');
  const { rules, rulePage } = await io.loadEngine();
  const style = { color: wantsColor(io.stdout, io.env, args.flags), width: terminalWidth(io.stdout, io.env) };
  if (id === undefined) {
    const metas = rules.map((rule) => rule.meta);
    io.stdout.write(args.flags.has('json') ? `${JSON.stringify(metas, null, 2)}\n` : listRules(metas, style));
    return exitCodes.clean;
  }
  const rule = rules.find((candidate) => candidate.meta.id === id);
  if (rule === undefined) {
    return usageProblem(io, `unknown rule ${id}${didYouMean(id, rules.map((candidate) => candidate.meta.id))}; \`scrimp explain\` lists the rules`);
  }
  io.stdout.write(args.flags.has('json') ? `${JSON.stringify(rule.meta, null, 2)}\n` : (rulePage(id) ?? explainRule(rule.meta, style)));
  return exitCodes.clean;
}
