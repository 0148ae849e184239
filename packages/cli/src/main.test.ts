/** Help, version and explain: what a newcomer types first. */
import { expect, test } from 'vitest';
import { commandTable } from './commands/table.js';
import { runCommand } from './command-run.test-support.js';

const cwd = import.meta.dirname;

test.each([[['--help']], [['-h']], [['help']]])('%j lists the commands with examples', async (argv) => {
  const { code, stdout, stderr } = await runCommand(cwd, argv);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  for (const { name } of commandTable) expect(stdout).toMatch(new RegExp(`^ {2}${name} `, 'm'));
  expect(stdout).toContain('examples:');
});

test('no command at all shows the help on stderr and exits 2', async () => {
  const { code, stdout, stderr } = await runCommand(cwd, []);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('usage: scrimp <command>');
});

test.each(commandTable.map(({ name }) => [name]))('%s --help describes every option and gives examples, wherever it stands', async (name) => {
  const entry = commandTable.find((candidate) => candidate.name === name);
  const command = await entry?.load();
  const { code, stdout, stderr } = await runCommand(cwd, [name, 'some/path', '--help']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(command?.spec.examples.length).toBeGreaterThan(1);
  for (const option of command?.spec.options ?? []) expect(stdout).toContain(`--${option.name}`);
  for (const example of command?.spec.examples ?? []) expect(stdout).toContain(example.command);
  expect((await runCommand(cwd, ['help', name])).stdout).toBe(stdout);
});

test.each([[['--version']], [['audit', '--version']]])('%j prints the version alone', async (argv) => {
  expect(await runCommand(cwd, argv)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as unknown, stderr: '' });
});

test('explain lists the rules, explains one, and knows what was meant', async () => {
  expect((await runCommand(cwd, ['explain'])).stdout).toContain('no-byte-spread\n  finds what no-byte-spread names\n');
  const one = await runCommand(cwd, ['explain', 'no-byte-spread']);
  expect(one.code).toBe(0);
  expect(one.stdout).toContain('why   a copy costs');
  expect(one.stdout).toContain('`‹name›` copies');
  expect((await runCommand(cwd, ['explain', 'no-slice-into-sync-sink'])).stdout).toBe('# no-slice-into-sync-sink\n\nThe page.\n');
  expect(JSON.parse((await runCommand(cwd, ['explain', 'no-byte-spread', '--json'])).stdout)).toMatchObject({ id: 'no-byte-spread' });
  expect(await runCommand(cwd, ['explain', 'no-byte-spred'])).toMatchObject({ code: 2, stdout: '', stderr: 'scrimp: unknown rule no-byte-spred (did you mean no-byte-spread?); `scrimp explain` lists the rules\n' });
  expect(await runCommand(cwd, ['explain', 'no-byte-spread', 'b'])).toMatchObject({ code: 2, stderr: 'scrimp: explain takes one rule at a time\n' });
});
