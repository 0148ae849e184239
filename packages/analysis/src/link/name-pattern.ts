/**
 * Patterns by which a configuration names functions: `Session.encrypt`, `Codec.*`, `src/wire/*.ts#*`.
 * The part before `#` is the end of a path, the part behind it a qualified name; `*` stands for anything, in a path for anything but a slash, and `**` for anything at all.
 */
import type { FunctionIr, ModuleIr } from '../ir/function.js';

export type NamePattern = (module: ModuleIr, fn: FunctionIr) => boolean;

export function namePattern(text: string): NamePattern {
  const at = text.indexOf('#');
  // `#` also begins private names: `Session.#seal`.
  const isPath = at > 0 && text[at - 1] !== '.';
  const name = expressionOf(isPath ? text.slice(at + 1) : text, '.*', '^');
  if (!isPath) return (_module, fn) => name.test(fn.name);
  const path = expressionOf(text.slice(0, at).replace(/^\.\//, ''), '[^/]*', '(?:^|/)');
  return (module, fn) => name.test(fn.name) && path.test(module.file);
}

function expressionOf(pattern: string, star: string, begin: string): RegExp {
  const parts = pattern.split(/(\*\*\/?|\*)/).map((part) => (part === '*' ? star : part.startsWith('**') ? '.*' : part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')));
  return new RegExp(`${begin}${parts.join('')}$`);
}
