/**
 * Several keys that are made one by one and live together in one object: each has three objects of its own, where one block with offsets would do.
 * That their derivations repeat an extract is `no-repeated-kdf-extract`.
 */
import {
  addCosts, type CallSite, constantSize, defineRule, exactBytes, type FunctionQuery, obligation, type Obligation, ownBytesCost, type ProgramQuery, proveHeldBy, subtractSizes, type ValueId, wipedFieldsOf,
} from '@scrimp/analysis/detect';

const fewestKeys = 3;
const [shortestKey, longestKey] = [16, 64];
/** V8 keeps arrays up to this length on its heap, from where the first view of a block would move it. */
const onHeapLimit = 64;

/** A key-sized allocation that a field holds. */
interface KeyField {
  readonly name: string;
  readonly made: CallSite;
  readonly length: number;
}

export const rule = defineRule({
  meta: {
    id: 'no-per-field-key-alloc',
    summary: 'several key-sized arrays are allocated one by one and live and die together in one object',
    stage: 'nursery',
    category: 'key-material',
    severity: 'critical',
    presets: ['hot', 'crypto', 'strict', 'all'],
    needs: ['alias', 'summaries'],
    evidence: 'saving',
    fixable: 'review',
    effort: 'medium',
    risk: 'medium',
    messages: {
      keys: {
        what: '{{count}} keys of {{owner}} are allocated one by one: {{names}}',
        why: 'every array has a view, a buffer and a store of its own, and each must be wiped by itself; they live in one object and die with it',
        help: 'keep one block of {{total}} bytes in the object and name offsets into it: {{offsets}}; a wipe is one fill, and a subarray of the block is a key where one must be passed on',
      },
    },
  },
  check(query, report) {
    for (const fn of query.relevantFunctions()) {
      if (fn.runsOnce) continue;
      for (const [holder, fields] of keyFieldsByHolder(fn)) {
        const total = fields.reduce((sum, field) => sum + field.length, 0);
        if (fields.length < fewestKeys || total <= onHeapLimit) continue;
        const [first, ...others] = [...fields].sort((left, right) => left.made.value - right.made.value);
        const separate = addCosts(...fields.map((field) => ownBytesCost(constantSize(field.length), query.profile)));
        const block = ownBytesCost(constantSize(total), query.profile);
        const derivations = fields.filter((field) => field.made.hasRole('kdf') || field.made.hasRole('kdf-expand')).length;
        report({
          site: fn.site(first!.made.value),
          messageId: 'keys',
          data: {
            count: fields.length, owner: ownerOf(fn, holder), total,
            names: fields.slice(0, 6).map((field) => field.name).join(', ') + (fields.length > 6 ? ', …' : ''),
            offsets: offsetsOf(fields),
          },
          obligations: [
            obligation('SIZE', 'proved', `${total} bytes are one block outside the V8 heap`),
            ...fields.map((field) => proveHeldBy(fn, field.made.value, holder)).sort(byState).slice(0, 1),
            wipeObligation(query, fields, fn.instruction(holder)?.op === 'this' ? fn : null),
          ],
          saves: { objects: separate.objects - block.objects, heapBytes: subtractSizes(separate.heapBytes, block.heapBytes), externalBytes: subtractSizes(separate.externalBytes, block.externalBytes) },
          fix: null,
          related: others.map((field) => ({ site: field.made, message: `${field.name} is allocated here` })),
          scope: derivations > 1 ? 'architectural' : 'site',
          rootCause: 'one array per key',
        });
      }
    }
  },
});

/** Fields of `this` and of object literals that hold a secret of the size of a key which was made in this function, by the value of the holder. */
function keyFieldsByHolder(fn: FunctionQuery): ReadonlyMap<ValueId, readonly KeyField[]> {
  const found = new Map<ValueId, KeyField[]>();
  for (const instruction of fn.instructions()) {
    if ((instruction.op !== 'define' && instruction.op !== 'set') || instruction.key.kind === 'computed') continue;
    const holder = fn.definition(instruction.object);
    if (holder === null || (holder.op !== 'object' && holder.op !== 'this')) continue;
    const made = allocationOf(fn, instruction.value);
    const length = made === null ? null : exactBytes(fn.lengthOf(made.value));
    if (made === null || length === null || length < shortestKey || length > longestKey || fn.isInLoop(made.value)) continue;
    const known = [...found.values()].some((fields) => fields.some((field) => field.made.value === made.value));
    if (known || !fn.isSecret(made.value)) continue;
    // `this` is computed anew at each mention.
    const key = holder.op === 'this' ? [...found.keys()].find((one) => fn.instruction(one)?.op === 'this') ?? holder.id : holder.id;
    found.set(key, [...(found.get(key) ?? []), { name: instruction.key.name, made, length }]);
  }
  return found;
}

/** The call that made the fresh bytes behind a value, through views of all of them. */
function allocationOf(fn: FunctionQuery, value: ValueId): CallSite | null {
  const call = fn.callOf(value);
  if (call === null || !call.complete || call.candidates.length === 0) return null;
  if (call.candidates.every(({ result }) => result.kind === 'view')) {
    const [source, ...rest] = call.operands.arguments;
    return call.instruction.op === 'new' && source !== undefined && rest.length === 0 ? allocationOf(fn, source) : null;
  }
  return call.candidates.every(({ result }) => result.kind === 'bytes' && result.origin === 'fresh') ? call : null;
}

/** ZER: one fill wipes the block, so the keys must be wiped together or not at all. */
function wipeObligation(query: ProgramQuery, fields: readonly KeyField[], owner: FunctionQuery | null): Obligation {
  const names = new Set(fields.map((field) => field.name));
  const wipes = wipedFieldsOf(query, names, owner);
  const partial = wipes.find((one) => one.fields.size < names.size);
  if (partial !== undefined) return obligation('ZER', 'open', `${partial.in.function.name} wipes only ${[...partial.fields].join(', ')}`);
  const [together] = wipes;
  return together === undefined ? obligation('ZER', 'assumed', 'no key is wiped before the others') : obligation('ZER', 'proved', `${together.in.function.name} wipes them together`);
}

function byState(left: Obligation, right: Obligation): number {
  const order = ['failed', 'open', 'assumed', 'proved'];
  return order.indexOf(left.state) - order.indexOf(right.state);
}

function ownerOf(fn: FunctionQuery, holder: ValueId): string {
  return fn.instruction(holder)?.op === 'this' ? fn.function.className ?? 'this' : `the object that ${fn.function.name} makes`;
}

/** `encryption 0, signing 32, …`. */
function offsetsOf(fields: readonly KeyField[]): string {
  let offset = 0;
  const parts = fields.map((field) => {
    const part = `${field.name} ${offset}`;
    offset += field.length;
    return part;
  });
  return parts.slice(0, 4).join(', ') + (parts.length > 4 ? ', …' : '');
}
