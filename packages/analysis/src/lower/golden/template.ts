export const label = (a: unknown, b: unknown) => `x${a}-${b}y`;
export const tagged = (t: any, v: unknown) => [t`a${v}\n`, t.raw`\unicode`];
