/**
 * Codecs made per call: a TextDecoder for one decoding, a constant label encoded again and again, an encoder whose output is only copied on a hot path.
 * Templates and byte constants that no TextEncoder makes are `no-format-in-hot-path`; a TextEncoder alone costs nothing that can be measured and stays silent.
 */
import { bytesNameOf, type CallSite, constantSize, defineRule, type FunctionQuery, hoistToModule, isOnlyRead, obligation, type Obligation, proveOnlyRead, type Report, type ValueId } from '@scrimp/analysis/detect';

/** Labels of TextDecoder that every Node has; others throw where the ICU data is small. */
const universalLabel = /^(?:utf-?8|unicode-1-1-utf-8|utf-?16(?:le)?)$/i;

export const rule = defineRule({
  meta: {
    id: 'no-codec-per-call',
    summary: 'a text codec, or the bytes of a constant label, are made again in every call',
    stage: 'nursery',
    category: 'message-payload',
    severity: 'medium',
    presets: ['recommended', 'hot', 'strict', 'all'],
    needs: ['alias'],
    evidence: 'saving',
    fixable: 'safe',
    effort: 'trivial',
    risk: 'low',
    messages: {
      decoder: {
        what: '{{code}} is made in every call of {{function}}',
        why: 'a decoder that is never used with stream keeps nothing between calls, so one serves all of them; making it costs an object and a quarter to a half of a short decode',
        help: 'make it once: const {{name}} = {{code}} at module level',
      },
      label: {
        what: '{{code}} makes the same {{bytes}} in every call of {{function}}',
        why: 'the text is constant and nobody writes its bytes, so they can be encoded once',
        help: 'encode it once at module level, as {{name}}, and never write or hand out that array',
      },
      encoder: {
        what: '{{code}} makes an encoder and an array that {{target}}.set copies once',
        why: 'encodeInto writes the same bytes in place, without the encoder, the array and the copy',
        help: 'hoist the encoder, call encodeInto(text, {{target}}.subarray(offset)), and check that read equals text.length, because a full target truncates silently',
      },
    },
  },
  check(query, report) {
    for (const fn of query.relevantFunctions()) {
      if (fn.runsOnce) continue;
      for (const call of fn.calls()) {
        const found = decoderReport(fn, call) ?? labelReport(fn, call) ?? encoderReport(fn, call);
        if (found !== null) report(found);
      }
    }
  },
});

function decoderReport(fn: FunctionQuery, made: CallSite): Report | null {
  if (made.api !== 'new TextDecoder' || !made.operands.arguments.every((value) => isConstantOption(fn, value))) return null;
  const decodes = onlyDecodes(fn, made.value);
  if (decodes === null) return null;
  const label = made.operands.arguments[0];
  const text = label === undefined ? null : fn.constant(label);
  const isUniversal = label === undefined || text?.kind === 'undefined' || (text?.kind === 'string' && universalLabel.test(text.value));
  const isOften = fn.hotness.level === 'hot' || fn.isInLoop(made.value);
  const hoist = hoistToModule(fn, made.value, { name: decoderName(fn, made), mayShare: (reader, load) => onlyDecodes(reader, load) !== null });
  return {
    site: fn.site(made.value),
    messageId: 'decoder',
    data: { code: fn.text(made.value) ?? 'new TextDecoder()', function: fn.function.name, name: hoist.name },
    obligations: [
      obligation('ESC', 'proved', 'only decode is called on it, without stream'),
      hoist.obligation,
      ...(isOften ? [] : [oftenObligation(fn, decodes)]),
      obligation('EXC', isUniversal ? 'proved' : 'assumed', isUniversal ? 'every Node has this encoding' : 'this Node has the encoding; otherwise the module throws instead of the call'),
    ],
    saves: { objects: 1, heapBytes: constantSize(96), externalBytes: constantSize(0), nativeCalls: 1 },
    fix: { title: `make the decoder once, as ${hoist.name}`, edits: hoist.edits, tier: isOften ? 'safe' : 'review' },
    related: decodes.filter((one) => fn.line(one) !== fn.line(made.value)).map((one) => ({ site: fn.site(one), message: 'decodes here' })),
  };
}

/** What reads a field at a place that moves runs once per field. Bytes taken whole may be decoded once in a program, and where there is no TextDecoder, nobody may call it at all. */
function oftenObligation(fn: FunctionQuery, decodes: readonly ValueId[]): Obligation {
  const field = decodes.find((one) => isCutAtMovingPlace(fn, fn.calls().find((call) => call.value === one)?.operands.arguments[0]));
  return field === undefined
    ? obligation('VER', 'open', 'nothing says that this runs often enough to make a decoder while the module loads, which also needs one to exist there')
    : obligation('VER', 'assumed', `line ${fn.line(field)}: one field of many is decoded, and TextDecoder exists where the module loads`);
}

/** `bytes.subarray(offset, end)`: decode takes bytes only, so that the name of the method tells enough. */
function isCutAtMovingPlace(fn: FunctionQuery, decoded: ValueId | undefined): boolean {
  const cut = decoded === undefined ? null : fn.definition(decoded);
  if (cut?.op !== 'call' && cut?.op !== 'new') return false;
  const callee = fn.instruction(cut.callee);
  const isMethod = callee?.op === 'get' && callee.key.kind === 'name' && /^(?:subarray|slice)$/.test(callee.key.name);
  const isView = /^(?:new Uint8Array|Buffer\.from)$/.test(fn.callOf(cut.id)?.api ?? '');
  const place = cut.arguments[isMethod ? 0 : 1];
  return (isMethod || isView) && place !== undefined && !place.spread && fn.constant(place.value) === null;
}

