export const values = () => [1, -2, -0, 0x10, 'text', `plain`, 12_345n, 0xffn, true, null, undefined, NaN, /a\/b/giu];
