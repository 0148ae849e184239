// Owns `npm start`: from a fresh clone to a ranked audit of real byte-handling code.
// The audits themselves are the scrimp command's; this module only chooses what is audited and says where the reports are.
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { prepareWorkspace } from './bootstrap.mjs';
import { buildPackages } from './build-packages.mjs';
import { runShowingOutput } from './child-command.mjs';
import { say, sayProblem } from './progress-lines.mjs';
import { inWorkspace } from './workspace-root.mjs';

/** The npm package, installed by fixtures/ecosystem, whose sources are audited beside the reference implementation. */
const ecosystemPackage = '@ethereumjs/devp2p';
const scrimpCommand = 'packages/cli/bin/scrimp.js';

process.exitCode = await start();

/** @returns {Promise<number>} the exit code: 0 when both audits ran, 2 when something could not run */
async function start() {
  const problem = (await prepareWorkspace()) ?? (await buildPackages());
  if (problem !== null) {
    sayProblem(problem);
    return 2;
  }
  if (!existsSync(inWorkspace(scrimpCommand))) {
    sayProblem({ sentence: `nothing can be audited, because ${scrimpCommand} does not exist`, evidence: [] });
    return 2;
  }
  mkdirSync(inWorkspace('.scrimp', 'reports'), { recursive: true });
  let exitCode = 0;
  /** @type {string[]} */
  const written = [];
  for (const { path, reportFile } of auditedFolders()) {
    say(`auditing ${path}`);
    if (!existsSync(inWorkspace(path))) {
      sayProblem({ sentence: `${path} cannot be audited, because it does not exist`, evidence: [] });
      exitCode = 2;
      continue;
    }
    // A report of an earlier run must not pass for one of this run.
    rmSync(inWorkspace(reportFile), { force: true });
    const code = await runShowingOutput([process.execPath, scrimpCommand, 'audit', path, '--format', 'text', '--format', `json=${reportFile}`]);
    if (existsSync(inWorkspace(reportFile))) written.push(reportFile);
    if (code === 0) continue;
    sayProblem({ sentence: `the audit of ${path} ended with exit code ${code}`, evidence: [] });
    exitCode = 2;
  }
  for (const reportFile of written) say(`report: ${reportFile}`);
  // The audits propose commands; nothing has put `scrimp` on the PATH.
  if (written.length > 0) say(`in this folder, "scrimp" is: node ${scrimpCommand}`);
  return exitCode;
}

/** @returns {{ path: string, reportFile: string }[]} folders relative to the workspace root, each with the report it gets */
function auditedFolders() {
  return [
    { path: 'reference-impl/before', reportFile: '.scrimp/reports/reference-impl-before.json' },
    {
      path: `fixtures/ecosystem/node_modules/${ecosystemPackage}/src`,
      reportFile: `.scrimp/reports/${ecosystemPackage.replace(/^@/, '').replace('/', '-')}.json`,
    },
  ];
}
