export namespace Codec {
  export const size = 32;
  let hidden = 1;
  export function encode(x: number) { return x + size + hidden; }
  export class Frame { size = size; }
  export namespace Inner { export let level = hidden; level++; }
}
export namespace Codec { export const twice = size * 2; }
namespace Types { export interface T { x: number } }
namespace A.B { export const deep = 1; }
export import E = A.B;
export function merged() { return merged.extra; }
export namespace merged { export const extra = 1; }
