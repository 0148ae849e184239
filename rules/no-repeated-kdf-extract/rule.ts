/**
 * Several HKDF derivations of one function from the same hash, key material and salt: each repeats the extract step (RFC 5869, 2.2), whose outcome is the same.
 * Direct calls of @noble/hashes have the codemod of this id; calls through a helper that forwards key material and salt, and node:crypto, which has no
 * expand step, need a decision. One finding per group, at its first derivation; the others are `related`, in order.
 */
import { type CallSite, constantSize, defineRule, type FunctionQuery, obligation, type Obligation, type Saving } from '@scrimp/analysis/detect';

const noble = '@noble/hashes/hkdf#hkdf';
const node = 'node:crypto#hkdfSync';

/** One derivation, direct or through a helper. */
interface Derivation {
  readonly call: CallSite;
  readonly messageId: 'direct' | 'helper' | 'node';
  /** The values that the extract step depends on: hash, key material and salt, or the helper's arguments that become them. */
  readonly inputs: readonly number[];
  /** Equal for derivations that may share an extraction. */
  readonly kind: string;
  /** Fields that a helper reads by itself: `this.secret`. */
  readonly state: string | null;
}

interface Group {
  readonly first: Derivation;
  readonly others: readonly Derivation[];
  /** SRC of key material and salt, and of the fields that a helper reads. */
  readonly sources: readonly Obligation[];
}

export const rule = defineRule({
  meta: {
    id: 'no-repeated-kdf-extract',
    summary: 'one secret and salt are extracted again for each derived key',
    stage: 'nursery',
    category: 'hash-and-kdf',
    severity: 'high',
    presets: ['crypto', 'all'],
    needs: ['alias', 'summaries'],
    evidence: 'saving',
    fixable: 'guarded',
    effort: 'small',
    risk: 'low',
    codemod: 'no-repeated-kdf-extract',
    messages: {
      direct: {
        what: '{{count}} derivations extract {{inputs}} again: HKDF runs whole for each key',
        why: 'the extract step is an HMAC over the key material under the salt, the same for every label; only the expand step depends on the label',
        help: 'compute prk = extract({{inputs}}) once, each key as expand({{hash}}, prk, info, length), and wipe prk; the keys stay the same bit by bit',
      },
      helper: {
        what: '{{count}} calls of {{helper}} extract the same key material and salt again',
        why: 'each call runs HKDF whole, and the extract step in it gives the same key every time',
        help: 'extract once in {{function}} and give {{helper}} the extracted key to expand, then wipe it; the keys stay the same bit by bit',
      },
      loop: {
        what: '{{round}} derives from {{inputs}} and extracts them again',
        why: 'the extract step is an HMAC over the key material under the salt, the same in every round; only the expand step depends on the label',
        help: 'compute prk = extract({{inputs}}) before the loop, each key as expand({{hash}}, prk, info, length) in it, and wipe prk after it; the keys stay the same bit by bit',
      },
      node: {
        what: '{{count}} calls of {{helper}} derive one key each from the same key material and salt',
        why: 'every hkdfSync extracts again, makes a key object and an output of its own, and node:crypto has no expand step to share the extraction',
        help: 'decide in the protocol to derive one block under one label and take the keys from its offsets; the keys change, so both sides and stored data have to move together',
      },
    },
  },
  check(query, report) {
    for (const fn of query.relevantFunctions()) {
      if (fn.runsOnce) continue;
      const derivations = fn.calls().flatMap((call) => derivationOf(fn, call) ?? []);
      const groups = groupsOf(fn, derivations);
      for (const { first, others, sources } of groups) {
        const { call, messageId } = first;
        const last = others.at(-1)!.call;
        report({
          site: fn.site(call.value),
          messageId,
          data: { ...dataOf(fn, first), count: others.length + 1, helper: fn.text(call.instruction.callee) ?? call.candidates[0]!.name, function: fn.function.name },
          obligations: messageId === 'node'
            ? [...sources, obligation('PUB', 'assumed', 'whoever derives the same keys changes with this function')]
            : [...sources, ...suspension(fn, call, last), obligation('ZER', 'proved', `an extracted key is needed from line ${fn.line(call.value)} to line ${fn.line(last.value)} only, and is wiped there`)],
          saves: savingOf(messageId, others.length),
          fix: messageId === 'direct' ? { title: 'extract once, expand per key', edits: null } : null,
          related: others.map((other) => ({ site: other.call, message: messageId === 'node' ? 'derived again here' : 'extracted again here' })),
          scope: messageId === 'node' ? 'architectural' : 'site',
          rootCause: 'one HKDF per key',
          // Four keys or more: the extractions cost more than the keys.
          ...(others.length >= 3 ? { severity: 'critical' as const } : {}),
        });
      }
      for (const derivation of derivations) {
        const source = groups.some((group) => group.first === derivation || group.others.includes(derivation)) ? null : sameInEachRound(fn, derivation);
        if (source === null) continue;
        const isInEach = fn.isInEveryRound(derivation.call.value);
        report({
          site: fn.site(derivation.call.value), messageId: 'loop', data: { ...dataOf(fn, derivation), round: isInEach ? 'every round' : `each round that gets to line ${fn.line(derivation.call.value)}` },
          obligations: [source, ...(isInEach ? [] : [obligation('SIZE', 'assumed', `more than one round gets to line ${fn.line(derivation.call.value)}`)]), obligation('ZER', 'proved', 'an extracted key is needed as long as the loop runs, and is wiped after it')],
          saves: savingOf('loop', 1), rootCause: 'one HKDF per key',
        });
      }
    }
  },
});

