/**
 * Which counts are accepted beside which weights.
 */
import { describe, expect, it } from 'vitest';
import { countSide, weighSide } from './pass-agreement.js';

const round = (objects: number, sampledBytes: number, overstatedHeaders = 0) => ({ objects, sampledBytes, overstatedHeaders });
const weight = (heapBytes: number) => ({ heapBytes, externalBytes: 32, ns: 100 });

describe('countSide', () => {
  it('takes 16 bytes off each over-stated header before it compares', () => {
    expect(countSide(232, [round(3, 248, 1), round(3, 248, 1)])).toEqual({ objects: 3, isUnanimous: true, unrest: undefined });
  });

  it('takes nothing off where the header is stated right', () => {
    expect(countSide(200, [round(2, 200, 1), round(2, 200, 1)])).toEqual({ objects: 2, isUnanimous: true, unrest: undefined });
  });

  it('counts only the rounds that belong to the weighed code', () => {
    expect(countSide(376, [round(9, 472), round(6, 376), round(6, 376)])).toEqual({ objects: 6, isUnanimous: false, unrest: undefined });
  });

  it('reports a count without a weight that fits', () => {
    expect(countSide(376, [round(9, 472), round(9, 472)]).unrest).toBe('only 0 of 2 rounds counted the optimized code that was weighed; the nearest saw 472.0 B, the weight is 376.0 B');
  });

  it('falls back on the rounds nearest to the weight, and says so', () => {
    const counted = countSide(728, [round(7, 694), round(15, 920), round(11, 802), round(7, 664)]);
    expect(counted.objects).toBe(7);
    expect(counted.unrest).toMatch(/^only 0 of 4 rounds counted the optimized code/);
  });

  it('reports counts that spread though their bytes agree', () => {
    expect(countSide(6000, [round(60, 6000), round(70, 6010), round(80, 5995)]).unrest).toBe('objects spread by 10.0 around 70.0 between rounds');
  });
});

describe('weighSide', () => {
  it('does not mind one disturbed round', () => {
    expect(weighSide([[weight(232), weight(232), weight(400), weight(232), weight(232)]])).toEqual({ heapBytes: 232, externalBytes: 32, unrest: undefined });
  });

  it('reports processes that settled in different states', () => {
    expect(weighSide([[weight(6073)], [weight(6633)]]).unrest).toBe('heap bytes settled between 6073.0 and 6633.0 from process to process');
  });
});
