/**
 * Secrecy: whether bytes are key material. From `@secret` annotations, from rows that produce secrets, and from names,
 * because a wrong "not secret" pools a key while a wrong "secret" only costs a finding.
 */
import { parametersWith } from '../ir/annotation.js';
import type { ValueId } from '../ir/instruction.js';
import type { FunctionQuery } from './query.js';

const secretName = /(?:secret|private|seed|chain_?key|root_?key|message_?key|master|shared|prk|okm|ikm|psk|password|passphrase)|(?:^|[a-z_.$#])key(?!s?(?:id|code|name|path|type|len|length|size|index|word|press|board|of|s\b))|^key$/i;
const publicName = /public|pub_?key|fingerprint|key_?id|key_?share_?public/i;

/** Copies, views and results of functions are followed this far. */
const maximumDepth = 8;

/** Why the value counts as secret; null when nothing says so. */
export function secretBecause(query: FunctionQuery, value: ValueId): string | null {
  return because(query, value, 0);
}

function because(query: FunctionQuery, value: ValueId, depth: number): string | null {
  const definition = query.definition(value);
  if (definition === null || depth > maximumDepth) return null;
  if (definition.op === 'call' || definition.op === 'new') {
    const call = query.callOf(value);
    const producer = call?.candidates.find((one) => one.row?.secret === true);
    if (producer !== undefined) return `${producer.name} produces key material`;
    // A copy or view of secret bytes is secret.
    for (const candidate of call?.candidates ?? []) {
      const { result } = candidate;
      const source = result.kind === 'bytes' ? result.source : result.kind === 'view' ? result.of : undefined;
      const from = source === 'this' ? call!.operands.receiver : typeof source === 'number' ? call!.operands.arguments[source] : undefined;
      if (from !== undefined && from !== null && from !== value) {
        const origin = because(query, from, depth + 1);
        if (origin !== null) return origin;
      }
    }
    // So is what a function of the program returns, when it is secret there for another reason than its name.
    const callee = call === null ? null : query.program.calleeOf(call);
    const returned = callee === null ? [] : callee.function.blocks.flatMap(({ terminator }) => (terminator.op === 'return' ? [terminator.value] : []));
    for (const one of returned) {
      const origin = because(callee!, one, depth + 1);
      if (origin !== null && !origin.startsWith('the name')) return origin;
    }
  }
  if (definition.op === 'parameter') {
    if (parametersWith(query.function, 'secret').includes(definition.index)) return `@secret ${query.function.parameters[definition.index] ?? `parameter ${String(definition.index + 1)}`}`;
  }
  const text = query.text(value) ?? query.text(definition.id);
  return text !== null && text.length <= 80 && /^[\w$.#[\]]+$/.test(text) && secretName.test(text) && !publicName.test(text) ? `the name ${text}` : null;
}
