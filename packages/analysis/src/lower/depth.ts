/**
 * How deep a syntax tree may nest before the lowering turns opaque, so that no input ends the stack.
 * Each level takes a few hundred bytes of stack; hosts call us with part of it used.
 */
export const maximumDepth = 300;
