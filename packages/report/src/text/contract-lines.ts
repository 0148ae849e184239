/** Contracts and waivers in the text report: each with its place, what it says, and what became of it. */
import { contractNote, waiverText, worstFirst } from '../contracts.js';
import { printable, wrap } from '../terminal-text.js';
import type { TextStyle } from './text-style.js';
import type { AnalysisResult } from '@scrimp/analysis/detect';

const shownContracts = 20;
const shownWaivers = 50;

/** Lines without a heading; empty when the program has no contract. */
export function contractLines(style: TextStyle, { contracts }: AnalysisResult): string[] {
  const lines = worstFirst(contracts).slice(0, shownContracts).flatMap((one) => {
    const isKept = one.state === 'verified' || one.state === 'assumed';
    const mark = isKept ? style.paint.good('✓') : style.paint.doubtful('✗');
    return [
      `  ${mark} ${style.place(one.file, one.line, null)} ${printable(one.function)}`,
      ...wrap(printable(one.contract), style.width - 4).map((line) => `    ${line}`),
      ...wrap(printable(`${contractNote(one)}; one call allocates ${one.allocates}`), style.width - 4).map((line) => `    ${style.paint.dim(line)}`),
    ];
  });
  return [...lines, ...hiddenLine(style, contracts.length - shownContracts)];
}

/** Lines without a heading; empty when nothing is waived. */
export function waiverLines(style: TextStyle, { waivers }: AnalysisResult): string[] {
  const lines = waivers.slice(0, shownWaivers).flatMap((one) => [
    `  ${style.place(one.file, one.line, null)}`,
    ...wrap(printable(waiverText(one)), style.width - 4).map((line) => `    ${style.paint.dim(line)}`),
  ]);
  return [...lines, ...hiddenLine(style, waivers.length - shownWaivers)];
}

function hiddenLine(style: TextStyle, hidden: number): string[] {
  return hidden > 0 ? [style.paint.dim(`  … and ${String(hidden)} more in the JSON report`)] : [];
}
