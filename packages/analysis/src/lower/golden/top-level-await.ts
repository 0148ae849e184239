const response = await fetch('x');
for await (const part of response.body) consume(part);
export {};
declare function consume(x: unknown): void;
