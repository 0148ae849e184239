/**
 * A result that is made only to be copied into a larger array: sealed bytes or a digest that `frame.set` takes, or parts that are joined first.
 * Where the maker takes an output, it can write into the place itself; parts can be set one by one. A result with any other use stays silent.
 */
import { type AllocationCost, byteJoinOf, type CallSite, constantSize, defineRule, type Edit, exactBytes, type FunctionQuery, losesNothing, type MakingInPlace, noAllocation, obligation, type Obligation, ownBytesCost, type PlaceOfResult, printSize, proveCheckedFirst, proveInputsElsewhere, proveMakingInPlace, proveStateWiped, readsSameAt, type Size, storeOwnershipOf, subtractSizes, type ValueId, viewCost, wipesItsState } from '@scrimp/analysis/detect';

type Kind = 'cipher' | 'digest' | 'join';

interface Copy {
  readonly call: CallSite;
  readonly frame: ValueId;
  readonly offset: ValueId | null;
}

/** Ciphers that write to any place; those of AES throw for one that is not aligned. */
const anyPlace = /#TaggedCipherWithOutput\.|\/(?:chacha|salsa)#/;
/** Per digest, measured on Node 20 and 24 (bench.json): `digestInto` and the view of the place cost nearly as much as `digest`, so only hot code is told. */
const digestSaving: AllocationCost = { objects: 1, heapBytes: constantSize(56), externalBytes: constantSize(0) };
const why = 'the result is allocated and filled, copied once, and left to the collector';

export const rule = defineRule({
  meta: {
    id: 'write-into-output',
    summary: 'a result is made in an array of its own, only to be copied into a larger one',
    stage: 'nursery',
    category: 'message-payload',
    severity: 'high',
    presets: ['hot', 'crypto', 'all'],
    needs: ['types', 'alias'],
    evidence: 'saving',
    fixable: 'guarded',
    effort: 'small',
    risk: 'low',
    messages: {
      cipher: { what: '{{call}} allocates {{amount}} that are only copied into {{frame}}', why, help: '{{first}}pass the place as output: {{output}}' },
      digest: { what: '{{call}} allocates {{amount}} that are only copied into {{frame}}', why, help: '{{first}}let the hash write there: digestInto({{output}}){{destroy}}' },
      join: { what: '{{call}} joins {{amount}} that are only copied into {{frame}}', why, help: '{{first}}set each part into {{frame}} at its own offset' },
    },
  },
  check(query, report) {
    for (const fn of query.relevantFunctions()) {
      if (fn.runsOnce) continue;
      for (const call of fn.calls()) {
        const kind = kindOf(call);
        const copy = kind === null ? null : copyOf(fn, call);
        if (kind === null || copy === null || (kind === 'digest' && fn.hotness.level !== 'hot' && !fn.isInLoop(call.value))) continue;
        const length = fn.lengthOf(call.value);
        const own = kind === 'join' ? fn.allocation(call) : kind === 'digest' ? digestSaving : ownBytesCost(length, query.profile);
        const view = kind === 'cipher' ? viewCost(query.profile) : noAllocation;
        const frame = fn.text(copy.frame) ?? 'the array';
        const place = placeOf(fn, call, kind, copy, length);
        const making = proveMakingInPlace(fn, place);
        if (making === null) continue;
        const obligations = [...obligationsOf(fn, call, kind, copy, length), proveInputsElsewhere(fn, place), ...making.obligations];
        const edit = editOf(fn, call, kind, copy, length, obligations);
        const { row } = call.candidates[0]!;
        report({
          site: fn.site(call.value),
          messageId: kind,
          data: {
            call: shortened(fn.text(call.value) ?? 'the call'), frame, amount: printSize(length) === 'unknown' ? 'bytes' : `${printSize(length)} bytes`, output: outputText(fn, copy, lengthText(fn, call, length)?.text ?? 'the exact length'),
            first: firstOf(fn, making, copy, call), destroy: kind === 'digest' && !wipesItsState(fn, call) ? ', and destroy the hash, as digest does' : '',
          },
          obligations,
          saves: { objects: Math.max(0, own.objects - view.objects), heapBytes: subtractSizes(own.heapBytes, view.heapBytes), externalBytes: own.externalBytes },
          fix: { title: kind === 'join' ? 'set the parts one by one' : 'write into the place itself', edits: edit === null ? null : [edit], tier: edit === null || row?.roles?.includes('aead-open') === true ? 'review' : 'guarded' },
          related: [{ site: copy.call, message: 'copied here' }],
        });
      }
    }
  },
});

