export function probe(o: any) {
  delete o.a; delete o['b']; delete o[o.k]; delete (o, 1);
  return typeof missing === 'undefined' && typeof o === 'object' && typeof (o.x);
}
declare const missing: any;
