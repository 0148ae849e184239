import def, { a as renamed, type T } from './a.js';
import * as ns from './ns.js';
import './side-effect.js';
import type { Only } from './types.js';
export { renamed, ns as space, Type };
export { x, y as z } from './b.js';
export * from './c.js';
export * as c from './c.js';
export type { Q } from './q.js';
const local = def(ns.member, renamed);
interface Type { t: T & Only }
export default local;
export let mutable = 1, { p, q: [r] } = local;
