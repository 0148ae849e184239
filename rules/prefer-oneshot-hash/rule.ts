/**
 * A hash object that is made for one update and one digest: `crypto.hash` computes the same digest in one native call without the object.
 * Objects that leave the function, are updated in parts, copied, piped or made with options are needed and stay silent.
 */
import { type CallSite, constantSize, defineRule, isLibraryObject, isOlder, type FunctionQuery, losesNothing, obligation, type Obligation, zeroSize } from '@scrimp/analysis/detect';

/** Digests of fixed length; extendable-output functions take an outputLength that `crypto.hash` does not have before Node 24. */
const fixedLengthDigest = /^(?:md5|sha-?1|ripemd160|rmd160|sha-?(?:224|256|384|512)|sha512-(?:224|256)|sha-512\/(?:224|256)|sha3-(?:224|256|384|512)|blake2b512|blake2s256|sm3)$/i;
const textEncodings: ReadonlySet<string> = new Set(['hex', 'base64', 'base64url', 'latin1', 'binary']);

/** The one update and the one digest of a hash object. */
interface OneShot {
  readonly create: CallSite;
  readonly update: CallSite;
  readonly digest: CallSite;
  readonly algorithm: string;
  /** `buffer` for bytes, otherwise the encoding of the text. */
  readonly output: string;
}

export const rule = defineRule({
  meta: {
    id: 'prefer-oneshot-hash',
    summary: 'a hash object is made for one update and one digest',
    stage: 'nursery',
    category: 'hash-and-kdf',
    severity: 'high',
    presets: ['recommended', 'hot', 'crypto', 'all'],
    needs: ['alias'],
    evidence: 'saving',
    fixable: 'safe',
    effort: 'trivial',
    risk: 'low',
    messages: {
      object: {
        what: '{{create}} makes a hash object that lives for one update and one digest',
        why: 'the object, its stream state and its native handle are allocated and collected per digest; crypto.hash computes the same digest in one native call',
        help: 'call {{replacement}} of node:crypto',
      },
    },
  },
  check(query, report) {
    for (const fn of query.relevantFunctions()) {
      if (fn.runsOnce) continue;
      for (const create of fn.calls()) {
        const found = create.api === 'node:crypto#createHash' ? oneShotOf(fn, create) : null;
        if (found === null) continue;
        const input = fn.text(found.update.operands.arguments[0]!);
        const replacement = `hash('${found.algorithm}', ${input !== null && input.length <= 40 && !input.includes('\n') ? input : '…'}, '${found.output}')`;
        const edit = chainEdit(fn, found);
        report({
          site: fn.site(create.value),
          messageId: 'object',
          data: { create: `createHash('${found.algorithm}')`, replacement },
          obligations: [
            obligation('ESC', 'proved', `update on line ${fn.line(found.update.value)} and digest on line ${fn.line(found.digest.value)} are its only uses`),
            inputObligation(fn, found),
            versionObligation(query.profile.major, query.profile.oldest),
          ],
          // bench.json, 32 bytes of input on Node 20.
          saves: found.output === 'buffer' ? { objects: 0, heapBytes: constantSize(72), externalBytes: zeroSize, nativeCalls: 2 } : { objects: 2, heapBytes: constantSize(120), externalBytes: zeroSize, nativeCalls: 2 },
          fix: edit === null
            ? { title: `replace update and digest by ${replacement}, imported from node:crypto`, edits: null, tier: 'review' }
            : { title: 'hash in one call', edits: [edit] },
          related: fn.line(found.digest.value) === fn.line(create.value) ? [] : [{ site: found.digest, message: 'digested here' }],
        });
      }
    }
  },
});

function oneShotOf(fn: FunctionQuery, create: CallSite): OneShot | null {
  const algorithm = textOf(fn, create.operands.arguments[0]);
  if (create.instruction.op !== 'call' || create.operands.uncertainFrom !== null || algorithm === null || !fixedLengthDigest.test(algorithm) || !isAbsent(fn, create.operands.arguments[1])) return null;
  const { uses, leaves, capturedBy } = fn.flow.track(create.value);
  if (leaves.length > 0 || capturedBy.length > 0) return null;
  const methods: CallSite[] = [];
  for (const use of uses) {
    const instruction = fn.instruction(use.instruction);
    // Reading a method is no use of its own; every other read is.
    if (instruction?.op === 'get' && instruction.object === use.operand && instruction.key.kind === 'name' && /^(?:update|digest)$/.test(instruction.key.name)) continue;
    const call = fn.calls().find((one) => one.value === use.instruction);
    if (call === undefined || call.operands.receiver !== use.operand || call.operands.arguments.includes(use.operand) || use.holding !== 'object') return null;
    methods.push(call);
  }
  const [update, digest, ...more] = methods;
  if (update?.api !== 'node:crypto#Hash.prototype.update' || digest?.api !== 'node:crypto#Hash.prototype.digest' || more.length > 0) return null;
  if (update.operands.uncertainFrom !== null || update.operands.arguments.length === 0 || !isUtf8(fn, update.operands.arguments[1])) return null;
  const output = isAbsent(fn, digest.operands.arguments[0]) ? 'buffer' : textOf(fn, digest.operands.arguments[0])?.toLowerCase() ?? null;
  if (output === null || (output !== 'buffer' && !textEncodings.has(output))) return null;
  return runTogether(fn, [create, update, digest]) ? { create, update, digest, algorithm, output } : null;
}

