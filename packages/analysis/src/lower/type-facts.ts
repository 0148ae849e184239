/**
 * Making and joining type facts, for both oracles.
 */
import type { TypeFact, TypeName } from '../ir/type-fact.js';

export function named(name: string, from: string): TypeFact {
  return { any: false, nullable: false, names: [{ name, from }] };
}

export function primitive(name: string): TypeFact {
  return named(name, 'primitive');
}

/** Only null or undefined. */
export function nullFact(): TypeFact {
  return { any: false, nullable: true, names: [] };
}

export function anyFact(): TypeFact {
  return { any: true, nullable: false, names: [] };
}

/** A union. A part about which nothing is known makes the whole `any`, with the names that are known; null when no part is known. */
export function mergeFacts(facts: readonly (TypeFact | null)[]): TypeFact | null {
  const known = facts.filter((fact) => fact !== null);
  if (known.length === 0) return null;
  const names = new Map<string, TypeName>();
  for (const fact of known) for (const name of fact.names) names.set(`${name.from}#${name.name}<${(name.arguments ?? []).join()}>`, name);
  // A checker orders constituents by when it met them, which depends on what else it was asked.
  const ordered = [...names].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, name]) => name);
  return { any: known.length < facts.length || known.some((fact) => fact.any), nullable: known.some((fact) => fact.nullable), names: ordered };
}
