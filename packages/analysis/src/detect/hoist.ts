/**
 * Hoisting: a value that is the same in every call, made once at module level. Owns where the constant goes, its name, the edits, and obligation INIT
 * (no call can come before the initializer). Whether the value may be shared at all is `shared-value.ts`; that it is the same each time is the rule's to show.
 */
import type { FunctionIr, ModuleIr } from '../ir/function.js';
import type { ValueId } from '../ir/instruction.js';
import { obligation } from './copy-proof.js';
import type { Edit, Obligation } from './finding.js';
import { proveNoEarlyCall } from './import-cycle.js';
import type { FunctionQuery } from './query.js';

const maximumNameLength = 32;

export interface Hoist {
  /** INIT. */
  readonly obligation: Obligation;
  /** The constant that the expression becomes: a new one, or one of the module with the same initializer. */
  readonly name: string;
  /** Null when there is no plain place for the constant, or its name is taken. */
  readonly edits: readonly Edit[] | null;
}

export interface HoistRequest {
  /** Name of the constant, when there is none yet. */
  readonly name: string;
  /** Loads of constants of the module inside of the expression. */
  readonly uses?: readonly ValueId[];
  /** Whether a value that another function reads from a constant with the same initializer is used in a way that allows to share it. */
  readonly mayShare: (fn: FunctionQuery, value: ValueId) => boolean;
}

/**
 * Makes the expression of `value` a constant of the module.
 * The same insertion is asked for by every site with the same expression, and is one edit for whoever applies them together;
 * different ones may have one place, and stand there in any order, because neither reads the other.
 */
export function hoistToModule(fn: FunctionQuery, value: ValueId, { name, uses = [], mayShare }: HoistRequest): Hoist {
  const source = fn.program.sourceOf(fn.module);
  const initializer = fn.text(value);
  const existing = initializer === null ? null : existingConstant(fn, source, initializer, mayShare);
  const init = initObligation(fn, existing);
  // The constants of a script are those of every script.
  if (initializer === null || fn.module.format === 'script' || !namesOnly(fn, value, uses)) return { obligation: init, name, edits: null };
  const replacement = fn.replace(value, existing?.name ?? name);
  if (replacement === null) return { obligation: init, name, edits: null };
  // A constant below is not there yet for what runs above it.
  if (existing !== null) return { obligation: init, name: existing.name, edits: existing.offset > outermostFunction(fn.module, fn.function).span.start ? null : [replacement] };
  const place = uses.length === 0 ? endOfPreamble(source) : endOfDeclaration(fn, source, uses);
  if (place === null || mentions(source, name)) return { obligation: init, name, edits: null };
  const line = source.includes('\r\n') ? '\r\n' : '\n';
  const declaration = `const ${name} = ${initializer};`;
  const text = place === 0 ? `${declaration}${line}${line}` : `${line}${uses.length === 0 ? line : ''}${declaration}`;
  return { obligation: init, name, edits: [{ file: fn.module.file, start: place, end: place, text }, replacement] };
}

/** A name for the bytes of a constant text: `session-keys|v2` gives `SESSION_KEYS_V2_BYTES`; null when the text has no short name in it. */
export function bytesNameOf(text: string): string | null {
  const name = text.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_').replaceAll(/^_+|_+$/g, '');
  return /^[A-Z]/.test(name) && name.length <= maximumNameLength ? `${name}_BYTES` : null;
}

/** INIT: module code is above everything else of the module, so only a function that is hoisted can run before it, in an import cycle. */
function initObligation(fn: FunctionQuery, existing: { readonly offset: number } | null): Obligation {
  const outermost = outermostFunction(fn.module, fn.function);
  if (existing !== null && existing.offset > outermost.span.start) return obligation('INIT', 'assumed', `nothing calls ${fn.function.name} before the constant is initialized`);
  if (outermost.kind !== 'function') return obligation('INIT', 'proved', `${outermost.name} exists only after the constants above it`);
  if (fn.module.format !== 'commonjs') return proveNoEarlyCall(fn.program, fn.module, outermost);
  // What `import` becomes there runs above the constant, while the function is exported already.
  return fn.module.imports.length === 0
    ? obligation('INIT', 'proved', 'the constant comes before everything that the module requires')
    : obligation('INIT', 'assumed', `no cycle of requires calls ${fn.function.name} before the module has run`);
}

