/**
 * Classes of values that nobody declares, recovered from the code around them: what uses ask of a parameter, which events and callbacks give it,
 * what the methods of a class set a field to. What is recovered is never exact and says why it is believed, so that every proof that rests on it
 * carries an assumption. Tests in the code (`instanceof`) narrow single reads and are `tested-classes.ts`.
 */
import type { FunctionIr, ModuleIr } from '../ir/function.js';
import type { FunctionId, Instruction, ValueId, VariableRef } from '../ir/instruction.js';
import { instructionOf, type MemberPath, memberPathOf, producedClassOf, type Surroundings } from './member-path.js';
import { type EvidenceTable, classAround, fieldEvidenceKey, gatherEvidence } from './use-evidence.js';
import { type ClassKnowledge, recoveredKnowledge } from './value-class.js';
import { type ModuleVariables, variableKey } from './variables.js';

export interface RecoveredClasses {
  /** What a variable that only ever holds a parameter holds. */
  ofVariable(variable: VariableRef): ClassKnowledge | null;
  ofParameter(fn: FunctionIr, index: number): ClassKnowledge | null;
  /** What a field of `this` holds in the methods of its class. */
  ofField(fn: FunctionIr, name: string): ClassKnowledge | null;
}

/** Nothing is gathered before the first question: most modules declare their classes, or have none of bytes. */
export function recoveredClasses(context: Surroundings): RecoveredClasses {
  let known = tables.get(context.variables);
  if (known === undefined) {
    known = createRecovered(context);
    tables.set(context.variables, known);
  }
  return known;
}

/** One table per module and catalog; the variables of a module are made once. */
const tables = new WeakMap<ModuleVariables, RecoveredClasses>();

/** A parameter of a closure and who gives it. */
interface Giver {
  readonly why: string;
  readonly className: 'Buffer';
  /** Others may give other things under the same name, so that some use must agree. */
  readonly needsUse: boolean;
}

function createRecovered(context: Surroundings): RecoveredClasses {
  const { module, variables } = context;
  let evidence: EvidenceTable | null = null;
  let givers: ReadonlyMap<string, Giver> | null = null;
  let fields: ReadonlyMap<string, FieldStores> | null = null;
  const answers = new Map<string, ClassKnowledge | null>();
  return { ofVariable, ofParameter, ofField };

  function evidenceOf(key: string): ReturnType<EvidenceTable['get']> {
    return (evidence ??= gatherEvidence(context)).get(key);
  }

  function remember(key: string, answer: () => ClassKnowledge | null): ClassKnowledge | null {
    const known = answers.get(key);
    if (known !== undefined) return known;
    const made = answer();
    answers.set(key, made);
    return made;
  }

  function ofVariable(variable: VariableRef): ClassKnowledge | null {
    return remember(variableKey(variable), () => {
      const only = variables.onlyValue(variable);
      const value = only === null ? null : instructionOf(only.function, only.value);
      if (only === null || value?.op !== 'parameter' || only.function.id !== variable.function) return null;
      const used = evidenceOf(variableKey(variable));
      if (used?.isDenied === true) return null;
      const giver = (givers ??= findGivers(context)).get(giverKey(only.function.id, value.index));
      if (giver !== undefined && (!giver.needsUse || used?.looksLikeBytes === true)) return recoveredKnowledge([giver.className], giver.why);
      if (used === undefined || used.asksFor === null) return null;
      return recoveredKnowledge(used.asksFor === 'Buffer' ? ['Buffer'] : ['Uint8Array', 'Buffer'], `${used.by} is called on it`);
    });
  }

  function ofParameter(fn: FunctionIr, index: number): ClassKnowledge | null {
    const name = fn.parameters[index];
    if (name === null || name === undefined || (fn.hasRestParameter && index === fn.parameters.length - 1)) return null;
    const slot = fn.variables.findIndex((variable) => variable.kind === 'parameter' && variable.name === name);
    return slot === -1 ? null : ofVariable({ function: fn.id, slot });
  }

  function ofField(fn: FunctionIr, name: string): ClassKnowledge | null {
    const className = classAround(fn, module);
    if (className === null) return null;
    return remember(fieldEvidenceKey(className, name), () => {
      const stores = (fields ??= collectFieldStores(context)).get(name);
      if (stores === undefined || stores.isOpen || !stores.owners.has(className)) return null;
      if (!stores.isUnclear) return recoveredKnowledge([...stores.classes], `nothing else is assigned to ${name} in sight`);
      const used = evidenceOf(fieldEvidenceKey(className, name));
      if (used === undefined || used.isDenied || used.asksFor === null) return null;
      const asked = used.asksFor === 'Buffer' ? ['Buffer'] : ['Uint8Array', 'Buffer'];
      // What is made in sight must be of a class that the uses ask for.
      return [...stores.classes].every((one) => asked.includes(one)) ? recoveredKnowledge(asked, `${used.by} is called on it`) : null;
    });
  }
}

function giverKey(fn: FunctionId, parameter: number): string {
  return `${fn}/${parameter}`;
}

