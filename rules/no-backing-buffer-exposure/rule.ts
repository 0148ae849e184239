/**
 * The `.buffer` of bytes that may be a part of it, taken for the bytes themselves: `new Uint8Array(chunk.buffer)`, `subtle.digest(name, chunk.buffer)`.
 * Small Buffers lie in a slab that they share with other data, so that the wrong bytes are read, hashed or sent, other connections' secrets among them.
 * Bytes that certainly fill their store stay silent, and so does code that looks at the offset itself.
 */
import { type CallSite, defineRule, type Edit, type FunctionQuery, type Instruction, obligation, type Obligation, type StoreOwnership, storeOwnershipOf, type ValueId } from '@scrimp/analysis/detect';

const viewMaker = /^(?:new (?:\w+Array|DataView)|Buffer\.from)$/;
const byteViews: ReadonlySet<string> = new Set(['new Uint8Array', 'new Uint8ClampedArray', 'new Int8Array', 'new DataView', 'Buffer.from']);
/** Calls that take views as well, and read exactly what these show. */
const viewReader = /^SubtleCrypto\.prototype\./;
const wholeTaker = /(?:^SubtleCrypto\.prototype\.|^structuredClone$|\.postMessage$)/;
const byteClasses: ReadonlySet<string> = new Set(['Uint8Array', 'Buffer', 'Uint8ClampedArray', 'Int8Array']);

export const rule = defineRule({
  meta: {
    id: 'no-backing-buffer-exposure',
    summary: 'the whole backing store of bytes is taken for the bytes, which may be a part of it',
    stage: 'nursery',
    category: 'buffer-lifetime',
    severity: 'high',
    presets: ['recommended', 'crypto', 'strict', 'all'],
    needs: ['types', 'alias'],
    evidence: 'guard',
    fixable: 'review',
    effort: 'trivial',
    risk: 'low',
    messages: {
      whole: {
        what: '{{call}} shows all of the store behind {{bytes}}, of which {{bytes}} may be a part',
        why: 'a small Buffer lies in a slab with other data, and a subarray in a larger array: the view then starts at another byte and reaches bytes that belong to somebody else',
        help: 'give offset and length too: {{mended}}',
      },
      tail: {
        what: '{{call}} starts at {{bytes}} and goes on to the end of the store behind it',
        why: 'a small Buffer lies in a slab with other data, and a subarray in a larger array: the view then reaches bytes that belong to somebody else',
        help: 'give the length too: {{mended}}',
      },
      hand: {
        what: '{{call}} gets all of the store behind {{bytes}}, of which {{bytes}} may be a part',
        why: 'a small Buffer lies in a slab with other data, and a subarray in a larger array: the callee then works on other bytes, or gives away what belongs to somebody else',
        help: '{{mended}}',
      },
    },
  },
  check(query, report) {
    for (const fn of query.relevantFunctions()) {
      for (const get of fn.instructions()) {
        if (get.op !== 'get' || get.key.kind !== 'name' || get.key.name !== 'buffer' || !isBytes(fn, get.object)) continue;
        for (const call of fn.calls()) {
          const use = useOf(fn, call, get.id);
          if (use === null || looksAtOffset(fn, get, call)) continue;
          const ownership = storeOwnershipOf(fn, get.object);
          if (ownership.is === 'whole') continue;
          const edit = editOf(fn, call, use, get.id, get.object);
          report({
            site: fn.site(call.value),
            messageId: use,
            data: { call: use === 'hand' ? call.api!.replace('.prototype.', '#') : fn.text(call.value) ?? call.api!, bytes: fn.text(get.object) ?? 'the bytes', mended: mendedBy(fn, call, use, get.object) },
            obligations: obligationsOf(call, use, ownership),
            advice: 'missing',
            fix: edit === null ? null : { title: use === 'hand' ? 'pass the bytes themselves' : 'give offset and length', edits: [edit], tier: 'review' },
          });
        }
      }
    }
  },
});

