#!/usr/bin/env node
/** The `scrimp` executable: starts the built command, or says how to build it. Everything else is `src/main.ts`. */
import { existsSync } from 'node:fs';
import module from 'node:module';

const main = new URL('../dist/main.js', import.meta.url);
if (existsSync(main)) {
  // Half of a short run is compiling TypeScript's own code; Node 22 and later can keep the result on disk.
  /** @type {typeof module & { enableCompileCache?: () => void }} */ (module).enableCompileCache?.();
  const { runAsProcess } = await import(main.href);
  await runAsProcess();
} else {
  process.stderr.write('scrimp is not built: run `npx tsc -b` in the root of the repository\n');
  process.exitCode = 2;
}
