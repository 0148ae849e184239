/**
 * An HMAC of @noble/hashes that is keyed again for each message under one key: two blocks are hashed and two states made before the message is looked at.
 * Speaks where the key is certainly the same from message to message: in a loop that does not change it, or on a hot path with the key in a field or in an
 * enclosing scope. A key that hot code replaces or writes, as a ratchet does, is a new key per message and stays silent.
 */
import { type CallSite, changesOfOwnState, constantSize, defineRule, type FunctionQuery, isLibraryObject, obligation, type Obligation, ownPathsOf, type StateChange } from '@scrimp/analysis/detect';

const keyed: Readonly<Record<string, string>> = { '@noble/hashes/hmac#hmac': 'hmac', '@noble/hashes/hmac#hmac.create': 'hmac.create' };

/** Why the key is the same for the next message. */
interface KeyReuse {
  readonly where: string;
  readonly home: string;
  readonly obligations: readonly Obligation[];
  readonly changes: readonly StateChange[];
}

export const rule = defineRule({
  meta: {
    id: 'reuse-mac-midstate',
    summary: 'an HMAC is keyed again for each message under the same key',
    stage: 'nursery',
    category: 'hash-and-kdf',
    severity: 'high',
    presets: ['crypto', 'all'],
    needs: ['alias', 'summaries', 'hotness'],
    evidence: 'saving',
    fixable: 'review',
    effort: 'small',
    risk: 'medium',
    messages: {
      rekeyed: {
        what: '{{mac}} keys a new MAC with {{key}} for each message, {{where}}',
        why: 'keying hashes the padded key twice and allocates the states for it, before the first byte of the message',
        help: 'make base = hmac.create({{hash}}, {{key}}) and a second one, work, {{home}}; per message compute base._cloneInto(work).update(message).digest(); destroy both when the key is replaced or wiped, since they are as secret as the key',
      },
    },
  },
  check(query, report) {
    for (const fn of query.relevantFunctions()) {
      if (fn.runsOnce) continue;
      for (const mac of fn.calls()) {
        const name = mac.api === null ? undefined : keyed[mac.api];
        const [hash, key] = mac.operands.arguments;
        if (name === undefined || hash === undefined || key === undefined || mac.operands.uncertainFrom !== null) continue;
        const reuse = inLoop(fn, mac, hash, key) ?? onHotPath(fn, hash, key);
        if (reuse === null) continue;
        report({
          site: fn.site(mac.value),
          messageId: 'rekeyed',
          data: { mac: `${name}(${fn.text(hash) ?? 'hash'}, …)`, hash: fn.text(hash) ?? 'hash', key: fn.text(key) ?? 'key', where: reuse.where, home: reuse.home },
          obligations: [...reuse.obligations, reentrance(fn, mac), obligation('ZER', 'assumed', `both MACs are destroyed whenever ${fn.text(key) ?? 'the key'} would be wiped`)],
          // bench.json, 32-byte message on Node 20.
          saves: { objects: 16, heapBytes: constantSize(1544), externalBytes: constantSize(192) },
          fix: { title: 'key the MAC once and clone its state per message', edits: null, tier: 'review' },
          related: reuse.changes.map((change) => ({ site: change.in.site(change.value), message: `${change.how} this.${change.path}` })),
        });
      }
    }
  },
});

function inLoop(fn: FunctionQuery, mac: CallSite, hash: number, key: number): KeyReuse | null {
  const same = fn.loopInvariance(key, mac.value);
  if (same === null || fn.loopInvariance(hash, mac.value) === null) return null;
  const { writer, conversion } = same;
  const unwritten = conversion === null ? obligation('SRC', 'proved', 'nothing in the loop writes the key')
    : obligation('SRC', 'assumed', `line ${fn.line(conversion)}: ${fn.flow.effects.of(conversion).runs!.what} runs no code that writes the key`);
  return {
    where: 'in a loop that does not change the key',
    home: 'before the loop',
    obligations: [
      writer === null ? unwritten : obligation('SRC', same.certain ? 'failed' : 'open', `line ${fn.line(writer)}: the key ${same.certain ? 'is' : 'may be'} written in the loop`),
      obligation('KEY', 'proved', 'both MACs live as long as the loop'),
    ],
    changes: [],
  };
}

function onHotPath(fn: FunctionQuery, hash: number, key: number): KeyReuse | null {
  if (fn.hotness.level !== 'hot' || fn.function.kind === 'constructor' || fn.function.kind === 'instance-initializer') return null;
  // The hash function has to be the same one, too.
  if (!isLibraryObject(fn, hash) && fn.definition(hash)?.op !== 'import' && fn.definition(hash)?.op !== 'get') return null;
  const paths = ownPathsOf(fn, key);
  if (paths !== null) return ofField(fn, paths);
  const captured = fn.flow.values.of(key).map((one) => fn.flow.values.objects[one]!.source);
  const isFixed = captured.length > 0 && captured.every((source) => source.kind === 'captured' && fn.flow.context.variables.onlyValue(source.variable) !== null);
  if (!isFixed) return null;
  return {
    where: 'although the key comes from an enclosing scope',
    home: 'where the key is made',
    obligations: [
      obligation('SRC', 'assumed', 'nobody writes the bytes of the key between two messages'),
      obligation('KEY', 'assumed', `both MACs live as long as ${fn.text(key) ?? 'the key'}`),
    ],
    changes: [],
  };
}

function ofField(fn: FunctionQuery, paths: readonly string[]): KeyReuse {
  const changes = changesOfOwnState(fn, paths);
  // A wipe ends the key's life; only hot code that puts another key there makes a new one per message.
  const perMessage = changes.find((change) => change.in === fn || (change.in.hotness.level === 'hot' && change.how !== 'wipes'));
  const first = changes.find((change) => change.how !== 'wipes') ?? changes[0];
  const field = paths.map((path) => `this.${path}`).join(' or ');
  const key = perMessage !== undefined ? obligation('KEY', 'failed', `line ${perMessage.in.line(perMessage.value)}: ${perMessage.in.function.name} ${perMessage.how} this.${perMessage.path} per message`)
    : first !== undefined ? obligation('KEY', 'assumed', `line ${first.in.line(first.value)}: ${first.in.function.name} ${first.how} this.${first.path}, and both MACs with it`)
      : obligation('KEY', 'assumed', `both MACs live as long as ${field}`);
  return {
    where: 'although the key lies in a field',
    home: 'beside the key',
    obligations: [obligation('SRC', 'assumed', `nobody outside of the class writes the bytes of ${field}`), key],
    changes,
  };
}

/** RE: two messages must not be under way in one working state. */
function reentrance(fn: FunctionQuery, mac: CallSite): Obligation {
  if (mac.api === '@noble/hashes/hmac#hmac') return obligation('RE', 'proved', 'clone, update and digest of a message run without anything in between');
  const suspends = fn.function.async || fn.function.generator;
  return suspends ? obligation('RE', 'open', `${fn.function.name} may be suspended while the MAC is in use`) : obligation('RE', 'assumed', 'no message is begun before the one before it is digested');
}
