/**
 * What one library call allocates: the content of its result by the model, and what else it makes as it was measured on the runtime of the profile.
 * Calls of program functions are `program-cost.ts`.
 */
import type { Size } from '../ir/effects.js';
import type { CallOperands, ResolvedCall } from '../flow/call-effects.js';
import type { FixedCost, ModelRow, ResultModel } from '../model/row.js';
import { addCosts, type AllocationCost, noAllocation, onHeapStore, ownBytesCost, pooledBytesCost, viewCost } from './allocation.js';
import { untimedMark } from './difference.js';
import type { Lengths } from './length.js';
import type { MeasuredAmount } from './measured-operation.js';
import { high, type LibraryPrice, low } from './price-list.js';
import type { RuntimeProfile } from './profile.js';
import { addSizes, constantSize, exactBytes, scaleSize, symbolSize, unknownSize, zeroSize } from './size.js';

/** Header of a sequential one-byte string, bytes; its characters follow, padded to 8 (V8, no pointer compression). */
const stringHeader = 16;

/** Cost of a call, the largest over its possible callees; program functions count as nothing here. */
export function callCost(call: ResolvedCall, lengths: Lengths, profile: RuntimeProfile): AllocationCost {
  const costs = call.candidates.map((one) => (one.row === null ? noAllocation : rowCost(one.row, call.operands, lengths, profile)));
  return costs.length === 0 ? noAllocation : costs.reduce((left, right) => (right.objects > left.objects ? right : left));
}

function rowCost(row: ModelRow, operands: CallOperands, lengths: Lengths, profile: RuntimeProfile): AllocationCost {
  const price = profile.library[row.result.kind === 'string' ? `${row.api}:text` : hasRawKey(row, operands, lengths) ? `${row.api}:raw` : row.api] ?? (row.result.kind === 'string' ? undefined : profile.library[row.api]);
  if (price !== undefined) return pricedCost(price, row, operands, lengths, profile);
  const result = resultCost(row.result, row, operands, lengths, profile);
  const timed = { ...result, nativeCalls: row.cost?.nativeCalls ?? 0, nanoseconds: addSizes(result.nanoseconds ?? zeroSize, row.result.kind === 'view' ? zeroSize : timeOf(row.api, profile)) };
  if (row.cost === undefined || row.result.kind === 'object' || row.result.kind === 'array' || row.result.kind === 'view') return timed;
  return { ...timed, ...withFixedPart(row.cost, row, result, operands, lengths) };
}

/** What a call takes besides making the bytes of its result; where nobody measured that, a symbol, so that the same call on two sides of a comparison counts for nothing. */
function timeOf(api: string, profile: RuntimeProfile): Size {
  const measured = profile.time.calls[api];
  return measured === undefined ? symbolSize(untimedMark + api) : constantSize(measured);
}

/** Whether node:crypto is given the bytes of a key, or something that may be that, and has to make an object of it. */
function hasRawKey(row: ModelRow, operands: CallOperands, lengths: Lengths): boolean {
  const key = operands.arguments[1];
  return takesKey.test(row.api) && (key === undefined || !lengths.isObjectOf(key, 'node:crypto#KeyObject'));
}

const takesKey = /^node:crypto#create(?:Hmac|Cipheriv|Decipheriv)$/;

/** Measured on the runtime itself. */
function pricedCost(price: LibraryPrice, row: ModelRow, operands: CallOperands, lengths: Lengths, profile: RuntimeProfile): AllocationCost {
  const pick = (amount: MeasuredAmount): number => (profile.figure === 'least' ? low(amount) : high(amount));
  const made: AllocationCost = { objects: pick(price.objects), heapBytes: constantSize(pick(price.heapBytes)), externalBytes: constantSize(pick(price.externalBytes)), nativeCalls: row.cost?.nativeCalls ?? 0, nanoseconds: constantSize(price.nanoseconds) };
  if (row.result.kind === 'string') return addCosts(made, resultCost(row.result, row, operands, lengths, profile));
  if (row.result.kind !== 'bytes') return made;
  const content = lengths.evaluate(row.result.length, operands);
  const exact = exactBytes(content);
  if (price.isResultOnHeap && exact !== null && exact <= profile.onHeapLimit) return { ...made, objects: made.objects + 1, heapBytes: addSizes(made.heapBytes, constantSize(onHeapStore(exact, profile))) };
  return { ...made, externalBytes: addSizes(made.externalBytes, content), nanoseconds: addSizes(made.nanoseconds!, scaleSize(content, profile.time.offHeapByte)) };
}

/** The fixed part that the row states, which was measured on Node 20. */
function withFixedPart(fixed: FixedCost, row: ModelRow, result: AllocationCost, operands: CallOperands, lengths: Lengths): Pick<AllocationCost, 'objects' | 'heapBytes' | 'externalBytes'> {
  const { objects, heapBytes, externalBytes = 0 } = fixed;
  if (row.result.kind === 'bytes' && row.result.origin === 'fresh') {
    // It includes the result's objects and headers, so only its content is added: outside of the V8 heap, where library calls have it also when it is short.
    return { objects, heapBytes: constantSize(heapBytes), externalBytes: addSizes(lengths.evaluate(row.result.length, operands), constantSize(externalBytes)) };
  }
  return { objects: Math.max(objects, result.objects), heapBytes: { ...result.heapBytes, constant: Math.max(heapBytes, result.heapBytes.constant) }, externalBytes: addSizes(result.externalBytes, constantSize(externalBytes)) };
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
    case 'promise': {
      const { objects, heapBytes } = profile.layout.promise;
      return addCosts(resultCost(result.of, row, operands, lengths, profile), { objects, heapBytes: constantSize(heapBytes), externalBytes: zeroSize });
    }
    case 'scalar': case 'same': case 'member': case 'function': case 'unknown': return noAllocation;
  }
}

/** Of one-byte text: a length that is known is padded. */
export function stringBytes(length: Size): Size {
  const exact = exactBytes(length);
  return exact === null ? addSizes(length, constantSize(stringHeader)) : constantSize(stringHeader + Math.ceil(exact / 8) * 8);
}
