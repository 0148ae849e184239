/**
 * A copy of bytes that a call has just made and that nobody else holds: `new Uint8Array(hash.digest())`, `sha256(x).slice()`, `Buffer.concat([one])`.
 * The bytes can be used as they are. What matters is who can tell: the class of the result, and pooled bytes, whose copy leaves the slab and stays.
 */
import { byteCopyOf, type ByteCopy, byteViewMakerOf, type CallSite, defineRule, type Edit, exactBytes, freshProducerOf, type FunctionQuery, losesNothing, noAllocation, obligation, type Obligation, printSize, proveAttached, proveNoOwnProperties, type Report, type Size, subtractSizes, viewCost } from '@scrimp/analysis/detect';

export const rule = defineRule({
  meta: {
    id: 'no-copy-of-fresh-bytes',
    summary: 'bytes that were just made and that nobody else holds are copied once more',
    stage: 'nursery',
    category: 'hash-and-kdf',
    severity: 'medium',
    presets: ['hot', 'crypto', 'strict', 'all'],
    needs: ['types', 'alias', 'summaries'],
    evidence: 'saving',
    fixable: 'safe',
    effort: 'trivial',
    risk: 'low',
    messages: {
      copy: {
        what: '{{copy}} copies {{amount}} that {{producer}} has just made',
        why: '{{producer}} returns bytes of its own that nobody else holds, so that the copy only adds an allocation and leaves the first one to the collector',
        help: 'use {{source}} itself',
      },
      class: {
        what: '{{copy}} copies {{amount}} that {{producer}} has just made, to get a {{class}}',
        why: '{{producer}} returns bytes of its own that nobody else holds; only the class differs, and a view changes that without a copy',
        help: 'return {{source}} where a {{from}} will do, else a {{class}} over its buffer, byteOffset and byteLength',
      },
      single: {
        what: '{{copy}} joins a single part, which is a copy of {{amount}}',
        why: 'Buffer.concat always allocates and copies, also when there is nothing to join; {{because}}',
        help: 'use {{source}} itself',
      },
    },
  },
  check(query, report) {
    for (const fn of query.relevantFunctions()) {
      if (fn.runsOnce) continue;
      for (const call of fn.calls()) {
        const single = singlePartOf(fn, call);
        const copy = single ?? byteCopyOf(call);
        if (copy === null || isSyncSinkArgument(fn, call)) continue;
        const producer = freshProducerOf(fn, copy);
        if (producer !== null) report(ofFreshBytes(fn, copy, producer));
        else if (single !== null && fn.proveView(call, single.source).verdict === 'holds') report(ofSinglePart(fn, single));
      }
    }
  },
});

function ofFreshBytes(fn: FunctionQuery, copy: ByteCopy, producer: CallSite): Report {
  const source = fn.text(copy.source) ?? 'the bytes';
  const from = classOf(fn, copy.source);
  const to = classOf(fn, copy.call.value);
  const isSameClass = from !== null && from === to;
  const classObligation = isSameClass ? obligation('PROP', 'proved', `both are ${from}`) : classDifference(fn, copy.call, from ?? 'value of another class', to ?? 'the class of the copy');
  const keepsClass = classObligation.state === 'open' && (to === 'Uint8Array' || to === 'Buffer');
  const name = /^[A-Za-z_$][\w$]*$/.test(source);
  const maker = keepsClass && name ? byteViewMakerOf(fn, copy.call, to) : null;
  const view = maker !== null ? `${maker}(${source}.buffer, ${source}.byteOffset, ${source}.byteLength)` : null;
  const edit = keepsClass && view === null ? null : editOf(fn, copy, view ?? source);
  const cost = fn.allocation(copy.call);
  const rest = view === null ? noAllocation : viewCost(fn.program.profile);
  return {
    site: fn.site(copy.call.value),
    messageId: keepsClass ? 'class' : 'copy',
    data: {
      copy: fn.text(copy.call.value) ?? 'the copy', source, producer: nameOf(producer), amount: amountOf(fn.costLengthOf(copy.source)), from: from ?? 'value of another class', class: to ?? 'value of another class',
    },
    obligations: [
      ...storeObligation(fn, copy.call),
      obligation('SRC', 'proved', `nothing touches what ${nameOf(producer)} made after the copy`),
      ...(view === null ? [classObligation, ...proveNoOwnProperties(fn, copy.call.value)] : [obligation('PROP', 'proved', 'the view has the class of the copy and an own buffer of its length'), viewPays(exactBytes(fn.costLengthOf(copy.source)), producer)]),
    ],
    saves: { objects: Math.max(0, cost.objects - rest.objects), heapBytes: subtractSizes(cost.heapBytes, rest.heapBytes), externalBytes: cost.externalBytes },
    fix: edit === null ? null : { title: view === null ? 'use the bytes themselves' : 'make a view of the fresh bytes', edits: [edit] },
    related: [{ site: producer, message: 'made here' }],
  };
}

/** Measured in bench.json: seeing an own array of up to 64 bytes as another class moves it off the V8 heap, which costs more than the copy. node:crypto makes its bytes there. */
function viewPays(bytes: number | null, producer: CallSite): Obligation {
  if (producer.candidates.every((one) => one.row !== null && one.name.startsWith('node:crypto#'))) return obligation('SIZE', 'proved', `${nameOf(producer)} makes its bytes outside the V8 heap`);
  if (bytes === null) return obligation('SIZE', 'assumed', 'there are more than 64 bytes');
  return bytes > 64 ? obligation('SIZE', 'proved', `${bytes} bytes are copied`) : obligation('SIZE', 'failed', `copying ${bytes} bytes is cheaper than making a view of them`);
}

