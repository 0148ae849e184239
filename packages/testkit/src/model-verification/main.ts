/**
 * `node packages/testkit/dist/model-verification/main.js`: executes the model against the Node that runs it, so that one build checks several majors.
 * Prints one line per wrong row and a last line with the counts; exits 1 when a row is wrong.
 */
import { removeTemporaryFiles } from './exercise-run.js';
import { verifyModel } from './verify-model.js';

const { passed, failures, notSupported, notExecuted, unexplained } = await verifyModel();
removeTemporaryFiles();
for (const { api, call, problems } of failures) for (const problem of problems) console.log(`${api}: ${problem} (${call})`);
for (const api of unexplained) console.log(`${api}: has no exercise and no reason`);
console.log(`node ${process.versions.node}: ${passed} passed, ${failures.length + unexplained.length} failed, ${notSupported.length} not on this node, ${notExecuted.length} not executed`);
process.exitCode = failures.length + unexplained.length > 0 ? 1 : 0;
