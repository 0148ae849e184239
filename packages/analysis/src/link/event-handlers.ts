/**
 * Event handlers: functions of the program that the runtime calls per message, per chunk or per request, found where they are handed over.
 * A handler is followed by value: a function literal, a variable or import that only ever holds one, a method of `this`, and `bind` of these.
 */
import type { FunctionIr, ModuleIr } from '../ir/function.js';
import type { Instruction, ValueId } from '../ir/instruction.js';
import type { Program, ProgramFunction } from './program.js';

export interface EventHandler extends ProgramFunction {
  /** `handles data events`. */
  readonly role: string;
}

/** Events that come once per message or chunk; `close`, `error` and the like come once per stream. */
const frequentEvents: ReadonlySet<string> = new Set(['data', 'message', 'messageerror', 'packet', 'frame', 'request', 'readable', 'line', 'stream', 'datagram', 'chunk', 'fetch', 'push']);
const subscribers: ReadonlySet<string> = new Set(['on', 'addListener', 'prependListener', 'addEventListener']);
const handlerProperties: ReadonlyMap<string, string> = new Map([['onmessage', 'message'], ['ondata', 'data'], ['onrequest', 'request'], ['onpacket', 'packet']]);
const streamClass = /(?:Transform|Duplex|Writable|Readable)(?:Stream)?$/;
const streamOptions: ReadonlySet<string> = new Set(['transform', 'write', 'writev', 'read', 'pull']);
const streamMethods: ReadonlySet<string> = new Set(['_transform', '_write', '_writev', '_read']);
const serverMakers: ReadonlySet<string> = new Set(['createServer', 'createSecureServer']);
const routeMethods: ReadonlySet<string> = new Set(['get', 'post', 'put', 'patch', 'delete', 'all', 'use', 'route']);

/** All handlers of the program, in file order. */
export function findEventHandlers(program: Program): readonly EventHandler[] {
  const found: EventHandler[] = [];
  for (const module of program.modules) {
    for (const fn of module.functions) {
      for (const block of fn.blocks) for (const instruction of block.instructions) collect(program, module, fn, instruction, found);
    }
  }
  return found;
}

function collect(program: Program, module: ModuleIr, fn: FunctionIr, instruction: Instruction, found: EventHandler[]): void {
  const add = (value: ValueId | undefined, role: string): void => {
    if (value !== undefined) for (const one of functionsBehind(program, module, fn, value, 0)) found.push({ ...one, role });
  };
  switch (instruction.op) {
    case 'call': {
      const callee = program.instruction(module, fn.id, instruction.callee);
      const name = callee?.op === 'get' && callee.key.kind === 'name' ? callee.key.name : callee?.op === 'import' ? callee.name : null;
      const values = instruction.arguments.map((argument) => argument.value);
      if (name === null || instruction.arguments.some((argument) => argument.spread)) return;
      const event = textOf(program, module, fn, values[0]);
      if (subscribers.has(name) && callee?.op === 'get' && event !== null && frequentEvents.has(event)) add(values[1], `handles ${event} events`);
      else if (serverMakers.has(name)) add(values.at(-1), 'handles requests');
      else if (routeMethods.has(name) && callee?.op === 'get' && event?.startsWith('/') === true) for (const value of values.slice(1)) add(value, `handles requests for ${event}`);
      return;
    }
    case 'set': {
      const event = instruction.key.kind === 'name' ? handlerProperties.get(instruction.key.name) : undefined;
      if (event !== undefined) add(instruction.value, `handles ${event} events`);
      return;
    }
    case 'new': {
      const callee = program.instruction(module, fn.id, instruction.callee);
      const name = callee?.op === 'import' || callee?.op === 'global' ? callee.name : callee?.op === 'get' && callee.key.kind === 'name' ? callee.key.name : '';
      const [options] = instruction.arguments;
      if (options === undefined || !streamClass.test(name)) return;
      for (const block of fn.blocks) {
        for (const one of block.instructions) {
          if (one.op === 'define' && one.object === options.value && one.key.kind === 'name' && streamOptions.has(one.key.name)) add(one.value, `handles chunks of a ${name}`);
        }
      }
      return;
    }
    case 'class': {
      if (instruction.extends === null) return;
      for (const member of instruction.members) {
        if (member.kind === 'method' && !member.static && member.key.kind === 'name' && streamMethods.has(member.key.name)) found.push({ module, function: module.functions[member.function]!, role: 'handles chunks of a stream' });
      }
      return;
    }
    default: return;
  }
}

function textOf(program: Program, module: ModuleIr, fn: FunctionIr, value: ValueId | undefined): string | null {
  const instruction = value === undefined ? null : program.instruction(module, fn.id, value);
  return instruction?.op === 'constant' && instruction.value.kind === 'string' ? instruction.value.value : null;
}

const maximumHops = 4;

/** The functions that a value certainly is, by syntax alone; empty when that is not to be seen. */
export function functionsBehind(program: Program, module: ModuleIr, fn: FunctionIr, value: ValueId, hops: number): readonly ProgramFunction[] {
  const instruction = program.instruction(module, fn.id, value);
  if (instruction === null || hops > maximumHops) return [];
  const resolved = (() => {
    switch (instruction.op) {
      case 'closure': return program.resolve({ kind: 'closure', function: instruction.function }, module);
      case 'load': return program.resolve({ kind: 'captured', variable: instruction.variable, members: [] }, module);
      case 'import': return program.resolve({ kind: 'import', specifier: instruction.specifier, path: instruction.name }, module);
      case 'get': {
        const owner = program.instruction(module, fn.id, instruction.object);
        const member = instruction.key.kind === 'name' ? instruction.key.name : instruction.key.kind === 'private' ? `#${instruction.key.name}@${String(instruction.key.scope)}` : null;
        const className = owner?.op === 'this' ? classAround(module, fn) : null;
        return className === null || member === null ? null : program.resolve({ kind: 'method', class: `${module.file}#${className}`, member }, module);
      }
      default: return null;
    }
  })();
  if (resolved?.kind === 'functions') return resolved.functions;
  if (instruction.op !== 'call' || instruction.receiver === null) return [];
  const callee = program.instruction(module, fn.id, instruction.callee);
  return callee?.op === 'get' && callee.key.kind === 'name' && callee.key.name === 'bind' ? functionsBehind(program, module, fn, instruction.receiver, hops + 1) : [];
}

/** The class whose `this` the function sees: its own, or that of the function around an arrow. */
function classAround(module: ModuleIr, fn: FunctionIr): string | null {
  let current = fn;
  while (current.kind === 'arrow' && current.parent !== null) current = module.functions[current.parent]!;
  return current.className;
}
