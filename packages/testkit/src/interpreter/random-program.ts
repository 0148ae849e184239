/**
 * Random small programs for the differential test: trees made by fast-check (so that failures shrink), rendered to JavaScript text.
 * The tree knows nothing of scopes; the renderer replaces what would not be valid at its place (a `break` outside of a loop, a second `let` of a name).
 * Every loop and call burns fuel, so that every program ends.
 */
import fc from 'fast-check';

export type BodyKind = 'function' | 'generator' | 'async' | 'async generator';

/** How the consumer resumes a generator. */
export type Resume = 'next' | 'throw' | 'return';

export interface RandomProgram {
  readonly kind: BodyKind;
  readonly isStrict: boolean;
  readonly statements: readonly Tree[];
  readonly resumes: readonly Resume[];
}

/** A node of either syntactic sort: a form, numbers that choose among variants, and children. */
interface Tree {
  readonly form: string;
  readonly pick: number;
  readonly children: readonly Tree[];
}

const expressionForms = [
  'literal', 'read', 'read', 'log', 'log', 'assign', 'compound', 'update', 'binary', 'logical', 'logicalAssign', 'conditional', 'array', 'object', 'member',
  'optional', 'closure', 'callClosure', 'suspend', 'suspend', 'throwing', 'destructure', 'template', 'spreadCall', 'iife', 'class', 'method', 'sequence',
] as const;
const statementForms = [
  'expression', 'expression', 'let', 'let', 'const', 'block', 'if', 'for', 'forOf', 'forOf', 'forIn', 'while', 'doWhile', 'try', 'try', 'try', 'switch',
  'forAwait', 'forAwait', 'classDeclaration', 'break', 'break', 'continue', 'return', 'throw', 'destructureLet', 'saveClosure', 'callSaved', 'labeled', 'delegate', 'var', 'functionValue',
] as const;

/** Depth is counted, not drawn: fast-check's own depth bias lets programs with several children per node grow without end. */
const expressionOfDepth: fc.Memo<Tree> = fc.memo((depth) => fc.record({
  form: fc.constantFrom<string>(...expressionForms), pick: fc.nat(999),
  children: depth <= 1 ? fc.constant<Tree[]>([]) : fc.array<Tree>(expressionOfDepth(), { maxLength: 3, size: 'max' }),
}));
const statementOfDepth: fc.Memo<Tree> = fc.memo((depth) => {
  const expression = expressionOfDepth(3);
  const inner = depth <= 1 ? expression : fc.oneof<fc.Arbitrary<Tree>[]>(expression, statementOfDepth(), statementOfDepth());
  return fc.record({ form: fc.constantFrom<string>(...statementForms), pick: fc.nat(999), children: fc.array<Tree>(inner, { minLength: 1, maxLength: 5, size: 'max' }) });
});

export const randomPrograms: fc.Arbitrary<RandomProgram> = fc.record({
  kind: fc.constantFrom('function', 'generator', 'async', 'async generator'),
  isStrict: fc.boolean(),
  statements: fc.array<Tree>(statementOfDepth(4), { minLength: 2, maxLength: 9, size: 'max' }),
  resumes: fc.array(fc.constantFrom<Resume>('next', 'next', 'next', 'throw', 'return'), { minLength: 2, maxLength: 8 }),
});

/** CommonJS text that exports `main`, whose (awaited) result is the log. */
export function renderProgram(program: RandomProgram): string {
  const context: Context = { kind: program.kind, targets: [], declared: new Set(), lines: { labels: 0, keys: 0 } };
  const isAsync = program.kind.startsWith('async');
  const star = program.kind.endsWith('generator') ? '*' : '';
  const body = program.statements.map((tree) => renderStatement(context, tree)).join('\n');
  return `${program.isStrict ? "'use strict';\n" : ''}${prelude}
${isAsync ? 'async ' : ''}function${star} body(p = L('default', 3), { q = 4, ...r } = L('source', { s: 5 })) {
var v0, v1, v2;
${body}
L('end', [a, b, c, p, q]);
return a;
}
exports.main = ${isAsync ? 'async ' : ''}function () {
${renderDriver(program)}
return log;
};
`;
}