/** Whether the code of the module above the offset runs nothing of the program, which could call a hoisted function before the constant there is initialized. */
function isQuietAbove(fn: FunctionQuery, offset: number): boolean {
  const top = fn.program.functionOf(fn.module, fn.module.functions[0]!);
  return top.instructions().every((instruction) => {
    if ((top.function.spans[2 * instruction.id] ?? -1) >= offset) return true;
    if (top.flow.effects.of(instruction.id).runs !== null) return false;
    if (instruction.op !== 'call' && instruction.op !== 'new') return true;
    const call = top.calls().find((one) => one.value === instruction.id);
    return call?.complete === true && call.candidates.length > 0 && call.candidates.every((one) => one.row !== null);
  });
}

function outermostFunction(module: ModuleIr, fn: FunctionIr): FunctionIr {
  let current = fn;
  while (current.parent !== null && module.functions[current.parent]!.kind !== 'module') current = module.functions[current.parent]!;
  return current;
}

/** Everything that the expression reads is a literal, a global, an import, or one of `uses`. */
function namesOnly(fn: FunctionQuery, value: ValueId, uses: readonly ValueId[]): boolean {
  const [start, end] = [fn.function.spans[2 * value]!, fn.function.spans[2 * value + 1]!];
  return fn.instructions().every((instruction) => {
    const from = fn.function.spans[2 * instruction.id] ?? -1;
    if (from < start || (fn.function.spans[2 * instruction.id + 1] ?? -1) > end) return true;
    switch (instruction.op) {
      case 'load': return uses.includes(instruction.id);
      case 'this': case 'parameter': case 'arguments': case 'closure': case 'opaque': case 'await': case 'yield': case 'store': case 'set': return false;
      default: return true;
    }
  });
}

/** `const name = <initializer>;` alone on a line, not exported, whose other readers allow to share it. */
function existingConstant(fn: FunctionQuery, source: string, initializer: string, mayShare: HoistRequest['mayShare']): { readonly name: string; readonly offset: number } | null {
  const { module, program } = fn;
  const escaped = initializer.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const found = new RegExp(String.raw`^const ([\w$]+)(?:: [\w$]+)? = ${escaped};?[ \t]*$`, 'm').exec(source);
  if (found === null || !isAtTopLevel(source, found.index)) return null;
  const name = found[1]!;
  const [owner, ...shadows] = module.functions.filter((one) => one.variables.some((variable) => variable.name === name));
  const slot = owner?.variables.findIndex((variable) => variable.name === name && variable.kind === 'const') ?? -1;
  const isExported = module.exports.some((one) => one.kind === 'local' && one.variable.slot === slot);
  if (owner?.kind !== 'module' || slot === -1 || shadows.length > 0 || isExported || owner.variables.filter((variable) => variable.name === name).length > 1) return null;
  const isShared = module.functions.every((one) => {
    const reader = program.functionOf(module, one);
    return reader.instructions().every((read) => read.op !== 'load' || read.variable.function !== owner.id || read.variable.slot !== slot || mayShare(reader, read.id));
  });
  if (!isShared) return null;
  // Above it, a hoisted function is called while the constant is not there yet.
  const outermost = outermostFunction(module, fn.function);
  return outermost.kind !== 'function' || found.index > outermost.span.start || isQuietAbove(fn, found.index) ? { name, offset: found.index } : null;
}