/** Callbacks written in place whose parameters are bytes: `socket.on('data', (chunk) => …)`, `randomBytes(32, (error, bytes) => …)`. */
function findGivers(context: Surroundings): ReadonlyMap<string, Giver> {
  const { module } = context;
  const found = new Map<string, Giver>();
  // What is read as text comes as text.
  const readsText = module.functions.some((fn) => fn.blocks.some((block) => block.instructions.some((one) => one.op === 'get' && one.key.kind === 'name' && /^set(?:Default)?Encoding$/.test(one.key.name))));
  for (const fn of module.functions) {
    for (const block of fn.blocks) {
      for (const call of block.instructions) {
        if (call.op !== 'call') continue;
        const last = call.arguments.at(-1);
        const closure = last === undefined || last.spread ? null : instructionOf(fn, last.value);
        if (closure?.op !== 'closure') continue;
        const event = eventOf(call, fn, context);
        if (event === 'datagram') found.set(giverKey(closure.function, 0), { why: `a datagram's 'message' event gives it`, className: 'Buffer', needsUse: false });
        if (event === 'data' && !readsText) found.set(giverKey(closure.function, 0), { why: `a 'data' event gives it`, className: 'Buffer', needsUse: true });
        const path = event === null ? memberPathOf(fn, call.callee, context) : null;
        if (path !== null && givesBuffer(path, call.arguments.length)) found.set(giverKey(closure.function, 1), { why: `${path.name} gives it`, className: 'Buffer', needsUse: false });
      }
    }
  }
  return found;
}

function eventOf(call: Extract<Instruction, { op: 'call' }>, fn: FunctionIr, context: Surroundings): 'data' | 'datagram' | null {
  const callee = instructionOf(fn, call.callee);
  if (callee?.op !== 'get' || callee.key.kind !== 'name' || !/^(?:on|once|addListener|prependListener)$/.test(callee.key.name) || call.arguments.length !== 2) return null;
  const name = instructionOf(fn, call.arguments[0]!.value);
  if (name?.op !== 'constant' || name.value.kind !== 'string') return null;
  if (name.value.value === 'data') return 'data';
  return name.value.value === 'message' && isDatagramSocket(fn, callee.object, context) ? 'datagram' : null;
}

function isDatagramSocket(fn: FunctionIr, value: ValueId, context: Surroundings): boolean {
  let made = instructionOf(fn, value);
  let owner = fn;
  if (made?.op === 'load') {
    const only = context.variables.onlyValue(made.variable);
    if (only === null) return false;
    owner = only.function;
    made = instructionOf(owner, only.value);
  }
  const path = made?.op === 'call' ? memberPathOf(owner, made.callee, context) : null;
  return path !== null && /^(?:node:)?dgram$/.test(path.specifier ?? '') && /^(?:default\.)?createSocket$/.test(path.name);
}

/** Functions of Node that give a Buffer as the second argument of their callback, by how many arguments they take then. */
function givesBuffer(path: MemberPath, given: number): boolean {
  const name = path.name.replace(/^default\./, '');
  switch (path.specifier?.replace(/^node:/, '')) {
    case 'fs': return name === 'readFile' && given === 2;
    case 'crypto': return (name === 'randomBytes' && given === 2) || (name === 'pbkdf2' && given === 6) || (name === 'scrypt' && given >= 4);
    case 'zlib': return /^(?:deflate|deflateRaw|inflate|inflateRaw|gzip|gunzip|unzip|brotliCompress|brotliDecompress)$/.test(name) && given >= 2;
    default: return false;
  }
}

interface FieldStores {
  /** Classes of what is made in place. */
  readonly classes: Set<string>;
  /** Classes of the program whose own methods set it. */
  readonly owners: Set<string>;
  /** Something is stored that only uses can tell: a parameter. */
  isUnclear: boolean;
  /** Something other than bytes, an accessor, or nothing that anybody could tell. */
  isOpen: boolean;
}

/** Stores to properties by name, whatever object they are of: a field of that name may be set from any of them. */
function collectFieldStores(context: Surroundings): ReadonlyMap<string, FieldStores> {
  const { module, catalog } = context;
  const found = new Map<string, FieldStores>();
  for (const fn of module.functions) {
    const owner = classAround(fn, module);
    for (const block of fn.blocks) {
      for (const one of block.instructions) {
        if (one.op === 'class') for (const member of one.members) if (member.kind !== 'method' && member.key.kind !== 'computed') entryOf(found, member.key.name).isOpen = true;
        if ((one.op !== 'set' && one.op !== 'define') || one.key.kind === 'computed') continue;
        const entry = entryOf(found, one.key.name);
        if (one.op === 'define' && one.kind !== 'value') entry.isOpen = true;
        if (owner !== null && instructionOf(fn, one.object)?.op === 'this') entry.owners.add(owner);
        const stored = instructionOf(fn, one.value);
        if (isNothing(stored)) continue;
        const made = producedClassOf(fn, one.value, context);
        if (made !== null && catalog.class(made)?.kind === 'bytes') entry.classes.add(made);
        else if (made === null && isUntypedRead(stored, fn, module)) entry.isUnclear = true;
        else entry.isOpen = true;
      }
    }
  }
  return found;
}

function entryOf(table: Map<string, FieldStores>, name: string): FieldStores {
  let entry = table.get(name);
  if (entry === undefined) {
    entry = { classes: new Set(), owners: new Set(), isUnclear: false, isOpen: false };
    table.set(name, entry);
  }
  return entry;
}

function isNothing(stored: Instruction | null): boolean {
  return stored?.op === 'constant' && (stored.value.kind === 'null' || stored.value.kind === 'undefined');
}

/** A variable, a property or the result of a call: what it is may show in its uses. */
function isUntypedRead(stored: Instruction | null, fn: FunctionIr, module: ModuleIr): boolean {
  if (stored?.op === 'load') return module.functions[stored.variable.function] !== undefined;
  return stored !== null && (stored.op === 'get' || stored.op === 'call' || stored.op === 'parameter') && fn.types.get(stored.id)?.any !== false;
}