const prelude = `const log = [], saved = [];
let fuel = 60, depth = 0;
let a = 1, b = 2, c = 'c';
const show = (v) => v instanceof Error ? v.constructor.name : Array.isArray(v) ? v.slice(0, 4).map(show) : typeof v === 'function' ? 'f' : typeof v === 'object' && v !== null ? Object.keys(v) : String(v).slice(0, 12);
const L = (k, v) => { log.push([k, show(v)]); return v; };
const cap = (v) => typeof v === 'string' ? v.slice(0, 12) : Array.isArray(v) ? v.slice(0, 4) : v;
const call = (f, ...given) => { if (typeof f !== 'function' || fuel-- <= 0 || depth > 8) return 0; depth++; try { return cap(f(...given)); } finally { depth--; } };
const iterate = (v, mode) => ({ [Symbol.iterator]() { L('open', v); let n = 0; return {
  next() { L('step', n); if (mode === 3 && n === 1) throw new RangeError('next'); return { value: n === 0 ? v : n, done: n++ > 2 }; },
  return(...given) { L('close', given.length); if (mode === 1) throw new TypeError('close'); if (mode === 2) return 5; return {}; } }; } });
const trap = { get x() { return L('get x', 1); }, set x(v) { L('set x', v); }, get y() { return L('get y', undefined); }, m(v) { return L('m', v); }, n: null };
const iterateAsync = (v, mode) => ({ [Symbol.asyncIterator]() { L('open async', v); let n = 0; return {
  async next() { L('async step', n); if (mode === 3 && n === 1) throw new RangeError('next'); return { value: n === 0 ? v : n, done: n++ > 2 }; },
  ...(mode === 2 ? {} : { async return(...given) { L('async close', given.length); if (mode === 1) throw new TypeError('close'); return mode === 3 ? 5 : {}; } }) }; } });
async function* innerAsync(v) { try { L('inner got', yield v); yield 'second'; } catch (error) { L('inner caught', error); yield 'after'; } finally { await null; L('inner finally', v); } return 'inner result'; }
const ticker = async () => { for (let i = 0; i < 40; i++) { await null; L('tick', i); } };
function* inner(v) { try { L('inner got', yield v); yield 'second'; } catch (error) { L('inner caught', error); yield 'after'; } finally { L('inner finally', v); } return 'inner result'; }
`;

interface Context {
  readonly kind: BodyKind;
  /** What `break` and `continue` may aim at, innermost last. */
  readonly targets: readonly { readonly label: string | null; readonly isLoop: boolean; readonly isPlainBreak: boolean }[];
  /** Names that the innermost scope declares with let or const. */
  readonly declared: Set<string>;
  readonly lines: { labels: number; keys: number };
}

const names = ['a', 'b', 'c', 'p', 'q'];

function renderDriver(program: RandomProgram): string {
  const wait = program.kind.startsWith('async') ? 'await ' : '';
  const ticker = wait === '' ? '' : 'const ticks = ticker();\n';
  const end = wait === '' ? '' : '\nawait ticks;';
  if (!program.kind.endsWith('generator')) return `${ticker}try { L('result', ${wait}body()); } catch (error) { L('thrown', error); }${end}`;
  const sent = (index: number): string => (wait === '' || index % 3 === 0 ? `'sent${index}'` : index % 3 === 1 ? `Promise.resolve('sent${index}')` : `Promise.reject('sent${index}')`);
  const steps = program.resumes.map((resume, index) => `try { const r = ${wait}g.${resume}(${resume === 'return' ? sent(index) : `'sent${index}'`}); L('yielded', [r.value, r.done]); } catch (error) { L('thrown', error); }`);
  return `${ticker}let g; try { g = body(); } catch (error) { L('call threw', error); return log; }\n${steps.join('\n')}${end}`;
}

function nameOf(pick: number): string {
  return names[pick % names.length] ?? 'a';
}

