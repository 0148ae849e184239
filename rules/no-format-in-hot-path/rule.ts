/**
 * Values rebuilt per call on hot paths that are always the same, or that nobody may ever read: labels formatted from constants, byte constants,
 * regular expressions from constant text, log lines below the usual level. `TextEncoder.encode` of a plain constant is `no-codec-per-call`.
 */
import {
  bytesNameOf, callersOf, type CallSite, constantSize, defineRule, finiteTextsOf, type FunctionQuery, guardOf, hoistToModule, isErrorPath, isFormattedText, isOnlyRead, isTried,
  losesNothing, obligation, ownBytesCost, proveFormatsOnly, proveOnlyRead, quietLogMethodOf, type Report, symbolSize, textPartsOf, type ValueId, zeroSize,
} from '@scrimp/analysis/detect';

const levelTest = /enabled|level|debug|trace|verbose|logg?(?:er|ing)/i;
const perhapsRare = obligation('VER', 'open', 'nothing says that this runs often enough to encode all of the texts while the module loads and to keep them');
const byteLiteral = /^(?:new Uint8Array|Uint8Array\.(?:from|of)|Buffer\.from)$/;

export const rule = defineRule({
  meta: {
    id: 'no-format-in-hot-path',
    summary: 'a label, a byte constant, a regular expression or an unread log line is built again in every call',
    stage: 'nursery',
    category: 'message-payload',
    severity: 'medium',
    presets: ['hot', 'strict', 'all'],
    needs: ['alias', 'hotness'],
    evidence: 'saving',
    fixable: 'safe',
    effort: 'small',
    risk: 'low',
    messages: {
      label: {
        what: '{{code}} {{does}}, in every call, one of {{count}} possible texts: {{texts}}',
        why: 'each call allocates {{what}}, although all possible texts are known and nobody writes the bytes',
        help: 'encode each of them once at module level and choose among them',
      },
      bytes: {
        what: '{{code}} makes the same {{bytes}} in every call of {{function}}',
        why: 'the content is constant and nobody writes it, so one array at module level serves all calls',
        help: 'make it once at module level, and never write or hand out that array',
      },
      pattern: {
        what: '{{code}} compiles the same regular expression in every call of {{function}}',
        why: 'the engine caches the code of a literal at its place, but looks a constructed pattern up by its text each time',
        help: 'write the literal {{literal}}',
      },
      log: {
        what: '{{code}} is formatted for {{logger}} in every call, also when nobody listens',
        why: 'the text and its numbers are converted and joined before the logger can look at its level',
        help: 'ask the level first, or hand {{logger}} the parts, or a function that formats, instead of the text',
      },
      part: {
        what: '{{code}} is formatted only for a log line that mostly nobody reads',
        why: 'all callers of {{function}} pass the text on to a logger below the usual level',
        help: 'format it where the level is known to be on',
      },
    },
  },
  check(query, report) {
    for (const fn of query.relevantFunctions()) {
      if (fn.runsOnce) continue;
      const logged = new Set<FunctionQuery>();
      for (const call of fn.calls()) {
        if (isErrorPath(fn, call.value)) continue;
        const isHot = fn.hotness.level === 'hot' || fn.isInLoop(call.value);
        const found = labelReport(fn, call, isHot) ?? (isHot ? bytesReport(fn, call) ?? patternReport(fn, call) ?? logReport(fn, call) : null);
        if (found !== null) report(found);
        if (found?.messageId === 'log') for (const part of partReports(fn, call, logged)) report(part);
      }
    }
  },
});

