/** Costs and savings as the report states them: numbers where they are exact, and an expression always. */
import type { Size } from '../ir/effects.js';
import type { Cost } from '../cost/cost.js';
import { addSizes, constantSize, exactBytes, isZero, printSize } from '../cost/size.js';
import type { FindingCost } from './finding.js';
import type { Saving } from './rule.js';

/** What one call of a function costs. */
export function findingCost(cost: Cost): FindingCost {
  const retained = isZero({ ...cost.retainedBytes, unknown: false }) ? '' : `, ${printSize(cost.retainedBytes)} B retained`;
  return {
    objects: exactBytes(cost.objects),
    heapBytes: exactBytes(cost.heapBytes),
    externalBytes: exactBytes(cost.externalBytes),
    retainedBytes: exactBytes(cost.retainedBytes),
    nativeCalls: exactBytes(cost.nativeCalls),
    expression: `${printSize(addSizes(cost.heapBytes, cost.externalBytes))} B in ${objectsText(cost.objects)}${retained}`,
  };
}

/** What one execution of a finding's site would save; absent, nobody knows. */
export function savingCost(saving: Saving | undefined): FindingCost {
  if (saving === undefined) return { objects: null, heapBytes: null, externalBytes: null, retainedBytes: null, nativeCalls: null, expression: 'not modelled' };
  const total = addSizes(saving.heapBytes, saving.externalBytes);
  const parts = [`${printSize(total)} B`];
  if (saving.objects > 0) parts.push(objectsText(constantSize(saving.objects)));
  if (saving.nativeCalls !== undefined && saving.nativeCalls > 0) parts.push(`${saving.nativeCalls} native ${saving.nativeCalls === 1 ? 'call' : 'calls'}`);
  const nothingButUnknown = total.unknown && exactBytes({ ...total, unknown: false }) === 0;
  return {
    objects: saving.objects,
    heapBytes: exactBytes(saving.heapBytes),
    externalBytes: exactBytes(saving.externalBytes),
    retainedBytes: saving.retainedBytes === undefined ? null : exactBytes(saving.retainedBytes),
    nativeCalls: saving.nativeCalls ?? null,
    expression: nothingButUnknown ? parts.slice(1).join(', ') || 'not modelled' : parts.join(' in '),
  };
}

function objectsText(objects: Size): string {
  return `${printSize(objects)} ${exactBytes(objects) === 1 ? 'object' : 'objects'}`;
}