function dataOf(fn: FunctionQuery, { inputs }: Derivation): Readonly<Record<string, string>> {
  return { inputs: inputs.map((one) => fn.text(one) ?? '…').join(', '), hash: fn.text(inputs[0]!) ?? 'hash' };
}

/** bench.json, six labels on Node 20, per extraction; for Node per key beyond the first. */
function savingOf(messageId: string, repeated: number): Saving {
  return messageId === 'node'
    ? { objects: 8 * repeated, heapBytes: constantSize(586 * repeated), externalBytes: constantSize(0), nativeCalls: repeated }
    : { objects: 17 * repeated, heapBytes: constantSize(1637 * repeated), externalBytes: constantSize(185 * repeated) };
}

/** SRC of extracting before the loop; null when the derivation is not a direct one of the same inputs in every round. */
function sameInEachRound(fn: FunctionQuery, { call, inputs, messageId }: Derivation): Obligation | null {
  if (messageId !== 'direct') return null;
  const rounds = inputs.map((input) => fn.loopInvariance(input, call.value));
  if (rounds.some((one) => one === null || one.certain)) return null;
  const writer = rounds.find((one) => one !== null && one.writer !== null)?.writer ?? null;
  if (writer !== null) return obligation('SRC', 'open', `line ${fn.line(writer)}: key material or salt may be written in the loop`);
  const conversion = rounds.find((one) => one !== null && one.conversion !== null)?.conversion ?? null;
  if (conversion !== null) return obligation('SRC', 'assumed', `line ${fn.line(conversion)}: ${fn.flow.effects.of(conversion).runs!.what} runs no code that writes key material or salt`);
  return obligation('SRC', 'proved', 'nothing in the loop writes key material or salt');
}

/** SUSP: an extracted key should not lie in memory while the function waits. */
function suspension(fn: FunctionQuery, first: CallSite, last: CallSite): readonly Obligation[] {
  const pause = fn.instructions().find((one) => fn.flow.effects.of(one.id).runs?.kind === 'suspension' && fn.isBefore(first.value, one.id) && fn.isBefore(one.id, last.value));
  return pause === undefined ? [] : [obligation('SUSP', 'open', `line ${fn.line(pause.id)}: the extracted key would live on while the function waits`)];
}

