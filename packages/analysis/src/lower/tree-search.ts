/**
 * Searching a subtree without recursion: left-nested operators can be thousands deep.
 */
import type ts from 'typescript';

/** `found` ends the search, `skip` leaves a node's children out. */
export type Verdict = 'found' | 'enter' | 'skip';

/** Whether the subtree, its root included, has a node that `judge` finds. Order is not that of the source. */
export function containsNode(typescript: typeof ts, root: ts.Node, judge: (node: ts.Node) => Verdict): boolean {
  const work: ts.Node[] = [root];
  for (let node = work.pop(); node !== undefined; node = work.pop()) {
    const verdict = judge(node);
    if (verdict === 'found') return true;
    if (verdict === 'enter') typescript.forEachChild(node, (child) => { work.push(child); });
  }
  return false;
}

/** Whether an identifier of one of these names stands in value position somewhere in the subtree. */
export function mentionsName(typescript: typeof ts, root: ts.Node, names: ReadonlySet<string>, except: ts.Node | undefined): boolean {
  return containsNode(typescript, root, (node) => {
    const isType = typescript.isTypeNode(node) && !typescript.isExpressionWithTypeArguments(node);
    if (node === except || isType) return 'skip';
    if (typescript.isIdentifier(node)) return names.has(node.text) ? 'found' : 'skip';
    return 'enter';
  });
}
