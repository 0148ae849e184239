/**
 * What the uses of a variable or field of a module say of its class, where nobody declares one: `packet.readUInt16BE(4)` is asked of a Buffer.
 * Owns reading the uses; whether they are believed is `recovered-classes.ts`. A use that bytes do not have speaks against the rest.
 */
import type { FunctionIr, ModuleIr } from '../ir/function.js';
import type { Instruction, ValueId } from '../ir/instruction.js';
import { instructionOf, memberPathOf, type Surroundings } from './member-path.js';
import { variableKey } from './variables.js';

export interface UseEvidence {
  /** The class that the uses ask for; null when none of them tells. */
  readonly asksFor: 'Buffer' | 'Uint8Array' | null;
  /** The method that tells it. */
  readonly by: string;
  /** Whether some use is one of bytes at all: an element is read, a codec or `Buffer.concat` takes it. */
  readonly looksLikeBytes: boolean;
  /** A use that bytes do not have, or a test for another class: then nothing is recovered. */
  readonly isDenied: boolean;
}

interface Gathered {
  asksFor: 'Buffer' | 'Uint8Array' | null;
  by: string;
  /** A method that Buffer shares with other libraries; believed beside an element or a length. */
  hint: string | null;
  looksLikeBytes: boolean;
  hasLength: boolean;
  isDenied: boolean;
}

/** Evidence by variable (`variableKey`) and by field of `this` (`fieldEvidenceKey`). */
export type EvidenceTable = ReadonlyMap<string, UseEvidence>;

export function fieldEvidenceKey(className: string, name: string): string {
  return `${className}.${name}`;
}

export function gatherEvidence(context: Surroundings): EvidenceTable {
  const { module, catalog } = context;
  const gathered = new Map<string, Gathered>();
  for (const fn of module.functions) {
    const keyOf = (value: ValueId): Gathered | null => {
      const key = holderKey(fn, value, module);
      if (key === null) return null;
      let found = gathered.get(key);
      if (found === undefined) {
        found = { asksFor: null, by: '', hint: null, looksLikeBytes: false, hasLength: false, isDenied: false };
        gathered.set(key, found);
      }
      return found;
    };
    for (const block of fn.blocks) for (const instruction of block.instructions) readUse(instruction, fn, keyOf);
  }
  return new Map([...gathered].map(([key, one]) => [key, concluded(one)]));

  function readUse(instruction: Instruction, fn: FunctionIr, of: (value: ValueId) => Gathered | null): void {
    switch (instruction.op) {
      case 'get': {
        const holder = of(instruction.object);
        if (holder === null) return;
        const { key } = instruction;
        if (key.kind === 'computed') holder.looksLikeBytes = true;
        else if (key.kind === 'private') holder.isDenied = true;
        else if (key.name === 'length' || key.name === 'byteLength') holder.hasLength = true;
        else if (/^\d+$/.test(key.name)) holder.looksLikeBytes = true;
        else if (catalog.method('Buffer', key.name) === null && !commonMembers.has(key.name)) holder.isDenied = true;
        return;
      }
      case 'set': {
        const holder = of(instruction.object);
        if (holder !== null && instruction.key.kind !== 'computed') holder.isDenied = true;
        return;
      }
      case 'unary': {
        const holder = of(instruction.operand);
        if (holder !== null && instruction.operator !== '!' && instruction.operator !== 'void') holder.isDenied = true;
        return;
      }
      case 'binary': {
        const isEquality = /^[!=]==?$/.test(instruction.operator);
        for (const [side, other] of [[instruction.left, instruction.right], [instruction.right, instruction.left]] as const) {
          const holder = of(side);
          if (holder !== null && !(isEquality && isNothing(fn, other))) holder.isDenied = true;
        }
        return;
      }
      case 'delete': {
        const holder = of(instruction.object);
        if (holder !== null) holder.isDenied = true;
        return;
      }
      case 'call': case 'new': readCall(instruction, fn, of); return;
      default: return;
    }
  }

  function readCall(call: Extract<Instruction, { op: 'call' | 'new' }>, fn: FunctionIr, of: (value: ValueId) => Gathered | null): void {
    const callee = instructionOf(fn, call.callee);
    const called = of(call.callee);
    if (called !== null) called.isDenied = true;
    if (callee?.op === 'get' && callee.key.kind === 'name') {
      const holder = of(callee.object);
      if (holder !== null) readMethod(callee.key.name, call, fn, holder);
    }
    const held = call.arguments.map((argument) => (argument.spread ? null : of(argument.value))).filter((one) => one !== null);
    const list = call.arguments.length === 0 ? null : instructionOf(fn, call.arguments[0]!.value);
    const listed = list?.op === 'array' ? list.elements.map((element) => (element === null || element.spread ? null : of(element.value))).filter((one) => one !== null) : [];
    const path = held.length + listed.length === 0 ? null : memberPathOf(fn, call.callee, context);
    if (path === null) return;
    if (path.name.endsWith('Buffer.concat')) for (const holder of listed) holder.looksLikeBytes = true;
    for (const holder of held) {
      // Who tests the class counts on others as well; the tests have a say of their own.
      if (/\b(?:isBuffer|isView|isArray|isUint8Array|isAnyArrayBuffer|isArrayBuffer)$/.test(path.name)) holder.isDenied = true;
      if (path.specifier === null && (path.name === 'Buffer.from' || path.name === 'Uint8Array') && call.arguments.length === 1) holder.looksLikeBytes = true;
    }
  }

  function readMethod(name: string, call: Extract<Instruction, { op: 'call' | 'new' }>, fn: FunctionIr, holder: Gathered): void {
    const given = call.arguments.length;
    const ask = (asksFor: 'Buffer' | 'Uint8Array'): void => {
      if (holder.asksFor !== 'Buffer') { holder.asksFor = asksFor; holder.by = name; }
    };
    // Readers with a cursor of their own have these names as well, without a place to read at.
    if (/^read(?:Big)?(?:U?[Ii]nt|Float|Double)\w*$/.test(name) && given >= 1) ask('Buffer');
    else if (/^write(?:Big)?(?:U?[Ii]nt|Float|Double)\w*$/.test(name) && given >= 2) ask('Buffer');
    else if (/^(?:utf8|latin1|ascii|hex|base64|ucs2)(?:Slice|Write)$/.test(name)) ask('Buffer');
    else if (name === 'toString' && given === 3 && isEncoding(fn, call.arguments[0]!.value)) ask('Buffer');
    else if (name === 'subarray') ask('Uint8Array');
    else if ((name === 'toString' && given === 1 && isEncoding(fn, call.arguments[0]!.value)) || (name === 'copy' && given >= 2)) holder.hint = name;
  }
}

