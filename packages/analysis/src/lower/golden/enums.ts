export enum Kind { A, B = 4, C, Text = 'text', D = B | 2, E = 'abc'.length, F = -1 }
const enum Flag { None = 0, One = 1 << 0, Both = One | 2, ['quoted key'] = 9 }
enum Kind2 { X = Kind.B, Y = X + 1 }
export function use(k: Kind) { return k === Kind.A ? Flag.Both : Kind2.Y; }
declare enum Gone { Z }
