// Owns what is known of a group of derivations before anything is rewritten: the calls, what they share, and the run of statements that holds them.
// Every condition that cannot be shown from the text is a refusal with its reason; `transform.ts` rewrites what is left.
import { isDeclaredAgain, kdfBindingOf, referencesOf } from './kdf-binding.js';
import { enclosingFunction, statementRun } from './statement-run.js';
import type { CodemodFinding, SyntaxTree } from '@scrimp/rewrite';
import type { ASTPath, CallExpression, Collection, JSCodeshift } from 'jscodeshift';
import type { KdfBinding } from './kdf-binding.js';
import type { StatementRun } from './statement-run.js';

export interface DerivationGroup {
  readonly binding: KdfBinding;
  /** In the order of the text. */
  readonly calls: readonly ASTPath<CallExpression>[];
  readonly run: StatementRun;
}

export interface Refusal {
  readonly refusal: string;
}

type Argument = CallExpression['arguments'][number];

export function derivationGroup(tree: SyntaxTree, finding: CodemodFinding): DerivationGroup | Refusal {
  const { j, root } = tree;
  const isElsewhere = finding.related.some(({ file }) => file !== finding.file);
  if (isElsewhere) return { refusal: 'the derivations are in different files' };
  const calls: ASTPath<CallExpression>[] = [];
  let binding: KdfBinding | null = null;
  for (const position of [finding, ...finding.related]) {
    const candidates = tree.callsAt(position);
    const call = candidates.find(({ node }) => kdfBindingOf(j, root, node) !== null);
    if (call === undefined) return { refusal: unknownCallReason(candidates, position.line) };
    if (calls.some(({ node }) => node === call.node)) continue;
    const callBinding = kdfBindingOf(j, root, call.node);
    const isSame = binding === null || (binding.local === callBinding?.local && binding.declaration === callBinding.declaration);
    if (!isSame) return { refusal: 'the derivations use different imports of hkdf' };
    binding = callBinding;
    calls.push(call);
  }
  if (binding === null || calls.length < 2) return { refusal: 'there is only one derivation, so its extraction is not repeated' };
  if (isDeclaredAgain(j, root, binding.local)) return { refusal: `${binding.local} is declared again in the file, so a call may not mean the import` };

  const argumentProblem = sharedArgumentProblem(j, calls);
  if (argumentProblem !== null) return { refusal: argumentProblem };
  const run = statementRun(j, calls);
  if ('refusal' in run) return run;
  const mutationProblem = inputUseProblem(j, root, calls, run);
  return mutationProblem === null ? { binding, calls, run } : { refusal: mutationProblem };
}

function unknownCallReason(candidates: readonly ASTPath<CallExpression>[], line: number): string {
  const isNodeKdf = candidates.some(({ node: { callee } }) => {
    const name = callee.type === 'MemberExpression' ? callee.property : callee;
    return name.type === 'Identifier' && /^hkdf(?:Sync)?$/.test(name.name) && (name.name === 'hkdfSync' || callee.type === 'MemberExpression');
  });
  return isNodeKdf
    ? `line ${line} derives with node:crypto, which offers no expand step of its own`
    : `line ${line} has no call of hkdf imported from @noble/hashes/hkdf`;
}

/** Why the calls do not evidently extract from the same hash, key material and salt; null when they do. */
function sharedArgumentProblem(j: JSCodeshift, calls: readonly ASTPath<CallExpression>[]): string | null {
  const printed: string[] = [];
  for (const { node } of calls) {
    const isPlain = node.arguments.length === 5 && node.arguments.every(({ type }) => type !== 'SpreadElement');
    if (!isPlain) return 'a derivation does not pass its five arguments one by one';
    const inputs = node.arguments.slice(0, 3);
    if (!inputs.every(isStableExpression)) return 'hash, key material or salt is computed in the call, and might be new each time';
    printed.push(inputs.map((input) => j(input as never).toSource()).join(', '));
  }
  if (new Set(printed).size > 1) return `the derivations are written with different inputs: ${[...new Set(printed)].map((text) => `(${text})`).join(' and ')}`;
  return null;
}

/** `name`, `this.name` or `a.b`: reading it twice gives the same value, unless something in between changes it. */
function isStableExpression(argument: Argument): boolean {
  if (argument.type === 'Identifier' || argument.type === 'ThisExpression') return true;
  return argument.type === 'MemberExpression' && argument.computed !== true && isStableExpression(argument.object);
}