function labelReport(fn: FunctionQuery, encode: CallSite): Report | null {
  const [argument] = encode.operands.arguments;
  const text = encode.api !== 'TextEncoder.prototype.encode' || argument === undefined ? null : fn.constant(argument);
  const encoder = encode.operands.receiver;
  if (text?.kind !== 'string' || text.value === '' || encoder === null) return null;
  const obligations = proveOnlyRead(fn, encode.value);
  // Who hands the bytes to code out of sight needs bytes of his own.
  if (obligations.some((one) => one.state === 'open')) return null;
  const uses = fn.instruction(argument!)?.op === 'load' ? [argument!] : [];
  const name = bytesNameOf(uses.length === 0 ? text.value : fn.text(argument!) ?? text.value);
  const hoist = hoistToModule(fn, encode.value, { name: name ?? 'LABEL_BYTES', uses, mayShare: isOnlyRead });
  const cost = fn.allocation(encode);
  const length = fn.lengthOf(encode.value).constant;
  const isOwnEncoder = fn.callOf(encoder)?.api === 'new TextEncoder';
  return {
    site: fn.site(encode.value),
    messageId: 'label',
    data: { code: fn.text(encode.value) ?? 'encode', bytes: length === 1 ? '1 byte' : `${length} bytes`, function: fn.function.name, name: hoist.name },
    obligations: [...obligations, hoist.obligation],
    saves: { ...cost, objects: cost.objects + (isOwnEncoder ? 1 : 0), heapBytes: constantSize(cost.heapBytes.constant + (isOwnEncoder ? 32 : 0)), nativeCalls: 1 },
    fix: { title: `encode the label once, as ${hoist.name}`, edits: isOwnEncoder && name !== null ? hoist.edits : null },
  };
}

/** `target.set(new TextEncoder().encode(text), offset)` in hot code. */
function encoderReport(fn: FunctionQuery, encode: CallSite): Report | null {
  const encoder = encode.operands.receiver;
  if (encode.api !== 'TextEncoder.prototype.encode' || encoder === null || fn.callOf(encoder)?.api !== 'new TextEncoder') return null;
  const isHot = fn.hotness.level === 'hot' || fn.isInLoop(encode.value);
  const sink = fn.calls().find((call) => call.api === 'Uint8Array.prototype.set' && call.operands.arguments[0] === encode.value);
  if (!isHot || sink === undefined || sink.operands.receiver === null || !fn.isOnlyUsedBy(encode.value, sink.value)) return null;
  const cost = fn.allocation(encode);
  return {
    site: fn.site(encode.value),
    messageId: 'encoder',
    data: { code: fn.text(encode.value) ?? 'encode', target: fn.text(sink.operands.receiver) ?? 'the target' },
    obligations: [obligation('ESC', 'proved', `line ${fn.line(sink.value)}: set is its only reader`), obligation('FILL', 'assumed', 'the target has room for the text, which encodeInto does not check')],
    saves: { ...cost, objects: cost.objects + 1, nativeCalls: 1 },
    fix: null,
    related: [{ site: sink, message: 'copied here' }],
  };
}

/** The decode calls of a decoder that does nothing else; null when it leaves, is captured, or may be streaming. */
function onlyDecodes(fn: FunctionQuery, decoder: ValueId): readonly ValueId[] | null {
  const { uses, leaves, capturedBy } = fn.flow.track(decoder);
  const decodes: ValueId[] = [];
  if (leaves.length > 0 || capturedBy.length > 0) return null;
  for (const { instruction, operand } of uses) {
    const use = fn.instruction(instruction);
    if (use?.op === 'get' && use.object === operand && use.key.kind === 'name' && /^(?:decode|encoding|fatal|ignoreBOM)$/.test(use.key.name)) continue;
    const call = fn.calls().find((one) => one.value === instruction);
    const isPlain = call?.api === 'TextDecoder.prototype.decode' && call.operands.receiver === operand && !call.operands.arguments.includes(operand) && call.operands.uncertainFrom === null;
    if (!isPlain || call.candidates.some((one) => one.row?.stateful === true)) return null;
    decodes.push(instruction);
  }
  return decodes.length === 0 ? null : decodes;
}

/** A literal, or an object literal of literals. */
function isConstantOption(fn: FunctionQuery, value: ValueId): boolean {
  if (fn.constant(value) !== null) return true;
  if (fn.instruction(value)?.op !== 'object') return false;
  return fn.instructions().every((one) => {
    if (one.op === 'copy-properties' && one.object === value) return false;
    return one.op !== 'define' || one.object !== value || (one.kind === 'value' && one.key.kind !== 'computed' && fn.constant(one.value) !== null);
  });
}

/** `textDecoder` without options, `shiftJisDecoder` with a label, `strictTextDecoder` with options. */
function decoderName(fn: FunctionQuery, made: CallSite): string {
  const [label, options] = made.operands.arguments;
  const text = label === undefined ? null : fn.constant(label);
  const words = text?.kind !== 'string' || /^utf-?8$/i.test(text.value) ? ['text'] : text.value.toLowerCase().split(/[^a-z0-9]+/);
  const name = [...(options === undefined ? [] : ['strict']), ...words, 'decoder'].map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('');
  return /^[a-z]/.test(name) ? name : `text${name}`;
}