function isBytes(fn: FunctionQuery, value: ValueId): boolean {
  const { classes, complete } = fn.knowledge(value);
  return complete && classes.length > 0 && classes.every((one) => byteClasses.has(one.name));
}

/** How the call takes the store; null when it does not, or with offset and length. */
function useOf(fn: FunctionQuery, call: CallSite, buffer: ValueId): 'whole' | 'tail' | 'hand' | null {
  const index = call.operands.arguments.findIndex((one) => fn.definition(one)?.id === buffer);
  if (index === -1 || call.api === null || call.operands.uncertainFrom !== null) return null;
  if (viewMaker.test(call.api)) {
    if (index !== 0 || call.operands.arguments.length > 2) return null;
    const offset = call.operands.arguments[1];
    if (offset === undefined) return 'whole';
    const start = fn.definition(offset);
    // With an offset of its own the code knows where it is in the store.
    return start?.op === 'get' && start.key.kind === 'name' && start.key.name === 'byteOffset' ? 'tail' : null;
  }
  return wholeTaker.test(call.api) ? 'hand' : null;
}

/** Whether the function works with the place of these bytes in their store, or compares the lengths of both, besides this call. */
function looksAtOffset(fn: FunctionQuery, buffer: Extract<Instruction, { op: 'get' }>, call: CallSite): boolean {
  const name = fn.text(buffer.object);
  return fn.instructions().some((one) => {
    if (one.op !== 'get' || one.key.kind !== 'name') return false;
    if (one.key.name === 'byteOffset') return fn.text(one.object) === name && !call.operands.arguments.includes(one.id);
    const of = one.key.name === 'byteLength' ? fn.definition(one.object) : null;
    return of?.op === 'get' && of.key.kind === 'name' && of.key.name === 'buffer' && fn.text(of.object) === name;
  });
}

function obligationsOf(call: CallSite, use: 'whole' | 'tail' | 'hand', ownership: StoreOwnership): readonly Obligation[] {
  const state = ownership.is === 'part' ? 'proved' : ownership.is === 'foreign' || ownership.is === 'conditional' ? 'assumed' : 'open';
  const isByteView = use === 'hand' || byteViews.has(call.api!);
  return [
    obligation('PROP', state, ownership.because),
    isByteView ? obligation('ALN', 'proved', 'the elements are bytes') : obligation('ALN', 'open', 'wider elements need an offset that is a multiple of their size, else a copy'),
  ];
}

function editOf(fn: FunctionQuery, call: CallSite, use: 'whole' | 'tail' | 'hand', buffer: ValueId, bytes: ValueId): Edit | null {
  const name = fn.text(bytes);
  const argument = call.operands.arguments.find((one) => fn.definition(one)?.id === buffer)!;
  if (name === null || !/^[\w$.#]+$/.test(name) || argument !== buffer) return null;
  if (use === 'hand') return viewReader.test(call.api!) ? fn.replace(buffer, name) : null;
  if (!byteViews.has(call.api!)) return null;
  if (use === 'whole') return fn.replace(buffer, `${name}.buffer, ${name}.byteOffset, ${name}.byteLength`);
  const offset = call.operands.arguments[1]!;
  return fn.text(offset) === `${name}.byteOffset` ? fn.replace(offset, `${name}.byteOffset, ${name}.byteLength`) : null;
}

function mendedBy(fn: FunctionQuery, call: CallSite, use: 'whole' | 'tail' | 'hand', bytes: ValueId): string {
  const name = fn.text(bytes) ?? 'bytes';
  if (use !== 'hand') {
    const maker = call.api!;
    return byteViews.has(maker) ? `${maker}(${name}.buffer, ${name}.byteOffset, ${name}.byteLength)` : `${maker}(new Uint8Array(${name}).buffer), or a view with offset and length where the offset is aligned`;
  }
  return viewReader.test(call.api!) ? `pass ${name} itself, of which exactly its bytes are read` : `pass a copy that fills its store: new Uint8Array(${name})`;
}