/** Whether a function that could run between the derivations assigns the variable: one inside of theirs when the variable is their own, else any. */
function isAssignedByOtherFunction(j: JSCodeshift, root: Collection, call: ASTPath, name: string): boolean {
  const owner = enclosingFunction(call);
  const ownScope = owner === null ? root : j(owner as never);
  const scope = isDeclaredAgain(j, ownScope, name) ? ownScope : root;
  return referencesOf(j, scope, name).some((path) => {
    const parent = (path.parent as ASTPath).node;
    const isAssigned = (parent.type === 'AssignmentExpression' && parent.left === path.node) || parent.type === 'UpdateExpression';
    return isAssigned && enclosingFunction(path) !== owner;
  });
}

/** Why key material or salt might change between the first and the last derivation; null when the run does nothing to them but read their lengths. */
function inputUseProblem(j: JSCodeshift, root: Collection, calls: readonly ASTPath<CallExpression>[], run: StatementRun): string | null {
  const [hash, ...inputs] = calls[0]!.node.arguments;
  for (const input of calls[0]!.node.arguments.slice(0, 3)) {
    const name = input.type === 'Identifier' ? input.name : null;
    if (name !== null && isAssignedByOtherFunction(j, root, calls[0]!, name)) return `${name} is assigned by another function, so it may change between the derivations`;
  }
  const inputNodes = new Set<unknown>(calls.flatMap(({ node }) => node.arguments.slice(0, 3)));
  for (const statement of run.statements) {
    const scope = j(statement as never);
    for (const input of inputs.slice(0, 2)) {
      const isTouched = usesOf(j, scope, input).some((path) => !isInside(path, inputNodes) && !isHarmlessUse(path, input));
      if (isTouched) return `${j(input as never).toSource()} is used between the derivations, which may change it`;
    }
    const isHashAssigned = hash?.type === 'Identifier' && referencesOf(j, scope, hash.name).some((path) => (path.parent as ASTPath).node.type === 'AssignmentExpression');
    if (isHashAssigned) return 'the hash is assigned between the derivations';
  }
  return null;
}

/** Every mention of the variable, or of `this`, at the root of an input. */
function usesOf(j: JSCodeshift, scope: Collection, input: Argument): ASTPath[] {
  let rootOfInput: object = input;
  while ('type' in rootOfInput && rootOfInput.type === 'MemberExpression' && 'object' in rootOfInput) rootOfInput = rootOfInput.object as object;
  if ('type' in rootOfInput && rootOfInput.type === 'ThisExpression') return scope.find(j.ThisExpression).paths();
  return 'name' in rootOfInput ? referencesOf(j, scope, String(rootOfInput.name)) : [];
}

/** `x.length` of an input `x`; `this.other`, not called, of an input `this.secret`. */
function isHarmlessUse(path: ASTPath, input: Argument): boolean {
  const member = path.parent as ASTPath;
  const { node } = member;
  const isPlainMember = node.type === 'MemberExpression' && node.object === path.node && node.computed !== true && node.property.type === 'Identifier';
  if (!isPlainMember) return false;
  const user = (member.parent as ASTPath).node;
  const isCalled = user.type === 'CallExpression' && user.callee === node;
  const isLength = /^(?:length|byteLength)$/.test((node.property as { name: string }).name);
  if (input.type !== 'MemberExpression') return isLength && !isCalled;
  const isOtherProperty = (node.property as { name: string }).name !== firstPropertyName(input);
  return isOtherProperty && !isCalled && user.type !== 'CallExpression' && user.type !== 'NewExpression';
}

/** Of `a.b.c`, `b`. */
function firstPropertyName(input: Argument): string | null {
  let member: object = input;
  let name: string | null = null;
  while ('type' in member && member.type === 'MemberExpression' && 'object' in member && 'property' in member) {
    const { property } = member as { readonly property: { readonly name?: string } };
    name = property.name ?? null;
    member = member.object as object;
  }
  return name;
}

function isInside(path: ASTPath, nodes: ReadonlySet<unknown>): boolean {
  for (let current: ASTPath | null = path; current !== null; current = current.parent as ASTPath | null) {
    if (nodes.has(current.node)) return true;
  }
  return false;
}
