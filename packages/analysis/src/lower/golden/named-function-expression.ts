export const factorial = function self(n: number): number { return n < 2 ? 1 : n * self(n - 1); };
export const unused = function never() { return 1; };
