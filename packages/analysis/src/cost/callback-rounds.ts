/** How often a library call runs a function that it is given: once per item for the methods that visit every item, an unknown number of times otherwise. */
import type { Size } from '../ir/effects.js';
import type { CallOperands } from '../flow/call-effects.js';
import type { Lengths } from './length.js';
import { addSizes, constantSize, unknownSize } from './size.js';

const visitors = /^(?:Array|\w+Array|Buffer|Map|Set)\.prototype\.(?:map|forEach|filter|reduce|reduceRight|some|every|find|findIndex|findLast|findLastIndex|flatMap)$/;
const onceAtMost = /^(?:Promise\.prototype\.(?:then|catch|finally)|new Promise)$/;

/** At most; at least once where nobody knows. */
export function callbackRounds(api: string, operands: CallOperands, lengths: Lengths): Size {
  if (onceAtMost.test(api)) return constantSize(1);
  const list = /^(?:Array|\w+Array)\.from$/.test(api) ? operands.arguments[0] : visitors.test(api) ? operands.receiver : undefined;
  const items = list === undefined || list === null ? unknownSize : lengths.itemsOf(list);
  return items.unknown ? addSizes(constantSize(1), unknownSize) : items;
}