/** Whether the offset is neither in braces nor in a text or comment; a regular expression with a lone brace or quote may only cost the constant. */
function isAtTopLevel(source: string, offset: number): boolean {
  const blank = source.replaceAll(/\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\[\s\S])*`/g, (text) => ' '.repeat(text.length));
  const above = blank.slice(0, offset);
  return blank.startsWith('const', offset) && above.split('{').length === above.split('}').length;
}

/** Any mention counts, also in a comment or as a property: a false clash only costs the edit. */
function mentions(source: string, name: string): boolean {
  return new RegExp(String.raw`(?<![\w$])${name.replaceAll('$', String.raw`\$`)}(?![\w$])`).test(source);
}

/** Behind the line on which the last of the constants ends. */
function endOfDeclaration(fn: FunctionQuery, source: string, uses: readonly ValueId[]): number | null {
  let place = -1;
  for (const use of uses) {
    const load = fn.instruction(use);
    const only = load?.op === 'load' ? fn.flow.context.variables.onlyValue(load.variable) : null;
    const isConst = load?.op === 'load' && fn.module.functions[load.variable.function]?.variables[load.variable.slot]?.kind === 'const';
    // What reads a var may run before it has its value, and then goes on.
    const end = isConst && only?.function.kind === 'module' ? only.function.spans[2 * only.value + 1] ?? -1 : -1;
    if (end === -1) return null;
    const rest = /^(?: as const)?;?[ \t]*(?:\/\/[^\r\n]*)?(?=\r?\n|$)/.exec(source.slice(end));
    // Without a semicolon, the next line may declare more.
    if (rest === null || /^(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*,/.test(source.slice(end + rest[0].length))) return null;
    place = Math.max(place, end + rest[0].length);
  }
  return place === -1 ? null : place;
}

/** Behind the line of the last leading import or directive, or of a file comment; 0 when there is none; null when the start of the file is not understood. */
function endOfPreamble(source: string): number | null {
  const trivia = /(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
  const statement = /(?:'[^'\n]*'|"[^"\n]*");?|import\s*(?:'[^'\n]*'|"[^"\n]*"|[\w$\s{},*]+?\sfrom\s*(?:'[^'\n]*'|"[^"\n]*"))(?:\s+with\s*\{[^}]*\})?;?/y;
  let place = header(source);
  let position = place;
  for (;;) {
    trivia.lastIndex = position;
    const start = position + (trivia.exec(source)?.[0].length ?? 0);
    statement.lastIndex = start;
    const found = statement.exec(source);
    if (found === null) return /^import[\s{*'"]/.test(source.slice(start, start + 8)) ? null : place;
    const rest = /^[ \t]*(?:\/\/[^\r\n]*)?(?=\r?\n|$)/.exec(source.slice(start + found[0].length));
    if (rest === null || continues(source, start + found[0].length, found[0])) return null;
    place = start + found[0].length + rest[0].length;
    position = place;
  }
}

/** Whether a text without a semicolon goes on behind the end of its line, and is no directive. */
function continues(source: string, end: number, statement: string): boolean {
  return /^['"].*['"]$/s.test(statement) && /^(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*(?:[.,([`+\-*%?<>=&|^]|\/(?![/*])|in\b|instanceof\b)/.test(source.slice(end));
}

/** Length of the shebang line and of a first comment that an empty line parts from what follows. */
function header(source: string): number {
  const shebang = /^\uFEFF?(?:#![^\r\n]*)?/.exec(source)![0].length;
  const comment = /^\s*(?:\/\*[\s\S]*?\*\/|(?:\/\/[^\r\n]*(?:\r?\n|$))+)(?=\r?\n\r?\n|\r?\n$|\r?\n)/.exec(source.slice(shebang));
  if (comment === null) return shebang;
  const end = shebang + comment[0].trimEnd().length;
  return /^\r?\n[ \t]*\r?\n/.test(source.slice(end)) ? end : shebang;
}
