/**
 * `// scrimp-assume-next-line <what> -- <reason>`: what an author vouches for where the analysis cannot see it.
 * `nonallocating` and `allocs <= 1, bytes <= 64` bound what the line allocates, for contracts; codes such as `ESC, SRC` answer open obligations of findings on the line.
 * A waiver without a reason, or one that is not understood, waives nothing and is a finding of `annotation-malformed`. What failed by the evidence cannot be waived.
 */
import type { AssumeComment, ModuleIr } from '../ir/function.js';
import { exactBytes } from '../cost/size.js';
import { readConstantBounds } from './contract-bound.js';
import type { Finding, Obligation, ObligationCode, Waiver } from './finding.js';

export type WaiverReading =
  | { readonly kind: 'allocation'; readonly objects: number; /** Null: nothing is said of bytes. */ readonly bytes: number | null }
  | { readonly kind: 'obligations'; readonly codes: readonly ObligationCode[] }
  /** Lower case, no final period. */
  | { readonly kind: 'problem'; readonly problem: string };

/** Obligations that speak of what code out of sight does, which is what an author can know. */
const waivable: ReadonlySet<string> = new Set<ObligationCode>(['SRC', 'RES', 'ESC', 'SUSP', 'DET', 'PROP', 'ID', 'PUB', 'ZER']);

export function readWaiver(comment: AssumeComment): WaiverReading {
  if (comment.reason === null) return { kind: 'problem', problem: 'this assumption gives no reason, and counts for nothing' };
  if (comment.what === 'nonallocating') return { kind: 'allocation', objects: 0, bytes: 0 };
  const codes = comment.what.split(/[\s,]+/).filter((code) => code !== '');
  if (codes.length > 0 && codes.every((code) => waivable.has(code))) return { kind: 'obligations', codes: codes as ObligationCode[] };
  const { contract, problem } = readConstantBounds(comment.what);
  const objects = contract?.objects === undefined || contract.objects === null ? null : exactBytes(contract.objects.size);
  if (contract === null || objects === null) return { kind: 'problem', problem: `${problem ?? 'it says nothing of objects'}; an assumption is nonallocating, allocs <= 1, bytes <= 64, or codes of obligations such as ESC` };
  return { kind: 'allocation', objects, bytes: contract.bytes === null ? null : exactBytes(contract.bytes.size) };
}

/** The waiver of what a line allocates; null when there is none that counts. */
export function allocationWaiverAt(module: ModuleIr, line: number): { readonly comment: AssumeComment; readonly objects: number; readonly bytes: number | null } | null {
  for (const comment of module.assumptions) {
    if (comment.line !== line) continue;
    const reading = readWaiver(comment);
    if (reading.kind === 'allocation') return { comment, objects: reading.objects, bytes: reading.bytes };
  }
  return null;
}

/** Obligations with the open ones that a waiver speaks of turned into assumptions. The witness tells the line. */
export function withWaivers(obligations: readonly Obligation[], module: ModuleIr, site: number): readonly Obligation[] {
  if (module.assumptions.length === 0) return obligations;
  return obligations.map((one) => {
    if (one.state !== 'open') return one;
    const line = lineOfWitness(one) ?? site;
    for (const comment of module.assumptions) {
      if (comment.line !== line) continue;
      const reading = readWaiver(comment);
      if (reading.kind === 'obligations' && reading.codes.includes(one.code)) return { ...one, state: 'assumed', witness: `${one.witness}; waived, because ${comment.reason!}` };
    }
    return one;
  });
}

function lineOfWitness({ witness }: Obligation): number | null {
  const match = /^line (\d+):/.exec(witness);
  return match === null ? null : Number(match[1]);
}

/** Every waiver of the program, in file and source order: who audits a report sees what it takes on trust. `allocationsUsed` are those that some contract rests on. */
export function listWaivers(modules: readonly ModuleIr[], findings: readonly Finding[], allocationsUsed: ReadonlySet<AssumeComment>): readonly Waiver[] {
  return modules.flatMap((module) => [
    ...module.ignores.map((one): Waiver => ({
      kind: 'ignore', file: module.file, line: one.line - 1, what: one.rules.length === 0 ? 'every rule' : one.rules.join(', '), reason: one.reason,
      used: findings.some((finding) => finding.file === module.file && finding.line === one.line && finding.suppressed?.kind === 'comment' && (one.rules.length === 0 || one.rules.includes(finding.rule))),
    })),
    ...module.assumptions.map((one): Waiver => ({
      kind: 'assume', file: module.file, line: one.line - 1, what: one.what, reason: one.reason,
      used: allocationsUsed.has(one) || (one.reason !== null && findings.some((finding) => finding.file === module.file && finding.obligations.some((obligation) => obligation.state === 'assumed' && obligation.witness.endsWith(`; waived, because ${one.reason!}`)))),
    })),
  ].sort((left, right) => left.line - right.line));
}