/** Derivations that certainly follow the first of their group and share its inputs. */
function groupsOf(fn: FunctionQuery, derivations: readonly Derivation[]): readonly Group[] {
  const groups: Group[] = [];
  const taken = new Set<Derivation>();
  for (const first of derivations) {
    if (taken.has(first)) continue;
    const others: Derivation[] = [];
    let source = obligation('SRC', 'proved', 'nothing writes key material or salt between the derivations');
    for (const other of derivations) {
      if (other === first || taken.has(other) || other.kind !== first.kind || other.inputs.length !== first.inputs.length || !fn.isBefore(first.call.value, other.call.value)) continue;
      const proofs = first.inputs.map((input, index) => fn.proveSameBytes(input, other.inputs[index]!, other.call.value));
      if (proofs.some((proof) => proof === null || proof.state === 'failed')) continue;
      taken.add(other);
      others.push(other);
      for (const proof of proofs) if (proof !== null && (proof.state === 'open' || (proof.state === 'assumed' && source.state === 'proved'))) source = proof;
    }
    if (others.length === 0) continue;
    const isLeft = first.state === null || source.state === 'open';
    const state = isLeft ? [] : [obligation('SRC', 'assumed', `${first.state} ${first.state.includes(' and ') ? 'hold' : 'holds'} the same bytes at each call`)];
    groups.push({ first, others, sources: source.state === 'proved' && state.length > 0 ? state : [source, ...state] });
  }
  return groups;
}

function derivationOf(fn: FunctionQuery, call: CallSite): Derivation | null {
  if (call.operands.uncertainFrom !== null) return null;
  if (call.api === noble || call.api === node) {
    const inputs = call.operands.arguments.slice(0, 3);
    return inputs.length === 3 ? { call, messageId: call.api === noble ? 'direct' : 'node', inputs, kind: call.api, state: null } : null;
  }
  const helper = fn.program.calleeOf(call);
  return helper === null ? null : throughHelper(call, helper);
}

/** A call of a function whose derivation gets key material and salt from its parameters or from fields of `this`. */
function throughHelper(call: CallSite, helper: FunctionQuery): Derivation | null {
  const inner = helper.calls().filter((one) => (one.api === noble || one.api === node) && one.operands.uncertainFrom === null && one.operands.arguments.length >= 3 && !helper.isInLoop(one.value));
  const [some] = inner;
  if (some === undefined || helper.function.async || helper.function.generator) return null;
  // Prefer the derivation that can be split; a helper with several backends has one of each.
  const derivation = inner.find((one) => one.api === noble) ?? some;
  const inputs: number[] = [];
  const state: string[] = [];
  for (const input of derivation.operands.arguments.slice(0, 3)) {
    const definition = helper.definition(input);
    if (definition?.op === 'parameter') {
      const argument = call.operands.arguments[definition.index];
      if (argument === undefined) return null;
      inputs.push(argument);
    } else if (definition?.op === 'get' && helper.definition(definition.object)?.op === 'this') {
      state.push(helper.text(input) ?? 'a field');
    } else if (definition?.op !== 'import' && helper.constant(input) === null && !isFixedCapture(helper, input)) return null;
  }
  // Methods share fields only when they are called on the same object.
  if (state.length > 0) {
    if (call.operands.receiver === null) return null;
    inputs.push(call.operands.receiver);
  }
  if (inputs.length === 0) return null;
  return { call, messageId: derivation.api === noble ? 'helper' : 'node', inputs, kind: `${helper.module.file} ${helper.function.id}`, state: state.length > 0 ? state.join(' and ') : null };
}

function isFixedCapture(fn: FunctionQuery, value: number): boolean {
  const definition = fn.definition(value);
  return definition?.op === 'load' && definition.variable.function !== fn.function.id && fn.flow.context.variables.onlyValue(definition.variable) !== null;
}