function concluded(one: Gathered): UseEvidence {
  // `x.copy(target, 7)` beside `x.length`: together they are a Buffer's.
  const isHinted = one.asksFor === null && one.hint !== null && (one.hasLength || one.looksLikeBytes);
  return {
    asksFor: isHinted ? 'Buffer' : one.asksFor,
    by: isHinted ? one.hint! : one.by,
    looksLikeBytes: one.looksLikeBytes || one.asksFor !== null || one.hint !== null,
    isDenied: one.isDenied,
  };
}

/** The variable or field of `this` that the value is read from. */
function holderKey(fn: FunctionIr, value: ValueId, module: ModuleIr): string | null {
  const instruction = instructionOf(fn, value);
  if (instruction?.op === 'require-object') return holderKey(fn, instruction.value, module);
  if (instruction?.op === 'load') return variableKey(instruction.variable);
  if (instruction?.op !== 'get' || instruction.key.kind === 'computed' || instructionOf(fn, instruction.object)?.op !== 'this') return null;
  const className = classAround(fn, module);
  return className === null ? null : fieldEvidenceKey(className, instruction.key.name);
}

/** The class whose `this` a function sees. */
export function classAround(fn: FunctionIr, module: ModuleIr): string | null {
  let current: FunctionIr | undefined = fn;
  while (current !== undefined && current.kind === 'arrow' && current.parent !== null) current = module.functions[current.parent];
  return current?.className ?? null;
}

function isNothing(fn: FunctionIr, value: ValueId): boolean {
  const instruction = instructionOf(fn, value);
  return instruction?.op === 'constant' && (instruction.value.kind === 'null' || instruction.value.kind === 'undefined');
}

function isEncoding(fn: FunctionIr, value: ValueId): boolean {
  const instruction = instructionOf(fn, value);
  return instruction?.op === 'constant' && instruction.value.kind === 'string' && encodings.has(instruction.value.value);
}

const encodings: ReadonlySet<string> = new Set(['hex', 'utf8', 'utf-8', 'latin1', 'binary', 'base64', 'base64url', 'ascii', 'ucs2', 'utf16le']);

/** What every object may be asked for. */
const commonMembers: ReadonlySet<string> = new Set(['toString', 'buffer', 'byteOffset', 'constructor', 'fill', 'set', 'equals', 'compare', 'copy', 'indexOf', 'includes', 'slice', 'subarray', 'write', 'every', 'map', 'forEach', 'reduce', 'toJSON', 'reverse', 'swap16', 'swap32', 'swap64', 'at', 'keys', 'values', 'entries']);
