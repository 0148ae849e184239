/**
 * Bytes that become an array of numbers only to become bytes again: `new Uint8Array([...a, ...b])`, `Buffer.from(Array.from(a))`.
 * Each byte is boxed into an array that grows step by step, by the iterator protocol; the bytes can be copied as bytes.
 * An array of numbers that is wanted as such stays silent, and so do operands that may be anything else than bytes.
 */
import { addSizes, byteViewMakerOf, type CallSite, constantSize, defineRule, type Edit, type FunctionQuery, obligation, type Obligation, printSize, type ProgramQuery, proveAttached, scaleSize, type Size, type ValueId } from '@scrimp/analysis/detect';

const makers: ReadonlySet<string> = new Set(['new Uint8Array', 'Uint8Array.from', 'Buffer.from']);
const plainBytes: ReadonlySet<string> = new Set(['Uint8Array', 'Buffer']);
/** Heap bytes per element of the array in between, at least; measured for 32 to 256 elements on Node 20 and 24 (bench.json). */
const arrayBytesPerElement = 40;

/** The list of numbers in between: what is spread into it, and how many single elements stand beside that. */
interface NumberList {
  readonly spread: readonly ValueId[];
  readonly singles: number;
}

export const rule = defineRule({
  meta: {
    id: 'no-byte-spread',
    summary: 'bytes are spread into an array of numbers to make bytes of it again',
    stage: 'nursery',
    category: 'message-payload',
    severity: 'high',
    presets: ['recommended', 'hot', 'strict', 'all'],
    needs: ['types'],
    evidence: 'saving',
    fixable: 'safe',
    effort: 'trivial',
    risk: 'none',
    messages: {
      join: {
        what: '{{call}} joins {{operands}} through an array of {{amount}}',
        why: 'each byte goes through an iterator into a growing array of numbers, which is read once and dropped; copying the bytes takes at most a twentieth of the time and no array',
        help: '{{help}}',
      },
      copy: {
        what: '{{call}} copies {{operands}} through an array of {{amount}}',
        why: 'each byte goes through an iterator into a growing array of numbers, which is read once and dropped; copying the bytes takes at most a twentieth of the time and no array',
        help: '{{help}}',
      },
    },
  },
  check(query, report) {
    for (const fn of query.relevantFunctions()) {
      if (fn.runsOnce) continue;
      for (const call of fn.calls()) {
        const list = numberListOf(fn, call);
        if (list === null) continue;
        const length = addSizes(constantSize(list.singles), ...list.spread.map((one) => fn.costLengthOf(one)));
        const names = list.spread.map((one) => fn.text(one) ?? 'bytes');
        const isCopy = list.spread.length === 1 && list.singles === 0;
        const edit = editOf(fn, call, list);
        report({
          site: fn.site(call.value),
          messageId: isCopy ? 'copy' : 'join',
          data: { call: fn.text(call.value) ?? call.api!, operands: listed(names), amount: amountOf(length), help: edit === null ? sketch(call, names, list.singles) : `write ${edit.text}` },
          obligations: [classObligation(fn, list.spread), ...attachedObligation(fn, call, list), ...iteratorObligation(query)],
          saves: { objects: 1, heapBytes: scaleSize(length, arrayBytesPerElement), externalBytes: constantSize(0) },
          fix: edit === null ? null : { title: isCopy ? 'copy the bytes themselves' : 'join the bytes themselves', edits: [edit] },
        });
      }
    }
  },
});

/** The list that the call makes bytes of, when it holds bytes and single numbers and nobody else reads it. */
function numberListOf(fn: FunctionQuery, call: CallSite): NumberList | null {
  const [source, ...more] = call.operands.arguments;
  if (call.api === null || !makers.has(call.api) || source === undefined || more.length > 0 || call.operands.uncertainFrom !== null) return null;
  const made = fn.definition(source);
  if (made === null || !fn.isOnlyUsedBy(made.id, call.value)) return null;
  const from = fn.callOf(made.id);
  if (from?.api === 'Array.from' && from.operands.arguments.length === 1 && from.operands.uncertainFrom === null) {
    const spread = from.operands.arguments;
    return spread.every((one) => isPlainBytes(fn, one)) ? { spread, singles: 0 } : null;
  }
  if (made.op !== 'array') return null;
  const spread: ValueId[] = [];
  let singles = 0;
  for (const element of made.elements) {
    if (element === null) return null;
    if (!element.spread) { singles += 1; continue; }
    const instruction = fn.instruction(element.value);
    if (instruction?.op !== 'spread' || !isPlainBytes(fn, instruction.iterable)) return null;
    spread.push(instruction.iterable);
  }
  return spread.length === 0 ? null : { spread, singles };
}

