// Owns the build of the workspace: `tsc -b` over the project references of the root tsconfig, which is incremental by itself.
import { lastLines, runCollectingOutput } from './child-command.mjs';
import { say } from './progress-lines.mjs';

/** The command that builds, and with it type-checks, every package. */
export const buildCommand = [process.execPath, 'node_modules/typescript/bin/tsc', '-b'];

/** @returns {Promise<import('./progress-lines.mjs').Problem | null>} null when every package was built without a type error */
export async function buildPackages() {
  say('building packages with tsc -b');
  const { code, output } = await runCollectingOutput(buildCommand);
  if (code === 0) {
    say('packages are built');
    return null;
  }
  const errorCount = output.split('\n').filter((line) => line.includes('error TS')).length;
  return { sentence: `the build failed with ${errorCount} type errors; mend them and run the command again, the last ones are`, evidence: lastLines(output, 15) };
}