function key(context: Context): string {
  context.lines.keys++;
  return `'k${context.lines.keys}'`;
}

function child(tree: Tree, index: number): Tree {
  return tree.children[index] ?? { form: 'literal', pick: tree.pick + index, children: [] };
}

function isExpression(tree: Tree): boolean {
  return (expressionForms as readonly string[]).includes(tree.form);
}

/* ---- expressions ---- */

function renderExpression(context: Context, tree: Tree): string {
  if (!isExpression(tree)) return renderExpression(context, child(tree, 0));
  const { pick } = tree;
  const first = (): string => renderExpression(context, child(tree, 0));
  const second = (): string => renderExpression(context, child(tree, 1));
  const third = (): string => renderExpression(context, child(tree, 2));
  switch (tree.form as (typeof expressionForms)[number]) {
    case 'literal': return ['0', '1', '2', "'s'", 'undefined', 'null', 'NaN', '[1, 2]', '[]', '{}', 'true', '-1'].map((text) => (text === '{}' ? '({})' : text))[pick % 12] ?? '0';
    case 'read': return pick % 7 === 6 ? 'trap.x' : nameOf(pick);
    case 'log': return `L(${key(context)}, ${first()})`;
    case 'assign': return pick % 6 === 5 ? `(trap.x = ${first()})` : `(${nameOf(pick)} = ${first()})`;
    case 'compound': return `(${pick % 9 === 8 ? 'trap.x' : nameOf(pick)} ${['-=', '*=', '|=', '^=', '>>>=', '%='][pick % 6] ?? '-='} ${first()})`;
    case 'update': return [`${nameOf(pick)}++`, `--${nameOf(pick)}`, 'trap.x++', `-${nameOf(pick)}`, `typeof ${nameOf(pick)}`, `!${nameOf(pick)}`, `void ${nameOf(pick)}`].map((text) => `(${text})`)[pick % 7] ?? '0';
    case 'binary': return `cap(${first()} ${['+', '-', '*', '<', '>=', '==', '===', '&', '%', '!='][pick % 10] ?? '+'} ${second()})`;
    case 'logical': return `(${first()} ${['&&', '||', '??'][pick % 3] ?? '&&'} ${second()})`;
    case 'logicalAssign': return `(${pick % 5 === 4 ? 'trap.y' : nameOf(pick)} ${['&&=', '||=', '??='][pick % 3] ?? '&&='} ${first()})`;
    case 'conditional': return `(${first()} ? ${second()} : ${third()})`;
    case 'array': return pick % 3 === 0 ? `[${first()}, ...iterate(${second()}, ${pick % 4})]` : `[${first()}, , ${second()}]`;
    case 'object': return `({ x: ${first()}, [cap(${second()} + 'k')]: ${third()}, ...${pick % 2 === 0 ? 'trap' : nameOf(pick)}, get z() { return ${nameOf(pick)}; } })`;
    case 'member': return `Object(${first()})[${second()}]`;
    case 'optional': return `(${first()})?.[${second()}]${pick % 2 === 0 ? '?.length' : '?.(1)'}`;
    case 'closure': return renderArrow(context, `${nameOf(pick)} = ${first()}`, second());
    case 'callClosure': return `call(${renderArrow(context, '', first())}, ${second()})`;
    case 'suspend': return renderSuspension(context, tree);
    case 'throwing': return `((() => { if (${pick % 4 === 0 ? 'true' : `${nameOf(pick)} === ${pick % 3}`}) throw L(${key(context)}, ${pick % 2 === 0 ? "new RangeError('thrown')" : `'text'`}); })(), ${first()})`;
    case 'destructure': return pick % 2 === 0
      ? `([${nameOf(pick)}, ${nameOf(pick + 1)} = ${first()}, ...c] = iterate(${second()}, ${pick % 4}))`
      : `({ x: ${nameOf(pick)} = ${first()}, ['y']: trap.x = ${second()}, ...c } = trap)`;
    case 'template': return 'cap(`<${' + first() + '}|${' + second() + '}>`)';
    case 'spreadCall': return `Math.max(${first()}, ...[${second()}], ...iterate(${third()}, 0))`;
    case 'iife': return `(function () { const own = ${renderPlain(context, child(tree, 0))}; try { return own; } finally { ${nameOf(pick)} = ${renderPlain(context, child(tree, 1))}; } })()`;
    case 'class': return `new (class { #p = ${renderPlain(context, child(tree, 0))}; f = L(${key(context)}, this.#p); static { L(${key(context)}, ${pick}); } get v() { return this.#p; } })().v`;
    case 'method': return `trap.${['m', 'm', 'n?.', 'missing?.'][pick % 4] ?? 'm'}(${first()})`;
    case 'sequence': return `(${first()}, ${second()})`;
  }
}