/** Bytes whose elements are bytes: no wider element, nothing but bytes possible. */
function isPlainBytes(fn: FunctionQuery, value: ValueId): boolean {
  const { classes, primitives, complete } = fn.knowledge(value);
  return complete && primitives.length === 0 && classes.length > 0 && classes.every((one) => plainBytes.has(one.name));
}

function classObligation(fn: FunctionQuery, spread: readonly ValueId[]): Obligation {
  const declared = spread.filter((one) => !fn.knowledge(one).classes.every((possible) => possible.exact)).map((one) => fn.text(one) ?? 'the bytes');
  if (declared.length === 0) return obligation('TY', 'proved', 'what is spread is made as bytes');
  return obligation('TY', 'assumed', `${listed(declared)} ${declared.length === 1 ? 'is' : 'are'} declared as bytes; a subclass with an iterator of its own would differ`);
}

/** Spreading detached bytes throws, and so does every way to copy them but one: `Buffer.from(bytes)` takes them for empty. */
function attachedObligation(fn: FunctionQuery, call: CallSite, list: NumberList): readonly Obligation[] {
  const [only, ...more] = list.spread;
  return call.api === 'Buffer.from' && more.length === 0 && list.singles === 0 && only !== undefined ? [proveAttached(fn, only, call.value)] : [];
}

/** A spread runs the iterator of typed arrays, which copying as bytes does not. */
function iteratorObligation(query: ProgramQuery): readonly Obligation[] {
  const patched = ['Uint8Array.prototype.@@iterator', 'Buffer.prototype.@@iterator', 'Array.prototype.@@iterator'].some((one) => query.replacementOf(one) !== null);
  return patched ? [obligation('TY', 'open', 'the program replaces the iterator of arrays or typed arrays')] : [];
}

/** One expression that gives the same class and bytes; null where that takes statements. */
function editOf(fn: FunctionQuery, call: CallSite, list: NumberList): Edit | null {
  const texts = list.spread.map((one) => fn.text(one));
  if (list.singles > 0 || !isWrittenOut(fn, call, texts)) return null;
  // A later operand that runs code could change the bytes of an earlier one, which were read before it.
  if (texts.slice(1).some((text) => text === null || !/^[\w$.#]+$/.test(text))) return null;
  const maker = byteViewMakerOf(fn, call, call.api === 'Buffer.from' ? 'Buffer' : 'Uint8Array');
  if (maker === null) return null;
  if (texts.length === 1) return fn.replace(call.value, `${maker}(${texts[0]!})`);
  return call.api === 'Buffer.from' ? fn.replace(call.value, `${maker.replace(/from$/, 'concat')}([${texts.join(', ')}])`) : null;
}

/** Whether the call is nothing but its operands: no comma expression, comment or variable in between that an edit would lose. */
function isWrittenOut(fn: FunctionQuery, call: CallSite, texts: readonly (string | null)[]): boolean {
  const inside = fn.text(call.value)?.replaceAll(/\s+/g, '').replace(/^[^(]*\(/, '').replace(/,?\)$/, '').replace(/,\]$/, ']');
  const operands = texts.map((text) => text?.replaceAll(/\s+/g, ''));
  return inside === `[${operands.map((text) => `...${text}`).join(',')}]` || inside === `Array.from(${operands[0]})`;
}

function sketch(call: CallSite, names: readonly string[], singles: number): string {
  const simple = names.map((name, index) => (/^[\w$.#]+$/.test(name) ? name : `part${index + 1}`));
  if (call.api === 'Buffer.from' && singles === 0) return `write Buffer.concat([${simple.join(', ')}])`;
  if (simple.length === 1 && singles === 0) return `write ${call.api === 'Buffer.from' ? 'Buffer.from' : 'new Uint8Array'}(${simple[0]!})`;
  const total = [...(singles > 0 ? [String(singles)] : []), ...simple.map((name) => `${name}.length`)].join(' + ');
  if (singles > 0) return `make an array of ${total} bytes, assign the ${singles === 1 ? 'single element' : 'single elements'} and set ${listed(simple)} at their offsets`;
  const before = simple.map((_, index) => simple.slice(0, index).map((name) => `${name}.length`).join(' + '));
  const sets = simple.map((name, index) => `joined.set(${[name, before[index]!].filter((one) => one !== '').join(', ')})`);
  return `make joined = new Uint8Array(${total}), then ${sets.join(', ')}`;
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`;
}

function amountOf(length: Size): string {
  const text = printSize(length);
  return text === 'unknown' ? 'numbers' : `${text} numbers`;
}
