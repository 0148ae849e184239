/**
 * Counts how often one operation executes given places of the source, by V8's precise coverage of the built variant.
 * A finding states its saving per execution; this is what makes a prediction per operation of it.
 */
import { readFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { SourceMap } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { SourceMapPayload } from 'node:module';

/** A place in a TypeScript source; line and column are 1-based. */
export interface SourcePlace {
  /** Relative to the folder that was built. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * @param builtFolder JavaScript with source maps beside it, not loaded before
 * @param prepare loads the variant and makes operations ready to run
 * @returns per operation, in order, the executions of each place
 */
export async function countSiteExecutions(builtFolder: string, places: readonly SourcePlace[], prepare: () => Promise<readonly (() => unknown)[]>): Promise<readonly (readonly number[])[]> {
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    // Counts need code that was not compiled before they were asked for.
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
    const offsets = places.map((place) => ({ url: pathToFileURL(builtFileOf(builtFolder, place.file)).href, offset: builtOffsetOf(builtFolder, place) }));
    const counts: number[][] = [];
    for (const operation of await prepare()) {
      // The first run makes what is made once; taking resets the counts.
      operation();
      await session.post('Profiler.takePreciseCoverage');
      operation();
      const { result } = await session.post('Profiler.takePreciseCoverage');
      counts.push(offsets.map(({ url, offset }) => {
        const ranges = result.filter((script) => script.url === url).flatMap((script) => script.functions).flatMap(({ ranges: own }) => own);
        const around = ranges.filter((range) => range.startOffset <= offset && offset < range.endOffset);
        const innermost = around.sort((left, right) => (left.endOffset - left.startOffset) - (right.endOffset - right.startOffset))[0];
        // A function that did not run since the last reset is not listed.
        return innermost?.count ?? 0;
      }));
    }
    return counts;
  } finally {
    session.disconnect();
  }
}

function builtFileOf(builtFolder: string, file: string): string {
  return join(builtFolder, file.replace(/\.ts$/, '.js'));
}

/** The offset in the built file of the last mapped position at or before the place, on its line. */
function builtOffsetOf(builtFolder: string, { file, line, column }: SourcePlace): number {
  const built = builtFileOf(builtFolder, file);
  const text = readFileSync(built, 'utf8');
  const map = new SourceMap(JSON.parse(readFileSync(`${built}.map`, 'utf8')) as SourceMapPayload);
  let best: { column: number; offset: number } | null = null;
  let start = 0;
  for (const [lineIndex, builtLine] of text.split('\n').entries()) {
    for (let index = 0; index < builtLine.length; index += 1) {
      const entry = map.findEntry(lineIndex, index);
      if (!('originalLine' in entry) || entry.originalLine !== line - 1 || entry.originalColumn > column - 1) continue;
      if (best === null || entry.originalColumn > best.column) best = { column: entry.originalColumn, offset: start + index };
    }
    start += builtLine.length + 1;
  }
  if (best === null) throw new Error(`${file}:${line}:${column} has no place in the built code`);
  return best.offset;
}
