/** Contracts and waivers in words, the same for every format that people read. */
import { plural } from './active-findings.js';
import type { ContractResult, Waiver } from '@scrimp/analysis/detect';

const order: readonly ContractResult['state'][] = ['broken', 'unverified', 'assumed', 'verified'];

/** Broken ones first, then what nobody knows; otherwise in the order of the files. */
export function worstFirst(contracts: readonly ContractResult[]): readonly ContractResult[] {
  return [...contracts].sort((left, right) => order.indexOf(left.state) - order.indexOf(right.state));
}

/** `Contracts: 3 verified, 1 broken`. */
export function contractTitle(contracts: readonly ContractResult[]): string {
  const counts = order.map((state) => ({ state, count: contracts.filter((one) => one.state === state).length })).filter(({ count }) => count > 0);
  return `Contracts: ${counts.map(({ state, count }) => `${String(count)} ${state}`).join(', ')}`;
}

/** `broken: it allocates 2 objects`; `assumed: line 3: + adds numbers`. */
export function contractNote({ state, because, assumptions }: ContractResult): string {
  const why = state === 'assumed' ? assumptions.join('; ') : because;
  return why === '' ? state : `${state}: ${why}`;
}

/** `assumes nonallocating: the pool is warm (nothing rests on it)`. */
export function waiverText({ kind, what, reason, used }: Waiver): string {
  const rest = used ? '' : kind === 'ignore' ? ' (silences nothing)' : ' (nothing rests on it)';
  return `${kind === 'ignore' ? 'ignores' : 'assumes'} ${what}: ${reason ?? 'no reason given'}${rest}`;
}

/** `2 waivers, 1 of them without effect`. */
export function countWaivers(waivers: readonly Waiver[]): string {
  const idle = waivers.filter((one) => !one.used).length;
  return `${plural(waivers.length, 'waiver')}${idle === 0 ? '' : `, ${String(idle)} of them without effect`}`;
}
