/** What one library call allocates, by its model rows: the result's bytes plus the fixed part that was measured. */
import type { Size } from '../ir/effects.js';
import type { CallOperands, ResolvedCall } from '../flow/call-effects.js';
import type { ModelRow, ResultModel } from '../model/row.js';
import { addCosts, type AllocationCost, noAllocation, ownBytesCost, pooledBytesCost, viewCost } from './allocation.js';
import type { Lengths } from './length.js';
import type { RuntimeProfile } from './profile.js';
import { addSizes, constantSize, unknownSize, zeroSize } from './size.js';

/** Header of a sequential one-byte string, bytes; its characters follow, padded to 8 (V8, no pointer compression). */
const stringHeader = 16;

/** Cost of a call, the largest over its possible callees; calls of program functions count as nothing here (`function-cost.ts` adds them). */
export function callCost(call: ResolvedCall, lengths: Lengths, profile: RuntimeProfile): AllocationCost {
  const costs = call.candidates.map((one) => (one.row === null ? noAllocation : rowCost(one.row, call.operands, lengths, profile)));
  return costs.length === 0 ? noAllocation : costs.reduce((left, right) => (right.objects > left.objects ? right : left));
}

function rowCost(row: ModelRow, operands: CallOperands, lengths: Lengths, profile: RuntimeProfile): AllocationCost {
  const result = resultCost(row.result, row, operands, lengths, profile);
  if (row.cost === undefined || row.result.kind === 'object' || row.result.kind === 'array') return result;
  const { objects, heapBytes, externalBytes = 0 } = row.cost;
  if (row.result.kind === 'bytes' && row.result.origin === 'fresh') {
    // A measured fixed part includes the result's objects and headers, so only its content is added: outside of the V8 heap, where library calls have it also when it is short.
    return { objects, heapBytes: constantSize(heapBytes), externalBytes: addSizes(lengths.evaluate(row.result.length, operands), constantSize(externalBytes)) };
  }
  return { objects: Math.max(objects, result.objects), heapBytes: constantSize(Math.max(heapBytes, result.heapBytes.constant)), externalBytes: addSizes(result.externalBytes, constantSize(externalBytes)) };
}

function resultCost(result: ResultModel, row: ModelRow, operands: CallOperands, lengths: Lengths, profile: RuntimeProfile): AllocationCost {
  switch (result.kind) {
    case 'bytes': {
      const length = lengths.evaluate(result.length, operands);
      return result.origin === 'pooled' ? pooledBytesCost(length, profile) : ownBytesCost(length, profile);
    }
    case 'view': return viewCost(profile);
    case 'string': return { objects: 1, heapBytes: stringBytes(lengths.evaluate(result.length, operands)), externalBytes: zeroSize };
    case 'object': case 'array':
      return row.cost === undefined ? { objects: 1, heapBytes: unknownSize, externalBytes: zeroSize } : { objects: row.cost.objects, heapBytes: constantSize(row.cost.heapBytes), externalBytes: zeroSize };
    case 'promise': return addCosts(resultCost(result.of, row, operands, lengths, profile), { objects: 1, heapBytes: constantSize(48), externalBytes: zeroSize });
    case 'scalar': case 'same': case 'member': case 'function': case 'unknown': return noAllocation;
  }
}

export function stringBytes(length: Size): Size {
  return addSizes(length, constantSize(stringHeader));
}
