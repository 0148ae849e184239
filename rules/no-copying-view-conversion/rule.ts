/**
 * Bytes that are copied only to be seen as another class, and then read: `Buffer.from(bytes)`, `new Uint8Array(buffer)`, `Uint8Array.from(buffer)`.
 * A view of the wanted class over the same memory reads the same. Copies that own fresh bytes are `no-copy-of-fresh-bytes`; slices are `no-redundant-slice`.
 */
import { byteCopyOf, type ByteCopy, byteViewMakerOf, type CallSite, defineRule, type Edit, exactBytes, freshProducerOf, type FunctionQuery, isCopiedAtItsEnd, isCopyOfRemovableCopy, isTestedBuffer, losesNothing, mayHaveFailed, noAllocation, obligation, type Obligation, printSize, proveAttached, proveNoOwnProperties, type Size, subtractSizes, type ValueId, viewCost } from '@scrimp/analysis/detect';

/** The class of the result, by the api that copies. A view of these classes takes byte offsets. */
const conversions: Readonly<Record<string, 'Buffer' | 'Uint8Array'>> = {
  'Buffer.from': 'Buffer', 'Buffer.copyBytesFrom': 'Buffer', 'new Uint8Array': 'Uint8Array', 'Uint8Array.from': 'Uint8Array',
};
/** Classes whose elements are bytes, so that converting an element changes nothing. */
const byteClasses: ReadonlySet<string> = new Set(['Uint8Array', 'Buffer', 'Uint8ClampedArray']);
/** Bytes of a typed array up to here lie on the V8 heap, where making a view of them is dearer than copying them (COSTS B). */
const onHeapLimit = 64;
/** A name, or fields from a name on: what can be written again without calling anything but a getter. */
const fieldPath = /^[A-Za-z_$][\w$]*(?:\.#?[A-Za-z_$][\w$]*)*$/;

export const rule = defineRule({
  meta: {
    id: 'no-copying-view-conversion',
    summary: 'bytes are copied only to be read through another class',
    stage: 'nursery',
    category: 'message-payload',
    severity: 'high',
    presets: ['hot', 'strict', 'all'],
    needs: ['types', 'alias', 'summaries'],
    evidence: 'saving',
    fixable: 'safe',
    effort: 'trivial',
    risk: 'low',
    messages: {
      copy: {
        what: '{{conversion}} copies {{amount}} only to read them as {{class}}',
        why: '{{api}} copies the bytes; {{readers}}, so a {{class}} over the same memory does',
        help: 'make a view: {{view}}',
      },
      argument: {
        what: '{{conversion}} copies {{amount}} for {{sink}}, which takes any bytes',
        why: '{{api}} copies the bytes although {{sink}} reads the original as well and keeps nothing',
        help: 'pass {{source}} itself',
      },
      already: {
        what: '{{conversion}} copies {{amount}} of what is a {{class}} already',
        why: '{{api}} copies the bytes; {{readers}}, so the original does',
        help: 'use {{source}} itself',
      },
    },
  },
  check(query, report) {
    for (const fn of query.relevantFunctions()) {
      if (fn.runsOnce) continue;
      for (const call of fn.calls()) {
        const copy = conversionOf(fn, call);
        if (copy === null || freshProducerOf(fn, copy) !== null || isCopiedAtItsEnd(fn, call.value)) continue;
        const { obligations, verdict } = fn.proveView(call, copy.source);
        if (verdict !== 'holds') continue;
        const target = conversions[call.candidates[0]!.name]!;
        const source = fn.text(copy.source) ?? 'the bytes';
        const sink = anyBytesSinkOf(fn, call);
        const isAlready = fn.knowledge(copy.source).classes.every((one) => one.name === target);
        const needsView = sink === null && !isAlready;
        const view = viewOf(fn, call, target, source);
        const length = fn.costLengthOf(copy.source);
        const cost = fn.allocation(call);
        const edit = isCopyOfRemovableCopy(fn, copy.source) ? null : editOf(fn, copy, needsView ? view : source);
        const rest = needsView ? viewCost(query.profile) : noAllocation;
        report({
          site: fn.site(call.value),
          messageId: sink !== null ? 'argument' : isAlready ? 'already' : 'copy',
          data: {
            conversion: fn.text(call.value) ?? 'the conversion', amount: amountOf(length), class: target, api: call.candidates[0]!.name, source, sink: sink?.candidates[0]!.name.replace('.prototype.', '#') ?? '',
            readers: obligations.find((one) => one.code === 'ESC')?.witness ?? 'the copy is only read',
            view: view ?? viewInWords(fn, call, target, source),
          },
          obligations: [...obligations, ...(isAlready && sink === null ? declaredObligation(fn, copy, source, target) : []), ...(needsView ? [] : proveNoOwnProperties(fn, call.value)), ...fieldObligation(source, needsView), ...[proveAttached(fn, copy.source, call.value)].filter((one) => one.state !== 'proved'), sizeObligation(exactBytes(length), needsView)],
          saves: { objects: Math.max(0, cost.objects - rest.objects), heapBytes: subtractSizes(cost.heapBytes, rest.heapBytes), externalBytes: cost.externalBytes },
          fix: edit === null ? null : { title: needsView ? 'make a view of the same memory' : 'use the bytes themselves', edits: [edit] },
        });
      }
    }
  },
});

/** What is only declared a Buffer may be a plain Uint8Array, for which the conversion is what makes the next call work. */
function declaredObligation(fn: FunctionQuery, { call, source: value }: ByteCopy, source: string, target: string): readonly Obligation[] {
  if (target === 'Buffer' && isTestedBuffer(fn, value, call.value)) return [obligation('TY', 'proved', `${source} was tested to be a Buffer`)];
  return fn.knowledge(value).classes.every((one) => one.exact) ? [] : [obligation('TY', 'open', `${source} is only declared ${target}; another class would lack its methods`)];
}

function conversionOf(fn: FunctionQuery, call: CallSite): ByteCopy | null {
  const copy = byteCopyOf(call);
  if (copy === null || !copy.whole || call.candidates.some((one) => conversions[one.name] === undefined)) return null;
  const { classes, primitives } = fn.knowledge(copy.source);
  return fn.isBytes(copy.source) && primitives.length === 0 && classes.every((one) => byteClasses.has(one.name)) && !isDoubted(fn, copy) ? copy : null;
}

/** `if (!Buffer.isBuffer(x)) x = Buffer.from(x)` where x is declared a Buffer: the author does not believe the type, and then there is no buffer to make a view of. A guard that throws leaves no doubt. */
function isDoubted(fn: FunctionQuery, copy: ByteCopy): boolean {
  const { classes } = fn.knowledge(copy.source);
  if (classes.every((one) => one.exact)) return false;
  const sources = fn.flow.values.of(copy.source);
  const isTested = (value: ValueId, by: ValueId): boolean => fn.isBefore(by, copy.call.value) && mayHaveFailed(fn, by, copy.call.value) && fn.flow.values.of(value).some((one) => sources.includes(one));
  const left = new Set(classes.map((one) => one.name));
  for (const test of fn.calls()) {
    const [tested] = test.operands.arguments;
    if (tested === undefined || !isTested(tested, test.value)) continue;
    if (test.mayBe('Buffer.isBuffer')) left.delete('Buffer');
    if (test.mayBe('ArrayBuffer.isView')) left.clear();
  }
  for (const test of fn.instructions()) if (test.op === 'binary' && test.operator === 'instanceof' && isTested(test.left, test.id)) left.clear();
  return left.size === 0;
}

/** The library call that takes the copy directly, alone reads it, and does not care for the class of bytes. noble does: it slices what it is given. */
function anyBytesSinkOf(fn: FunctionQuery, copy: CallSite): CallSite | null {
  const sink = fn.calls().find((call) => call.operands.arguments.includes(copy.value) && call.hasRole('sync-sink'));
  if (sink === undefined || !fn.isOnlyUsedBy(copy.value, sink.value)) return null;
  return sink.candidates.every((one) => /^(?:node:|Buffer\.|Uint8Array\.prototype\.set$)/.test(one.name)) ? sink : null;
}

/** Null where the source is more than names, as a call is, and would have to be evaluated three times. */
function viewOf(fn: FunctionQuery, call: CallSite, target: 'Buffer' | 'Uint8Array', source: string): string | null {
  const maker = byteViewMakerOf(fn, call, target);
  return maker === null || !fieldPath.test(source) ? null : viewBy(maker, source);
}

/** What to write where no edit can be made: a source that is more than names is evaluated once, into a variable. */
function viewInWords(fn: FunctionQuery, call: CallSite, target: 'Buffer' | 'Uint8Array', source: string): string {
  const maker = byteViewMakerOf(fn, call, target) ?? (target === 'Buffer' ? 'Buffer.from' : 'new Uint8Array');
  return fieldPath.test(source) ? viewBy(maker, source) : `put ${source} into a variable first, as bytes, then write ${viewBy(maker, 'bytes')}`;
}

function viewBy(maker: string, bytes: string): string {
  return `${maker}(${bytes}.buffer, ${bytes}.byteOffset, ${bytes}.byteLength)`;
}

function editOf(fn: FunctionQuery, { call, source }: ByteCopy, text: string | null): Edit | null {
  return text === null || !losesNothing(fn, call.value, [source], [call]) ? null : fn.replace(call.value, text);
}

/** `this.bytes` is read three times where it was read once. What a call gives is advised to be put into a variable, so that nothing is read again. */
function fieldObligation(source: string, needsView: boolean): readonly Obligation[] {
  return needsView && source.includes('.') && fieldPath.test(source) ? [obligation('EXC', 'assumed', `${source} is a plain field, so that reading it again gives the same bytes`)] : [];
}

function sizeObligation(bytes: number | null, needsView: boolean): Obligation {
  if (!needsView) return obligation('SIZE', 'proved', 'neither a copy nor a view is needed');
  if (bytes === null) return obligation('SIZE', 'assumed', `there are more than ${onHeapLimit} bytes`);
  return bytes > onHeapLimit ? obligation('SIZE', 'proved', `${bytes} bytes are copied`) : obligation('SIZE', 'failed', `copying ${bytes} bytes is cheaper than making a view of them`);
}

/** `1024 bytes`, `end - start bytes`, `bytes` when nothing is known. */
function amountOf(length: Size): string {
  const text = printSize(length);
  return text === 'unknown' ? 'bytes' : `${text} bytes`;
}
