/**
 * The entry of a child process: reads one request from its arguments, runs that pass, sends one reply.
 * It is JavaScript without a build step, because it must start under any Node, from the sources and from the build alike.
 */
import { bytesPass } from './bytes-pass.mjs';
import { caseAtSize, loadCases } from './case-loading.mjs';
import { countsPass } from './counts-pass.mjs';
import { inspectPass } from './inspect-pass.mjs';

/** @param {import('../passes.js').PassRequest} request */
async function runPass(request) {
  if (request.pass === 'inspect') return inspectPass(request);
  const { cases } = await loadCases(request.file);
  const sized = caseAtSize(cases, request.identity);
  if (request.pass === 'bytes') return bytesPass(sized, request.effort);
  return countsPass(sized, request.effort);
}

/** @param {unknown} error */
function sentenceOf(error) {
  if (!(error instanceof Error)) return String(error);
  return error.stack ?? error.message;
}

/** @type {import('../passes.js').PassReply<unknown>} */
let reply;
try {
  reply = { answer: await runPass(JSON.parse(process.argv[2] ?? '')) };
} catch (error) {
  reply = { failure: sentenceOf(error) };
}
// The channel must be flushed before the process ends, and a case may leave handles open that would keep it alive.
process.send?.(reply, undefined, undefined, () => process.exit(0));