/** What the call makes, when it could write it elsewhere. */
function kindOf(call: CallSite): Kind | null {
  if (!call.complete || call.candidates.length === 0 || call.operands.uncertainFrom !== null) return null;
  const takesOutput = call.candidates.every(({ row, result }) => {
    const [condition] = row?.when ?? [];
    return row?.roles?.includes('output-argument') === true && result.kind === 'bytes' && result.origin === 'fresh' && condition?.argument === call.operands.arguments.length;
  });
  if (takesOutput) return 'cipher';
  if (call.operands.arguments.length === 0 && call.candidates.every((one) => /^@noble\/hashes#.*\.prototype\.digest$/.test(one.name))) return 'digest';
  const join = call.hasRole('concat') ? byteJoinOf(call) : null;
  return join !== null && join.parts.length > 1 ? 'join' : null;
}

/** The only use of the result, its length aside: a copy into another array. */
function copyOf(fn: FunctionQuery, call: CallSite): Copy | null {
  const { uses, leaves, capturedBy } = fn.flow.track(call.value);
  if (leaves.length > 0 || capturedBy.length > 0) return null;
  const others = uses.filter((use) => {
    const user = fn.instruction(use.instruction);
    return user?.op !== 'get' || user.key.kind !== 'name' || !['length', 'byteLength', 'copy'].includes(user.key.name);
  });
  const [only, ...more] = new Set(others.map((use) => use.instruction));
  const copy = fn.calls().find((one) => one.value === only);
  if (copy === undefined || more.length > 0 || copy.operands.uncertainFrom !== null) return null;
  // What is copied has to be this result on every path, since the other results would still need the copy.
  if (!others.some((use) => fn.callOf(use.operand)?.value === call.value)) return null;
  const { receiver, arguments: given } = copy.operands;
  if (copy.api === 'Uint8Array.prototype.set' && receiver !== null && fn.callOf(receiver)?.value !== call.value) return { call: copy, frame: receiver, offset: given[1] ?? null };
  return copy.api === 'Buffer.prototype.copy' && given.length <= 2 && given[0] !== undefined ? { call: copy, frame: given[0], offset: given[1] ?? null } : null;
}

/** What is read while the result is made: of a cipher also what it was made of, of a digest nothing but the state. */
function placeOf(fn: FunctionQuery, call: CallSite, kind: Kind, copy: Copy, length: Size): PlaceOfResult {
  const { receiver, arguments: given } = call.operands;
  const maker = receiver === null ? null : fn.callOf(receiver);
  const made = receiver === null ? [] : maker === null ? [receiver] : maker.operands.arguments;
  return {
    call, copy: copy.call, target: copy.frame, offset: copy.offset, length,
    inputs: (kind === 'join' ? byteJoinOf(call)!.parts : kind === 'digest' ? [] : [...given, ...made]).filter((one) => fn.constant(one) === null),
    state: kind === 'join' ? null : receiver,
    verifies: opens(call),
  };
}

function opens(call: CallSite): boolean {
  return call.candidates.some((one) => one.row?.roles?.includes('aead-open') === true);
}

function obligationsOf(fn: FunctionQuery, call: CallSite, kind: Kind, copy: Copy, length: Size): readonly Obligation[] {
  const frame = fn.text(copy.frame) ?? 'the array';
  const offset = copy.offset === null ? constantSize(0) : fn.numberOf(copy.offset);
  const room = exactBytes(subtractSizes(subtractSizes(fn.lengthOf(copy.frame), offset), length));
  const found = [
    room !== null && room >= 0 ? obligation('EXC', 'proved', `${frame} has room for the result`) : obligation('EXC', 'assumed', `${frame} has room for the result; where it has not, another error is thrown`),
  ];
  const join = byteJoinOf(call);
  const checked = join === null ? null : proveCheckedFirst(fn, call, join.parts, copy.frame);
  if (checked !== null) found.push(checked);
  if (kind === 'join') return join?.assumed === null || join === null ? found : [...found, obligation('FILL', 'assumed', join.assumed)];
  const start = exactBytes(offset);
  const isAligned = start !== null && start % 4 === 0 && storeOwnershipOf(fn, copy.frame).is === 'whole';
  found.push(
    length.unknown ? obligation('FILL', 'assumed', 'the output has exactly the length of the result') : obligation('FILL', 'proved', `the result has exactly ${printSize(length)} bytes`),
    isAligned ? obligation('ALN', 'proved', `the place is byte ${start} of an array of its own`) : obligation('ALN', 'assumed', 'the place begins at a multiple of 4 bytes; elsewhere chacha and salsa are slower, AES and BLAKE throw'),
  );
  if (opens(call)) found.push(obligation('ZER', 'assumed', 'the cipher leaves the output untouched when the tag is wrong, as @noble/ciphers 2.4 does'));
  if (kind === 'digest') found.push(proveStateWiped(fn, call));
  return found;
}

/** Only for `frame.set(cipher.encrypt(text), 12)`, where one expression replaces the other. */
function editOf(fn: FunctionQuery, call: CallSite, kind: Kind, copy: Copy, length: Size, obligations: readonly Obligation[]): Edit | null {
  // The texts of array, offset and length are read behind what makes the result, and at once.
  const read = [copy.frame, ...(copy.offset === null ? [] : [copy.offset]), ...(exactBytes(length) === null ? call.operands.arguments.slice(-1) : [])];
  if (obligations.some((one) => one.state === 'open') || !read.every((one) => readsSameAt(fn, one, call.value))) return null;
  const isAligned = obligations.some((one) => one.code === 'ALN' && one.state === 'proved');
  const mayStand = isAligned || call.candidates.every((one) => anyPlace.test(one.name));
  if (kind === 'join' || length.unknown || !mayStand || !copy.call.operands.arguments.includes(call.value) || isUsed(fn, copy.call)) return null;
  const text = fn.text(call.value);
  const names = [fn.text(copy.frame), copy.offset === null ? '0' : fn.text(copy.offset)];
  if (text === null || names.some((name) => name === null || !/^[\w$.#]+$/.test(name))) return null;
  // The output goes behind the last operand, where a comma may stand already.
  if (/,\s*\)$/.test(text) || !losesNothing(fn, copy.call.value, [call.value], [copy.call])) return null;
  const size = lengthText(fn, call, length);
  if (size === null || !size.isLocal) return null;
  const output = outputText(fn, copy, size.text);
  if (kind === 'digest') return text.endsWith('.digest()') ? fn.replace(copy.call.value, `${text.slice(0, -'digest()'.length)}digestInto(${output})`) : null;
  return text.endsWith(')') ? fn.replace(copy.call.value, `${text.slice(0, -1)}, ${output})`) : null;
}

/** `frame.subarray(12, 12 + text.length + 16)`. */
function outputText(fn: FunctionQuery, copy: Copy, size: string): string {
  const start = copy.offset === null ? '0' : fn.text(copy.offset) ?? 'offset';
  const end = /^\d+$/.test(start) && /^\d+$/.test(size) ? String(Number(start) + Number(size)) : start === '0' ? size : `${start} + ${size}`;
  return `${fn.text(copy.frame) ?? 'frame'}.subarray(${start}, ${end})`;
}

/** The length as an expression; `isLocal` when it names the call's own argument, and not what that was made from, which may be longer or out of scope. */
function lengthText(fn: FunctionQuery, call: CallSite, length: Size): { readonly text: string; readonly isLocal: boolean } | null {
  const exact = exactBytes(length);
  if (exact !== null) return { text: String(exact), isLocal: true };
  const input = call.operands.arguments.at(-1);
  const name = input === undefined ? null : fn.text(input);
  const more = input === undefined ? null : exactBytes(subtractSizes(length, fn.lengthOf(input)));
  if (name !== null && more !== null && !length.unknown && /^[\w$.#]+$/.test(name)) return { text: `${name}.length${more > 0 ? ` + ${more}` : more < 0 ? ` - ${-more}` : ''}`, isLocal: true };
  return length.unknown ? null : { text: printSize(length), isLocal: false };
}

/** `set` gives nothing, and `copy` a number: what takes their place must not be looked at. */
function isUsed(fn: FunctionQuery, copy: CallSite): boolean {
  const { uses, leaves, capturedBy } = fn.flow.track(copy.value);
  return uses.length > 0 || leaves.length > 0 || capturedBy.length > 0;
}

/** Where to do it: as the call stands, with the array made before, or in place of the copy. */
function firstOf(fn: FunctionQuery, making: MakingInPlace, copy: Copy, call: CallSite): string {
  if (making.where === 'at-copy') return `in place of the copy on line ${fn.line(copy.call.value)}, `;
  const made = fn.definition(copy.frame);
  const isThere = made === null || fn.isBefore(made.id, call.value) || fn.instruction(copy.frame)?.op === 'get';
  return isThere ? '' : `make ${fn.text(copy.frame) ?? 'the array'} before, and then `;
}

function shortened(text: string): string {
  return text.length <= 70 ? text : `${text.slice(0, 67)}…`;
}
