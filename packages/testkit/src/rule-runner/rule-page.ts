// Owns the page of a rule as a document: its sections, its fences and what is wrong with them.
// What the fences must be reported as is checked by `rule-checks.ts`; the generated header is made by `generate/rule-readme.ts`.

export interface PageFence {
  readonly verdict: 'bad' | 'good';
  /** 1-based line of the page on which the code begins. */
  readonly line: number;
  readonly text: string;
}

export const pageSections: readonly string[] = ['Bad', 'Good', 'Why', 'When not to', 'Known limits'];

/** Every fence tagged `ts bad` or `ts good`, in order; other fences of code are problems, since nothing would run them. */
export function readPage(page: string): { fences: readonly PageFence[]; problems: readonly string[] } {
  const lines = page.split('\n');
  const fences: PageFence[] = [];
  const problems: string[] = [];
  const sections: string[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const heading = /^## (.+?)\s*$/.exec(lines[index]!);
    if (heading !== null) sections.push(heading[1]!);
    const opening = /^```(.*)$/.exec(lines[index]!);
    if (opening === null) continue;
    const end = lines.findIndex((line, position) => position > index && /^```\s*$/.test(line));
    if (end === -1) {
      problems.push(`README.md line ${index + 1}: the fence is not closed`);
      break;
    }
    const info = opening[1]!.trim();
    if (info === 'ts bad' || info === 'ts good') fences.push({ verdict: info === 'ts bad' ? 'bad' : 'good', line: index + 2, text: `${lines.slice(index + 1, end).join('\n')}\n` });
    else if (info !== 'text') problems.push(`README.md line ${index + 1}: a fence is "ts bad", "ts good" or "text", not ${JSON.stringify(info)}`);
    index = end;
  }
  const found = sections.filter((section) => pageSections.includes(section));
  if (found.join() !== pageSections.join()) problems.push(`README.md needs the sections ${pageSections.map((section) => `"## ${section}"`).join(', ')} once and in this order; it has ${found.join(', ') || 'none of them'}`);
  for (const verdict of ['bad', 'good'] as const) {
    if (!fences.some((fence) => fence.verdict === verdict)) problems.push(`README.md has no fence "ts ${verdict}"; show the ${verdict} code`);
  }
  return { fences, problems };
}