/** Text to bytes, where the text is one of a few that are all in sight. Plain constants are worth a word on hot paths only; several texts, where nothing says that the code is hot, only a possible one. */
function labelReport(fn: FunctionQuery, encode: CallSite, isHot: boolean): Report | null {
  const [argument] = encode.operands.arguments;
  // `buffer.write(text)` makes no bytes of its own that could be kept.
  const isEncode = encode.hasRole('encode-text') && !encode.hasRole('output-argument') && encode.candidates.every((one) => one.result.kind === 'bytes');
  if (!isEncode || argument === undefined || encode.operands.uncertainFrom !== null) return null;
  const isPlain = fn.constant(argument) !== null;
  if (isPlain && (!isHot || encode.api === 'TextEncoder.prototype.encode')) return null;
  const found = finiteTextsOf(fn, argument);
  if (found === null || (encode.operands.arguments.length > 1 && fn.constant(encode.operands.arguments[1]!) === null)) return null;
  if (isPlain) return bytesFinding(fn, encode);
  const [cost, readers] = [fn.allocation(encode), proveOnlyRead(fn, encode.value)];
  if (readers.some((one) => one.state === 'open')) return null;
  const { texts, assumed, isFormatted } = found;
  return {
    site: fn.site(encode.value),
    messageId: 'label',
    data: { code: short(fn, encode.value), does: isFormatted ? 'formats and encodes' : 'encodes', what: isFormatted ? 'the text and its bytes' : 'its bytes', count: texts.length, texts: listed(texts) },
    obligations: [...assumed.map((witness) => obligation('SRC', 'assumed', witness)), ...readers, ...(isHot ? [] : [perhapsRare])],
    saves: { objects: cost.objects + (isFormatted ? 1 : 0), heapBytes: cost.heapBytes, externalBytes: cost.externalBytes, nativeCalls: 1 },
    category: 'hash-and-kdf',
    severity: 'high',
  };
}

/** An array literal of numbers, or hexadecimal text, made into bytes. */
function bytesReport(fn: FunctionQuery, call: CallSite): Report | null {
  const name = call.candidates[0]?.name ?? '';
  const [argument] = call.operands.arguments;
  if (!byteLiteral.test(name) || argument === undefined || !call.complete || call.operands.uncertainFrom !== null) return null;
  const literal = fn.instruction(argument);
  const isList = name.endsWith('.of') ? call.operands.arguments.every((one) => fn.constant(one)?.kind === 'number') : literal?.op === 'array' && call.operands.arguments.length === 1 && literal.elements.every((element) => element !== null && !element.spread && fn.constant(element.value)?.kind === 'number');
  return isList ? bytesFinding(fn, call) : null;
}

function bytesFinding(fn: FunctionQuery, call: CallSite): Report | null {
  const [argument] = call.operands.arguments;
  const literal = fn.instruction(argument!);
  const text = fn.constant(argument!);
  const length = literal?.op === 'array' ? literal.elements.length : text?.kind === 'number' ? call.operands.arguments.length : fn.lengthOf(call.value).constant;
  const readers = proveOnlyRead(fn, call.value);
  if (length === 0 || readers.some((one) => one.state === 'open')) return null;
  const cost = text?.kind === 'string' ? fn.allocation(call) : ownBytesCost(constantSize(length), fn.program.profile);
  const name = text?.kind === 'string' ? bytesNameOf(text.value) : null;
  const hoist = hoistToModule(fn, call.value, { name: name ?? 'BYTES', uses: literal?.op === 'load' ? [argument!] : [], mayShare: isOnlyRead });
  return {
    site: fn.site(call.value),
    messageId: 'bytes',
    data: { code: short(fn, call.value), bytes: length === 1 ? '1 byte' : `${length} bytes`, function: fn.function.name },
    obligations: [...readers, hoist.obligation],
    saves: { ...cost, objects: cost.objects + (literal?.op === 'array' ? 2 : 0) },
    fix: { title: `make the bytes once, as ${hoist.name}`, edits: name === null ? null : hoist.edits },
  };
}

