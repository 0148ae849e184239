import * as crypto from 'node:crypto';
import { createHash } from 'node:crypto';
export function call(o: any, f: any, list: any[]) {
  f(1, ...list, 2);
  o.m(f());
  o[f]();
  (o.m)(1);
  (o as any).m!(2);
  (0, o.m)(3);
  new f.C(...list);
  new f;
  return [createHash('sha256'), crypto.createHmac('sha256', o), import('node:fs'), import.meta.url];
}
