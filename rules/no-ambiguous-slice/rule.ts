/**
 * A slice of a declared `Uint8Array` where it matters whether it is a copy: for a Buffer, which the declaration admits, `slice` is a view.
 * Guards the boundary of the program: parameters of functions that others call, fields, and what these hold. A slice that is only read is the same either way.
 */
import { type CallSite, defineRule, type FunctionQuery, type Instruction, obligation, type Obligation, type ProgramQuery, type ValueId, parametersWith } from '@scrimp/analysis/detect';

export const rule = defineRule({
  meta: {
    id: 'no-ambiguous-slice',
    summary: 'slice copies a Uint8Array but gives a view of a Buffer, and the difference matters here',
    stage: 'nursery',
    category: 'buffer-lifetime',
    severity: 'medium',
    presets: ['crypto', 'strict', 'all'],
    needs: ['types', 'alias'],
    evidence: 'guard',
    fixable: null,
    effort: 'trivial',
    risk: 'medium',
    messages: {
      written: {
        what: '{{slice}} is a copy for a Uint8Array and a view for a Buffer, and {{writer}}',
        why: 'Buffer#slice shares memory, and {{receiver}} may be a Buffer, which then changes on both sides',
        help: 'write Uint8Array.prototype.slice.call({{call}}), which always copies',
      },
      leaves: {
        what: '{{slice}} is a copy for a Uint8Array and a view for a Buffer, and {{how}}',
        why: 'Buffer#slice shares memory, and {{receiver}} may be a Buffer: whoever writes or wipes it later changes what was taken for a copy',
        help: 'write {{receiver}}.subarray({{range}}) where a view is meant, else Uint8Array.prototype.slice.call({{call}})',
      },
    },
  },
  check(query, report) {
    const mayHoldBuffer = fieldsThatMayHoldBuffers(query);
    for (const fn of query.relevantFunctions()) {
      for (const slice of fn.calls()) {
        const receiver = slice.operands.receiver;
        if (receiver === null || !isAmbiguous(fn, slice)) continue;
        if (!comesFromOutside(fn, receiver, mayHoldBuffer)) continue;
        const { obligations, writes } = fn.proveView(slice, receiver);
        const writer = writes.find((one) => one.state === 'failed') ?? writes[0];
        const leaves = obligations.find((one) => one.code === 'ESC' && one.state === 'failed');
        if (writer === undefined && (leaves === undefined || !leavesItself(fn, slice.value))) continue;
        const text = fn.text(slice.value) ?? 'the slice';
        const range = slice.operands.arguments.map((one) => fn.text(one) ?? '…').join(', ');
        const source = fn.text(receiver) ?? 'it';
        report({
          site: fn.site(slice.value),
          messageId: writer === undefined ? 'leaves' : 'written',
          advice: 'missing',
          severity: writer === undefined && isOnlyReturned(fn, slice.value) ? 'low' : 'medium',
          data: {
            slice: text, receiver: source, range, call: range === '' ? source : `${source}, ${range}`,
            ...(writer === undefined ? { how: inWords(leaves) } : { writer: inWords(writer) }),
          },
          obligations: [admitsBuffer(source), ...consequence(writer, leaves)],
          fix: null,
        });
      }
    }
  },
});

/** Whether the very slice is returned, stored in what outlives the call, or kept by a callee in sight: not a value that some callee makes of it. */
function leavesItself(fn: FunctionQuery, slice: ValueId): boolean {
  const isSlice = (value: ValueId): boolean => fn.definition(value)?.id === slice;
  const { values } = fn.flow;
  const outlives = (value: ValueId): boolean => values.of(value).some((one) => values.objects[one]!.source.kind !== 'allocation' || fn.flow.escapes.isReturned(one));
  const isReturned = fn.flow.cfg.order.some((block) => { const { terminator } = fn.function.blocks[block]!; return terminator.op === 'return' && isSlice(terminator.value); });
  return isReturned || fn.instructions().some((one) => {
    if (one.op === 'set' || one.op === 'define') return isSlice(one.value) && outlives(one.object);
    if (one.op !== 'call' && one.op !== 'new') return false;
    const index = one.arguments.findIndex((argument) => isSlice(argument.value));
    return index !== -1 && (values.calls.get(one.id)?.candidates ?? []).some((candidate) => candidate.retains.some((path) => path === index || (typeof path === 'object' && 'rest' in path && path.rest <= index)));
  });
}

/** The call is `x.slice(…)` and may run both. `Uint8Array.prototype.slice.call(x)` says what it means. */
function isAmbiguous(fn: FunctionQuery, slice: CallSite): boolean {
  const receiver = slice.operands.receiver;
  // For a plain array neither form of the advice works.
  if (receiver === null || fn.knowledge(receiver).classes.some((one) => !/^(?:Uint8Array|Buffer)$/.test(one.name))) return false;
  return fn.renameMethod(slice, 'slice') !== null && slice.mayBe('Uint8Array.prototype.slice') && slice.mayBe('Buffer.prototype.slice');
}