/** `new RegExp('…')`: a literal in its place is a fresh object each time, too, so nothing else changes. */
function patternReport(fn: FunctionQuery, call: CallSite): Report | null {
  if (call.api !== 'new RegExp' || call.operands.uncertainFrom !== null) return null;
  const [source, flags] = call.operands.arguments.map((one) => fn.constant(one));
  if (source?.kind !== 'string' || source.value === '' || (flags !== undefined && flags?.kind !== 'string')) return null;
  const literal = literalOf(source.value, flags?.value ?? '');
  // Tried, it asks whether the engine knows the syntax, and a literal would keep the whole file from loading.
  if (literal === null || isTried(fn, call.value)) return null;
  const edit = losesNothing(fn, call.value, [], [call]) ? fn.replace(call.value, literal) : null;
  return {
    site: fn.site(call.value),
    messageId: 'pattern',
    data: { code: short(fn, call.value), function: fn.function.name, literal },
    obligations: [obligation('SRC', 'proved', 'pattern and flags are constant'), obligation('EXC', 'proved', 'the pattern is valid')],
    // bench.json, Node 20.
    saves: { objects: 1, heapBytes: constantSize(32), externalBytes: zeroSize },
    fix: edit === null ? null : { title: `write ${literal}`, edits: [edit] },
  };
}

/** Null for an invalid pattern, and for one that reads badly as a literal: half a character cannot be written to a file, and what nobody sees should not be. */
function literalOf(pattern: string, flags: string): string | null {
  try {
    const literal = String(new RegExp(pattern, flags));
    return /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(literal) ? null : literal;
  } catch { return null; }
}

/** A template with values as the argument of a logger's debug or trace, without a look at the level. */
function logReport(fn: FunctionQuery, call: CallSite): Report | null {
  const method = quietLogMethodOf(fn, call);
  const template = call.operands.arguments.find((one) => isFormattedText(fn, one));
  if (method === null || template === undefined || guardOf(fn, call.value, levelTest) !== null) return null;
  return {
    site: fn.site(call.value),
    messageId: 'log',
    data: { code: short(fn, template), logger: method },
    obligations: [proveFormatsOnly(fn, template)],
    saves: { objects: 1, heapBytes: symbolSize('text.length'), externalBytes: zeroSize },
    category: 'logging',
  };
}

/** Functions of the program that format a part of the log line and do nothing else for anybody. */
function partReports(fn: FunctionQuery, log: CallSite, seen: Set<FunctionQuery>): readonly Report[] {
  return log.operands.arguments.flatMap((argument) => textPartsOf(fn, argument)).flatMap((value): readonly Report[] => {
    const part = fn.callOf(value);
    const callee = part && fn.program.calleeOf(part);
    const template = callee?.instructions().find((one) => one.op === 'template' && one.values.length > 0);
    if (callee === null || template === undefined || seen.size === seen.add(callee).size) return [];
    const callers = callersOf(callee);
    const isForLogs = callers !== null && callers.calls.every((one) => one.in.calls().some((other) => quietLogMethodOf(one.in, other) !== null && other.operands.arguments.some((argument) => textPartsOf(one.in, argument).includes(one.value))));
    if (!isForLogs) return [];
    return [{
      site: callee.site(template.id),
      messageId: 'part',
      data: { code: short(callee, template.id), function: callee.function.name },
      obligations: [proveFormatsOnly(callee, template.id), ...(callers.assumed === null ? [] : [obligation('ESC', 'assumed', callers.assumed)])],
      saves: { objects: 1, heapBytes: constantSize(48), externalBytes: zeroSize },
      category: 'logging',
      related: [{ site: log, message: 'logged here' }],
    }];
  });
}

const listed = (texts: readonly string[]): string => texts.slice(0, 4).map((text) => `'${text}'`).join(', ') + (texts.length > 4 ? ', …' : '');

function short(fn: FunctionQuery, value: ValueId): string {
  const text = (fn.text(value) ?? 'the text').replaceAll(/\s+/g, ' ');
  return text.length <= 72 ? text : `${text.slice(0, 71)}…`;
}