/** Each runs exactly once per object: in order on every path, none in a loop of its own, and none with a handler of its own (FIPS mode lacks md5, which some programs catch). */
function runTogether(fn: FunctionQuery, calls: readonly CallSite[]): boolean {
  return calls.every((call, index) => {
    const before = calls[index - 1];
    if (before === undefined) return true;
    const [from, to] = [fn.flow.cfg.blockOf[before.value]!, fn.flow.cfg.blockOf[call.value]!];
    return fn.isBefore(before.value, call.value) && fn.flow.loops()[from] === fn.flow.loops()[to] && fn.function.blocks[from]!.handler === fn.function.blocks[to]!.handler;
  });
}

/** Texts are hashed as UTF-8 by default; another input encoding decodes them, which `crypto.hash` cannot. */
function isUtf8(fn: FunctionQuery, argument: number | undefined): boolean {
  return isAbsent(fn, argument) || /^utf-?8$/i.test(textOf(fn, argument) ?? '');
}

/** What is neither text nor bytes is refused by both, with messages of their own. */
function inputObligation(fn: FunctionQuery, { algorithm, update }: OneShot): Obligation {
  const input = update.operands.arguments[0]!;
  const { classes, primitives, complete } = fn.knowledge(input);
  const isTextOrBytes = fn.isBytes(input) || (complete && classes.length === 0 && primitives.every((one) => one === 'string'));
  return isTextOrBytes ? obligation('EXC', 'proved', `${algorithm} is constant, without options`) : obligation('EXC', 'assumed', `${fn.text(input) ?? 'the input'} is text or bytes; for anything else the error says something else`);
}

/** `crypto.createHash(a).update(x).digest(e)` in one expression becomes `crypto.hash(a, x, e)`. A named import of createHash would need a second import, which is no plain edit. */
function chainEdit(fn: FunctionQuery, { create, update, digest, output }: OneShot): ReturnType<FunctionQuery['replace']> {
  const callee = fn.instruction(create.instruction.callee);
  // A file that passes createHash on has no hash.
  const owner = callee?.op === 'get' && isLibraryObject(fn, callee.object) ? fn.text(callee.object) : null;
  const whole = fn.text(digest.value);
  const algorithm = fn.text(create.operands.arguments[0]!);
  const input = fn.text(update.operands.arguments[0]!);
  const isChain = update.operands.receiver === create.value && digest.operands.receiver === update.value;
  if (!isChain || owner === null || !/^[\w$]+$/.test(owner) || whole === null || algorithm === null || input === null) return null;
  // `?.` is more than a chain, and so is an operand that does something besides being one.
  if (!whole.startsWith(`${owner}.createHash(`) || /\?\./.test(whole)) return null;
  if (!losesNothing(fn, digest.value, [create.operands.arguments[0]!, update.operands.arguments[0]!], [create, update, digest])) return null;
  return fn.replace(digest.value, `${owner}.hash(${algorithm}, ${input}, '${output}')`);
}

/** hash came with Node 20.12 and 21.7. A program that must run on an older one cannot take the advice. */
function versionObligation(major: number, oldest: string | null): Obligation {
  if (oldest !== null && isOlder(oldest, '20.12.0')) return obligation('VER', 'failed', `engines admits Node ${oldest}, which lacks crypto.hash`);
  if (oldest !== null && (isOlder(oldest, '21.0.0') || !isOlder(oldest, '21.7.0'))) return obligation('VER', 'proved', `engines asks for Node ${oldest}, which has crypto.hash`);
  return major > 21 ? obligation('VER', 'proved', `crypto.hash is in Node ${major}`) : obligation('VER', 'assumed', 'Node 20.12 or later, which has crypto.hash');
}

function textOf(fn: FunctionQuery, value: number | undefined): string | null {
  const constant = value === undefined ? null : fn.constant(value);
  return constant?.kind === 'string' ? constant.value : null;
}

function isAbsent(fn: FunctionQuery, value: number | undefined): boolean {
  return value === undefined || fn.constant(value)?.kind === 'undefined';
}