/** An expression at a place where yield and await do not belong to the body's function. */
function renderPlain(context: Context, tree: Tree): string {
  return renderExpression({ ...context, kind: 'function', targets: [] }, tree);
}

function renderArrow(context: Context, parameter: string, body: string): string {
  // Text rendered for the body's kind may suspend; then the closure is a function of that kind itself, and never runs here.
  const suspends = /\byield\b|\bawait\b/u.test(parameter + body);
  return suspends ? `L(${key(context)}, [${body}])` : `((${parameter}) => ${body.startsWith('{') ? `(${body})` : body})`;
}

function renderSuspension(context: Context, tree: Tree): string {
  const operand = renderExpression(context, child(tree, 0));
  switch (context.kind) {
    case 'function': return `L(${key(context)}, ${operand})`;
    case 'async': return `(await ${operand})`;
    case 'generator': return `(yield ${operand})`;
    case 'async generator': return tree.pick % 2 === 0 ? `(await ${operand})` : `(yield ${operand})`;
  }
}

/* ---- statements ---- */

function renderStatement(context: Context, tree: Tree): string {
  if (isExpression(tree)) return `${renderExpression(context, tree)};`.replace(/^(?=[{[(]|function|class|let)/u, ';');
  const { pick } = tree;
  const expression = (index: number): string => renderExpression(context, child(tree, index));
  const block = (from: number, inner: Context = context, to = tree.children.length): string => renderBlock(inner, tree.children.slice(from, to));
  switch (tree.form as (typeof statementForms)[number]) {
    case 'expression': return `;${expression(0)};`;
    case 'let': return renderDeclaration(context, 'let', nameOf(pick), expression(0));
    case 'const': return renderDeclaration(context, 'const', nameOf(pick), expression(0));
    case 'var': return `var v${pick % 3} = ${expression(0)}; L(${key(context)}, [v0, v1, v2]);`;
    case 'block': return block(0);
    case 'if': return `if (${expression(0)}) ${block(1, context, 3)} else ${block(3)}`;
    case 'for': return renderFor(context, tree);
    case 'forOf': return `for (${pick % 3 === 0 ? 'const x' : pick % 3 === 1 ? `let [${nameOf(pick)} = 7]` : nameOf(pick)} of ${renderIterable(context, tree)}) { if (fuel-- <= 0) break; ${pick % 3 === 0 ? 'saved.push(() => x); ' : ''}${block(1, intoLoop(context))} }`;
    case 'forAwait': return context.kind.startsWith('async')
      ? `for await (const x of ${renderAsyncIterable(context, tree)}) { if (fuel-- <= 0) break; ${block(1, intoLoop(context))} }`
      : renderFor(context, tree);
    case 'classDeclaration': return renderClass(context, tree);
    case 'forIn': return `for (const x in ${expression(0)}) { if (fuel-- <= 0) break; L(${key(context)}, x); ${block(1, intoLoop(context))} }`;
    case 'while': return `while (fuel-- > 0 && ${expression(0)}) ${block(1, intoLoop(context))}`;
    case 'doWhile': return `do ${block(1, intoLoop(context))} while (fuel-- > 0 && ${expression(0)});`;
    case 'try': return renderTry(context, tree);
    case 'switch': return renderSwitch(context, tree);
    case 'break': case 'continue': return renderJump(context, tree);
    case 'return': return `${pick % 4 === 0 ? '' : `if (${expression(1)}) `}return ${expression(0)};`;
    case 'throw': return `${pick % 4 === 0 ? '' : `if (${expression(1)}) `}throw L(${key(context)}, ${expression(0)});`;
    case 'destructureLet': return renderPattern(context, tree);
    case 'saveClosure': return `saved.push(${renderArrow(context, '', expression(0))});`;
    case 'callSaved': return `L(${key(context)}, saved.slice(-3).map((f) => { try { return call(f); } catch (error) { return L(${key(context)}, error); } }));`;
    case 'labeled': return renderLabeled(context, tree);
    case 'delegate': return context.kind.endsWith('generator')
      ? `L(${key(context)}, yield* ${context.kind === 'generator' ? renderIterable(context, tree) : renderAsyncIterable(context, tree)});`
      : `L(${key(context)}, [...inner(${expression(0)})]);`;
    case 'functionValue': return `saved.push(function (x = ${renderPlain(context, child(tree, 0))}) ${renderBlock({ ...context, kind: 'function', targets: [] }, tree.children.slice(1))});`;
  }
}

function renderBlock(context: Context, trees: readonly Tree[]): string {
  const inner: Context = { ...context, declared: new Set() };
  return `{ ${trees.map((tree) => renderStatement(inner, tree)).join('\n')} }`;
}

function renderDeclaration(context: Context, keyword: string, name: string, value: string): string {
  if (context.declared.has(name) || isParameterOfBody(context, name)) return `${name} = ${value};`;
  context.declared.add(name);
  return `${keyword} ${name} = ${value};`;
}

/** The outermost scope of the body has the parameters p, q and r. */
function isParameterOfBody(context: Context, name: string): boolean {
  return context.targets.length === 0 && ['p', 'q', 'r'].includes(name);
}

function renderPattern(context: Context, tree: Tree): string {
  const first = nameOf(tree.pick);
  const second = nameOf(tree.pick + 1);
  const isTaken = [first, second].some((name) => context.declared.has(name) || isParameterOfBody(context, name));
  const value = `iterate(${renderExpression(context, child(tree, 0))}, ${tree.pick % 4})`;
  const fallback = renderExpression(context, child(tree, 1));
  if (isTaken) return `;[${first}, ${second} = ${fallback}] = ${value};`;
  context.declared.add(first).add(second);
  return tree.pick % 2 === 0 ? `let [${first}, ${second} = ${fallback}] = ${value};` : `let { x: ${first} = ${fallback}, ...${second} } = trap;`;
}

function intoLoop(context: Context, label: string | null = null): Context {
  return { ...context, targets: [...context.targets, { label, isLoop: true, isPlainBreak: true }] };
}

function renderFor(context: Context, tree: Tree): string {
  const update = tree.children[1] === undefined ? 'i++' : `i++, ${renderExpression(context, tree.children[1])}`;
  const closure = tree.pick % 2 === 0 ? `saved.push(() => i${tree.pick % 4 === 0 ? '++' : ''}); ` : '';
  const body = renderBlock(intoLoop(context), tree.children.slice(2));
  return `for (let i = 0, j = ${renderExpression(context, child(tree, 0))}; i < 3 && fuel-- > 0; ${update}) { ${closure}${body} }`;
}

function renderIterable(context: Context, tree: Tree): string {
  const value = renderExpression(context, child(tree, 0));
  return tree.pick % 5 === 4 ? `inner(${value})` : `iterate(${value}, ${tree.pick % 4})`;
}

function renderAsyncIterable(context: Context, tree: Tree): string {
  const value = renderExpression(context, child(tree, 0));
  return [`innerAsync(${value})`, `iterateAsync(${value}, ${tree.pick % 4})`, `iterate(${value}, ${tree.pick % 2})`, `[Promise.resolve(${value}), ${value}]`][tree.pick % 4] ?? 'innerAsync(0)';
}

/** A base and a derived class with fields, accessors and `super`, made and used at once. */
function renderClass(context: Context, tree: Tree): string {
  const [first, second, third, fourth] = [0, 1, 2, 3].map((index) => renderPlain(context, child(tree, index)));
  // The key is only read: code between the members is strict even in a sloppy function, which the lowering refuses to follow when it writes.
  const superCall = ['super(1);', 'super(1); L("again", 1);', `if (${fourth}) super(2);`, `try { super(${first}); } finally { L(${key(context)}, 'made'); }`][tree.pick % 4] ?? '';
  return `try { class Base { f = L(${key(context)}, ${first}); constructor(x) { L('base', new.target === Base); this.x = x; this.init(); } init() { L('base init', this.g); } get v() { return ${second}; } static s = L('static', 1); }
class Derived extends Base { #p = L(${key(context)}, ${second}); g = this.#p; constructor() { ${superCall} L('p', this.#p); } init() { super.init(); L('derived init', this.f); } get v() { return cap(super.v + '!'); } set v(x) { super.w = x; } [L(${key(context)}, cap(${nameOf(tree.pick)} + 'm'))]() { return 1; } static { L('block', super.s); } }
const made = new Derived(); made.v = ${third}; L(${key(context)}, [made.v, made.w, made.x]); } catch (error) { L(${key(context)}, error); }`;
}

function renderTry(context: Context, tree: Tree): string {
  const third = Math.ceil(tree.children.length / 3);
  const body = renderBlock(nested(context), tree.children.slice(0, third));
  const handler = renderBlock(nested(context), tree.children.slice(third, 2 * third));
  const last = renderBlock(nested(context), tree.children.slice(2 * third));
  const caught = ` catch (error) { L(${key(context)}, error); ${handler} }`;
  switch (tree.pick % 3) {
    case 0: return `try ${body}${caught}`;
    case 1: return `try ${body} finally { L(${key(context)}, 0); ${last} }`;
    default: return `try ${body}${caught} finally { L(${key(context)}, 0); ${last} }`;
  }
}

/** A place that is not the outermost scope of the body, and no jump target. */
function nested(context: Context): Context {
  return { ...context, targets: [...context.targets, { label: null, isLoop: false, isPlainBreak: false }] };
}

function renderSwitch(context: Context, tree: Tree): string {
  const inner: Context = { ...context, declared: new Set(), targets: [...context.targets, { label: null, isLoop: false, isPlainBreak: true }] };
  const cases = tree.children.slice(1).map((one, index) => {
    const head = index === tree.pick % 3 ? 'default' : `case ${renderExpression(inner, { form: 'log', pick: index, children: [{ form: 'literal', pick: tree.pick + index, children: [] }] })}`;
    return `${head}: ${renderStatement(inner, one)}`;
  });
  return `switch (${renderExpression(context, child(tree, 0))}) { ${cases.join('\n')} }`;
}

function renderLabeled(context: Context, tree: Tree): string {
  context.lines.labels++;
  const label = `l${context.lines.labels}`;
  if (tree.pick % 2 === 0) {
    const inner: Context = { ...context, targets: [...context.targets, { label, isLoop: false, isPlainBreak: false }] };
    return `${label}: ${renderBlock(inner, tree.children)}`;
  }
  return `${label}: for (const x of ${renderIterable(context, tree)}) { if (fuel-- <= 0) break; ${renderBlock(intoLoop(context, label), tree.children.slice(1))} }`;
}

function renderJump(context: Context, tree: Tree): string {
  const candidates = context.targets.filter((target) => (tree.form === 'continue' ? target.isLoop : target.isPlainBreak || target.label !== null));
  const target = candidates[tree.pick % Math.max(candidates.length, 1)];
  if (target === undefined) return `L(${key(context)}, 'no target');`;
  const condition = tree.pick % 4 === 0 ? '' : `if (${renderExpression(context, child(tree, 0))}) `;
  if (target.label !== null) return `${condition}${tree.form} ${target.label};`;
  // An unlabeled jump reaches the innermost loop or switch, whichever target was drawn.
  return `${condition}${tree.form};`;
}