/** Not fresh, so that the result has to be shown to be a mere reader of the part. */
function ofSinglePart(fn: FunctionQuery, copy: ByteCopy): Report {
  const obligations = [...fn.proveView(copy.call, copy.source).obligations, ...[proveAttached(fn, copy.source, copy.call.value)].filter((one) => one.state !== 'proved'), ...proveNoOwnProperties(fn, copy.call.value)];
  const source = fn.text(copy.source) ?? 'the part';
  const isBuffer = classOf(fn, copy.source) === 'Buffer';
  const edit = editOf(fn, copy, source);
  const cost = fn.allocation(copy.call);
  return {
    site: fn.site(copy.call.value),
    messageId: 'single',
    data: {
      copy: fn.text(copy.call.value) ?? 'Buffer.concat', source, amount: amountOf(fn.costLengthOf(copy.source)), because: obligations.find((one) => one.code === 'ESC')?.witness ?? 'the copy is only read',
    },
    obligations: isBuffer ? obligations : [...obligations, obligation('PROP', 'open', `${source} may not be a Buffer, which the result is`)],
    saves: { objects: cost.objects, heapBytes: cost.heapBytes, externalBytes: cost.externalBytes },
    fix: edit === null || !isBuffer ? null : { title: 'use the only part itself', edits: [edit] },
  };
}

function editOf(fn: FunctionQuery, { call, source }: ByteCopy, text: string): Edit | null {
  return losesNothing(fn, call.value, [source], [call]) ? fn.replace(call.value, text) : null;
}

/** `Buffer.concat([part])`. */
function singlePartOf(fn: FunctionQuery, call: CallSite): ByteCopy | null {
  if (call.api !== 'Buffer.concat' || call.operands.arguments.length !== 1 || call.operands.uncertainFrom !== null) return null;
  const list = fn.instruction(call.operands.arguments[0]!);
  const [part, ...more] = list?.op === 'array' ? list.elements : [];
  return part === undefined || part === null || part.spread || more.length > 0 || !fn.isBytes(part.value) ? null : { call, source: part.value, whole: true, list: list!.id };
}

/** The class when it is known for sure, and only one. */
function classOf(fn: FunctionQuery, value: number): string | null {
  const { classes, complete } = fn.knowledge(value);
  const [only, ...more] = classes;
  return complete && only !== undefined && more.length === 0 ? only.name : null;
}

/** A Buffer is a Uint8Array whose slice is a view and whose texts differ: nobody may ask it for these, and nobody unseen may get it. */
function classDifference(fn: FunctionQuery, copy: CallSite, from: string, to: string): Obligation {
  const { uses, leaves, capturedBy } = fn.flow.track(copy.value);
  if (leaves.length > 0) return obligation('PROP', 'open', `the caller gets a ${from} where it got a ${to}`);
  if (capturedBy.length > 0) return obligation('PROP', 'open', `a closure gets a ${from} where it got a ${to}`);
  for (const use of uses) {
    const instruction = fn.instruction(use.instruction);
    if (instruction?.op === 'get' && (instruction.key.kind === 'computed' ? isIndex(fn, instruction.key.value) : instruction.key.kind === 'name' && indifferentMembers.has(instruction.key.name))) continue;
    if (instruction?.op === 'get') return obligation('PROP', 'open', `line ${fn.line(use.instruction)}: .${instruction.key.kind === 'name' ? instruction.key.name : ''} of a ${from} may differ`);
    const call = fn.calls().find((one) => one.value === use.instruction);
    const isQuiet = call !== undefined && call.hasRole('sync-sink') && call.candidates.every((one) => /^(?:node:|Buffer\.|Uint8Array\.)/.test(one.name));
    if (!isQuiet && call?.operands.receiver !== use.operand) return obligation('PROP', 'open', `line ${fn.line(use.instruction)}: whoever gets the bytes may tell a ${from} from a ${to}`);
  }
  return obligation('PROP', 'proved', `nobody can tell a ${from} from a ${to}`);
}

/** The copy may lie in the pool where the bytes themselves have a store of their own. */
function storeObligation(fn: FunctionQuery, copy: CallSite): readonly Obligation[] {
  const look = fn.flow.track(copy.value).uses.find((use) => {
    const instruction = fn.instruction(use.instruction);
    return instruction?.op === 'get' && instruction.key.kind === 'name' && /^(?:buffer|byteOffset|parent|offset)$/.test(instruction.key.name);
  });
  return look === undefined ? [] : [obligation('PROP', 'open', `line ${fn.line(look.instruction)}: the store of the bytes is not that of the copy`)];
}

/** A number, not the name of a member. */
function isIndex(fn: FunctionQuery, key: number): boolean {
  const { classes, primitives, complete } = fn.knowledge(key);
  return fn.constant(key)?.kind === 'number' || (complete && classes.length === 0 && primitives.length > 0 && primitives.every((one) => one === 'number'));
}

const indifferentMembers: ReadonlySet<string> = new Set(['length', 'byteLength', 'set', 'at', 'equals', 'compare']);

/** A slice in the argument list of a reader is `no-slice-into-sync-sink`. */
function isSyncSinkArgument(fn: FunctionQuery, call: CallSite): boolean {
  if (!call.candidates.every((one) => one.name.endsWith('.prototype.slice'))) return false;
  const sink = fn.calls().find((one) => one.operands.arguments.includes(call.value) && one.hasRole('sync-sink'));
  return sink !== undefined && fn.isOnlyUsedBy(call.value, sink.value);
}

function nameOf(producer: CallSite): string {
  return producer.candidates[0]!.name.replace(/^.*#(?=.)/, '').replace('.prototype.', '#');
}

/** `32 bytes`, `bytes` when nothing is known. */
function amountOf(length: Size): string {
  const text = printSize(length);
  return text === 'unknown' ? 'bytes' : `${text} bytes`;
}