/** Whether a Buffer may come in: the bytes come from a parameter of a function that others call, or from a field. Not when they are made in sight. */
function comesFromOutside(fn: FunctionQuery, receiver: ValueId, mayHoldBuffer: (owner: string | null, field: string) => boolean): boolean {
  const { objects } = fn.flow.values;
  const owners = fn.flow.values.of(receiver).flatMap((one) => objects[one]!.stores.map((store) => objects[store]!));
  return owners.some((owner) => {
    if (owner.source.kind === 'parameter') return isTakenFromOutside(fn, owner.source.index) && owner.knowledge.classes.some((one) => one.name === 'Buffer');
    if (owner.source.kind !== 'path') return false;
    const holder = objects[owner.source.base]!;
    const isField = owner.source.key !== '[]';
    if (isField && !mayHoldBuffer(holder.knowledge.classes[0]?.name ?? null, nameOfField(owner.source.key))) return false;
    let root = holder;
    while (root.source.kind === 'path') root = objects[root.source.base]!;
    return root.source.kind === 'this' || (root.source.kind === 'parameter' && isTakenFromOutside(fn, root.source.index));
  });
}

/** Whether something else than a plain typed array is stored into a field, by class and name; also when nothing is stored into it in sight. */
function fieldsThatMayHoldBuffers(query: ProgramQuery): (owner: string | null, field: string) => boolean {
  const known = new Map<string, { readonly plain: ReadonlySet<string>; readonly doubtful: ReadonlySet<string> }>();
  return (owner, field) => {
    const { plain, doubtful } = known.get(field) ?? holdersOf(query, field);
    known.set(field, { plain, doubtful });
    return doubtful.has(owner ?? '') || doubtful.has('') || !plain.has(owner ?? '');
  };
}

/** The classes into whose field of this name only plain typed arrays are stored somewhere, and those where it may be a Buffer. */
function holdersOf(query: ProgramQuery, field: string): { readonly plain: ReadonlySet<string>; readonly doubtful: ReadonlySet<string> } {
  const plain = new Set<string>();
  const doubtful = new Set<string>();
  for (const fn of query.functions()) {
    for (const instruction of storesInto(fn, field)) {
      const { classes, complete } = fn.knowledge(instruction.value);
      // A callee that is declared to give a Uint8Array gives one, as far as anybody has reason to fear.
      const isMade = fn.definition(instruction.value)?.op === 'call';
      const owner = fn.knowledge(instruction.object).classes[0]?.name ?? '';
      ((complete && classes.every((one) => one.name !== 'Buffer')) || isMade ? plain : doubtful).add(owner);
    }
  }
  return { plain, doubtful };
}

/** Instructions of the function that set the field, found without its flow. */
function storesInto(fn: FunctionQuery, field: string): readonly Extract<Instruction, { op: 'set' | 'define' }>[] {
  return fn.function.blocks.flatMap((block) => block.instructions).flatMap((one) => {
    if ((one.op !== 'set' && one.op !== 'define') || one.key.kind === 'computed') return [];
    return (one.key.kind === 'private' ? `#${one.key.name}` : one.key.name) === field ? [one] : [];
  });
}

/** Private names carry the scope that declares them. */
function nameOfField(key: string): string {
  return key.replace(/@\d+$/, '');
}

/** Returned, perhaps inside an object that is made for it, and kept by nothing else. */
function isOnlyReturned(fn: FunctionQuery, slice: ValueId): boolean {
  const { values, escapes } = fn.flow;
  return values.of(slice).some((one) => escapes.isReturned(one)) && fn.flow.track(slice).uses.every((use) =>
    fn.flow.effects.of(use.instruction).effects.every((effect) => effect.kind !== 'retain' || (effect.keeper !== undefined && effect.keeper !== -1 && values.objects[effect.keeper]?.source.kind === 'allocation')));
}

/** `field key keeps the copy on line 15` instead of `line 15: field key keeps the copy`. */
function inWords(found: Obligation | undefined): string {
  return (found?.witness ?? '').replace(/^line (\d+): (.*)$/, '$2 on line $1').replace(/\bthe copy\b/g, 'it');
}

/** Others call the function, and do not give the bytes up (`@takesOwnership bytes`), after which sharing them harms nobody. */
function isTakenFromOutside(fn: FunctionQuery, index: number): boolean {
  return fn.exported && !parametersWith(fn.function, 'takesOwnership').includes(index);
}

function admitsBuffer(source: string): Obligation {
  return obligation('TY', 'assumed', `${source} is declared Uint8Array, which admits a Buffer`);
}

function consequence(writer: Obligation | undefined, leaves: Obligation | undefined): readonly Obligation[] {
  // What a function of the program may write by its summary, it need not write in this call.
  if (writer !== undefined) return [writer.state === 'open' ? writer : obligation(writer.code, 'proved', writer.witness)];
  // Harm needs a Buffer and somebody who writes the source later; neither is in sight.
  return leaves === undefined ? [] : [obligation('PUB', 'open', `${leaves.witness}; whether anybody writes the source afterwards is not in sight`)];
}
