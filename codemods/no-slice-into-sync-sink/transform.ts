// Owns the rewrite of a copy that only a synchronous sink reads: `x.slice(…)` becomes `x.subarray(…)`.
// That the sink neither keeps nor writes the bytes, and that `x` is exactly a Uint8Array, is the finding's proof; this module only refuses what is no such call.
import { defineCodemod } from '@scrimp/rewrite';
import type { CallExpression } from 'jscodeshift';

export const codemod = defineCodemod({
  id: 'no-slice-into-sync-sink',
  rewrite(tree, finding) {
    const { j } = tree;
    const call = tree.callAt(finding)?.node;
    if (call === undefined) return { refusal: `no call is exactly at line ${finding.line}, column ${finding.column}` };
    const callee = sliceCallee(call);
    if (callee === null) return { refusal: 'the call is not `x.slice(…)` with at most two arguments' };
    if (callee.object.type === 'Super') return { refusal: '`super.slice` may be a method of a subclass of its own' };
    if (isLiteral(callee.object.type)) return { refusal: 'the receiver is a literal, which has no `subarray`' };
    callee.property = j.identifier('subarray');
    return { firstLine: finding.line, lastLine: finding.endLine };
  },
});

type MemberCallee = Extract<CallExpression['callee'], { type: 'MemberExpression' | 'OptionalMemberExpression' }>;

function sliceCallee({ callee, arguments: passed }: CallExpression): MemberCallee | null {
  if (callee.type !== 'MemberExpression' && callee.type !== 'OptionalMemberExpression') return null;
  const isSlice = callee.computed !== true && callee.property.type === 'Identifier' && callee.property.name === 'slice';
  const hasPlainArguments = passed.length <= 2 && passed.every((argument) => argument.type !== 'SpreadElement');
  return isSlice && hasPlainArguments ? callee : null;
}

function isLiteral(type: string): boolean {
  return /Literal$|^ArrayExpression$/.test(type);
}
