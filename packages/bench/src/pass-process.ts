/**
 * Runs one pass in a child process and waits for its one reply.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { cleanEnvironment } from './node-binary.js';
import type { PassReply, PassRequest } from './passes.js';

const meter = fileURLToPath(new URL('./child/meter.mjs', import.meta.url));

export interface PassProcess {
  readonly nodePath: string;
  readonly flags: readonly string[];
  readonly timeoutMilliseconds: number;
  readonly signal: AbortSignal | undefined;
}

/** Gives the child's answer, or a failure: what the case threw, that the time was up, or how the child ended. */
export function runPassProcess<Answer>(context: PassProcess, request: PassRequest): Promise<PassReply<Answer>> {
  return new Promise((resolve) => {
    // The answer has a channel of its own, since a case may print.
    const child = spawn(context.nodePath, [...context.flags, meter, JSON.stringify(request)], {
      env: cleanEnvironment(),
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      signal: context.signal,
    });
    let reply: PassReply<Answer> | undefined;
    let complaint = '';
    let tookTooLong = false;
    const timer = setTimeout(() => {
      tookTooLong = true;
      child.kill('SIGKILL');
    }, context.timeoutMilliseconds);
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(-2000);
    });
    child.on('message', (message) => {
      reply = message as PassReply<Answer>;
    });
    child.on('error', (error) => {
      clearTimeout(timer);
      resolve({ failure: context.signal?.aborted === true ? 'stopped on request' : `the measuring process failed: ${error.message}` });
    });
    child.on('close', (code, killedBy) => {
      clearTimeout(timer);
      if (reply !== undefined) return resolve(reply);
      if (tookTooLong) return resolve({ failure: `took longer than ${context.timeoutMilliseconds / 1000} s; make the operation smaller` });
      const ending = killedBy === null ? `exit code ${code}` : `signal ${killedBy}`;
      resolve({ failure: `the measuring process ended with ${ending} and no answer${complaint === '' ? '' : `: ${complaint.trim()}`}` });
    });
  });
}
