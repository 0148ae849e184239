type Alias = string;
interface Shape { s: Alias }
declare function ambient(): void;
declare global { var g: number }
abstract class K<T> { abstract m(): T; field?: T }
export const v = <Shape>(({ s: 'x' } satisfies Shape) as Shape)!;
export const w = ambient as unknown as typeof K<string>;
function overload(a: string): void;
function overload(a: any) { return a; }
