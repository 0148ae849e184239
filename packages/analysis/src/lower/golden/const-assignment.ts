import { imported } from './other.js';
const fixed = 1;
const named = function self(): unknown { self = 1 as any; return self; };
export function bad() { fixed = 2 as any; imported = 3; return named; }
