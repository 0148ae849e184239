/**
 * Prints functions and modules of the IR as stable, readable text: one line per instruction, variables by name, blocks as `b3`.
 * Goldens of the lowering are this text. Positions are left out; `printFunctionWithTypes` adds what the oracle said.
 */
import type { FunctionIr, ModuleIr, Terminator } from './function.js';
import type { Argument, ClassMember, FunctionId, Instruction, Key, Literal, ValueId, VariableRef } from './instruction.js';
import type { TypeFact } from './type-fact.js';

/** A whole module: header, exports, and every function in order of ids. */
export function printModule(module: ModuleIr): string {
  const { statistics } = module;
  const reasons = Object.entries(statistics.reasons).map(([reason, count]) => `${reason} ${String(count)}`).join(', ');
  const header = [
    `module ${module.format}`,
    `expressions ${String(statistics.expressions)}, opaque ${String(statistics.opaque)}${reasons === '' ? '' : ` (${reasons})`}`,
    ...module.imports.map((specifier) => `import ${JSON.stringify(specifier)}`),
    ...module.exports.map((entry) => {
      if (entry.kind === 'all') return `export * from ${JSON.stringify(entry.specifier)}`;
      if (entry.kind === 'from') return `export ${entry.exported} = ${entry.name} from ${JSON.stringify(entry.specifier)}`;
      return `export ${entry.exported} = ${variableName(module.functions, null, entry.variable)}`;
    }),
    ...module.assumptions.map((one) => `assume line ${String(one.line)}: ${one.what}${one.reason === null ? '' : ` -- ${one.reason}`}`),
    ...module.strayAnnotations.map((one) => `stray @${one.tag}`),
    ...module.ignores.map((ignore) => `ignore line ${String(ignore.line)}: ${ignore.rules.join(', ')}${ignore.reason === null ? '' : ` -- ${ignore.reason}`}`),
  ];
  return `${[header.join('\n'), ...module.functions.map((fn) => printFunction(fn, module.functions))].join('\n\n')}\n`;
}

/** One function. `functions` of its module name the variables of enclosing functions; without them they print as `^f1.2`. */
export function printFunction(fn: FunctionIr, functions: readonly FunctionIr[] = []): string {
  return print(fn, functions, () => '');
}

/** One function, with what the oracle said behind each value. */
export function printFunctionWithTypes(fn: FunctionIr, functions: readonly FunctionIr[] = []): string {
  return print(fn, functions, (id) => {
    const fact = fn.types.get(id);
    return fact === undefined ? '' : `  : ${printTypeFact(fact)}`;
  });
}

/** `Uint8Array<ArrayBuffer> (es) | null`. */
export function printTypeFact(fact: TypeFact): string {
  const names = fact.names.map((name) => `${name.name}${name.arguments === undefined ? '' : `<${name.arguments.join(', ')}>`} (${name.from})`);
  if (fact.any) names.push('any');
  if (fact.nullable) names.push('null');
  return names.join(' | ');
}

function print(fn: FunctionIr, functions: readonly FunctionIr[], typeOf: (id: ValueId) => string): string {
  const lines = [functionHeader(fn)];
  if (fn.variables.length > 0) {
    lines.push(`  variables ${fn.variables.map((variable, slot) => `${localName(fn, slot)}: ${variable.kind}${variable.captured ? ' captured' : ''}`).join(', ')}`);
  }
  if (fn.captures.length > 0) lines.push(`  captures ${fn.captures.map((variable) => variableName(functions, fn, variable)).join(', ')}`);
  for (const annotation of fn.annotations) lines.push(`  @${annotation.tag} ${annotation.parameter === null ? '' : `(parameter ${String(annotation.parameter)}) `}${annotation.text}`.trimEnd());
  for (const block of fn.blocks) {
    const handler = block.handler === null ? '' : ` handler b${String(block.handler)}`;
    const generatorReturn = block.generatorReturn === null ? '' : ` return b${String(block.generatorReturn)}`;
    lines.push(`b${String(block.id)}:${handler}${generatorReturn}`);
    for (const instruction of block.instructions) lines.push(`  %${String(instruction.id)} = ${printInstruction(fn, functions, instruction)}${typeOf(instruction.id)}`);
    lines.push(`  ${printTerminator(block.terminator)}`);
  }
  return lines.join('\n');
}

function functionHeader(fn: FunctionIr): string {
  const parameters = fn.parameters.map((name, index) => `${fn.hasRestParameter && index === fn.parameters.length - 1 ? '...' : ''}${name ?? '{}'}`);
  const flags = [fn.async ? 'async ' : '', fn.generator ? 'generator ' : '', fn.strict ? '' : 'sloppy '].join('');
  const className = fn.className === null ? '' : ` of ${fn.className}`;
  return `f${String(fn.id)} ${flags}${fn.kind} ${fn.name}(${parameters.join(', ')})${className}`;
}

/** A variable by name; by name and slot when the function has several of that name. */
function localName(fn: FunctionIr, slot: number): string {
  const name = fn.variables[slot]?.name ?? `?${String(slot)}`;
  const isUnique = fn.variables.every((variable, other) => other === slot || variable.name !== name);
  return isUnique ? name : `${name}.${String(slot)}`;
}

function variableName(functions: readonly FunctionIr[], current: FunctionIr | null, variable: VariableRef): string {
  if (current !== null && variable.function === current.id) return localName(current, variable.slot);
  const owner = functions[variable.function];
  const name = owner === undefined ? String(variable.slot) : localName(owner, variable.slot);
  return current === null ? name : `^f${String(variable.function)}.${name}`;
}

function printTerminator(terminator: Terminator): string {
  switch (terminator.op) {
    case 'goto': return `goto b${String(terminator.target)}`;
    case 'branch': return `branch ${terminator.test} %${String(terminator.value)} b${String(terminator.then)} else b${String(terminator.else)}`;
    case 'return': case 'throw': return `${terminator.op} %${String(terminator.value)}`;
    case 'unreachable': return 'unreachable';
  }
}

function printInstruction(fn: FunctionIr, functions: readonly FunctionIr[], instruction: Instruction): string {
  const variable = (reference: VariableRef): string => variableName(functions, fn, reference);
  const { op } = instruction;
  switch (op) {
    case 'constant': return `constant ${printLiteral(instruction.value)}`;
    case 'parameter': return `parameter ${String(instruction.index)}`;
    case 'rest-parameter': return `rest-parameter ${String(instruction.from)}`;
    case 'this': case 'arguments': case 'new-target': case 'import-meta': case 'caught': case 'object': case 'generator-start': return op;
    case 'regexp': return `regexp /${instruction.pattern}/${instruction.flags}`;
    case 'template-object': return `template-object ${JSON.stringify(instruction.cooked)} raw ${JSON.stringify(instruction.raw)}`;
    case 'closure': return `closure f${String(instruction.function)}`;
    case 'declare': return `declare ${variable(instruction.variable)} ${instruction.state}`;
    case 'freshen': case 'load': return `${op} ${variable(instruction.variable)}`;
    case 'store': return `${instruction.initialize ? 'initialize' : 'store'} ${variable(instruction.variable)} %${String(instruction.value)}`;
    case 'global': return `global ${instruction.name}${instruction.guarded ? ' guarded' : ''}`;
    case 'store-global': return `store-global ${instruction.name} %${String(instruction.value)}`;
    case 'import': return `import ${JSON.stringify(instruction.specifier)} ${instruction.name}`;
    case 'get': case 'delete': return `${op} %${String(instruction.object)}${printKey(instruction.key)}`;
    case 'set': return `set %${String(instruction.object)}${printKey(instruction.key)} %${String(instruction.value)}`;
    case 'has-private': return `has-private %${String(instruction.object)}.${instruction.name}@${String(instruction.scope)}`;
    case 'super-get': return `super-get ${printKey(instruction.key)}`;
    case 'super-set': return `super-set ${printKey(instruction.key)} %${String(instruction.value)}`;
    case 'unary': return `${instruction.operator} %${String(instruction.operand)}`;
    case 'binary': return `%${String(instruction.left)} ${instruction.operator} %${String(instruction.right)}`;
    case 'template': return `template ${instruction.texts.map((text, index) => `${JSON.stringify(text)}${instruction.values[index] === undefined ? '' : ` %${String(instruction.values[index])} `}`).join('')}`;
    case 'define': return `define${instruction.kind === 'value' ? '' : ` ${instruction.kind}`} %${String(instruction.object)}${printKey(instruction.key)} %${String(instruction.value)}`;
    case 'copy-properties': {
      const excluded = instruction.excluded.length === 0 ? '' : ` except ${instruction.excluded.map(printKey).join(' ')}`;
      return `copy-properties ${instruction.object === null ? 'fresh' : `%${String(instruction.object)}`} from %${String(instruction.source)}${excluded}`;
    }
    case 'array': return `array [${instruction.elements.map((element) => (element === null ? 'hole' : printArgument(element))).join(', ')}]`;
    case 'spread': case 'yield-star': return `${op} %${String(instruction.iterable)}`;
    case 'class': return printClass(instruction, variable);
    case 'call': {
      const receiver = instruction.receiver === null ? '' : ` on %${String(instruction.receiver)}`;
      return `call %${String(instruction.callee)}${receiver} (${instruction.arguments.map(printArgument).join(', ')})`;
    }
    case 'new': return `new %${String(instruction.callee)} (${instruction.arguments.map(printArgument).join(', ')})`;
    case 'super-call': return `super-call (${instruction.arguments.map(printArgument).join(', ')})`;
    case 'dynamic-import': return `dynamic-import %${String(instruction.specifier)}`;
    case 'iterator': return `iterator${instruction.async ? ' async' : ''} %${String(instruction.iterable)}`;
    case 'enumerate-keys': return `enumerate-keys %${String(instruction.object)}`;
    case 'iterator-next': return `iterator-next %${String(instruction.iterator)}`;
    case 'iterator-done': case 'iterator-value': return `${op} %${String(instruction.result)}`;
    case 'iterator-close': return `iterator-close %${String(instruction.iterator)}${instruction.suppress ? ' suppress' : ''}`;
    case 'await': case 'yield': case 'require-object': return `${op} %${String(instruction.value)}`;
    case 'throw-error': return `throw-error ${instruction.error} ${JSON.stringify(instruction.message)}`;
    case 'opaque': return `opaque ${JSON.stringify(instruction.reason)} (${instruction.operands.map((operand) => `%${String(operand)}`).join(', ')})${instruction.captures === 'all' ? ' captures all' : ''}`;
  }
}

function printClass(instruction: Extract<Instruction, { op: 'class' }>, variable: (reference: VariableRef) => string): string {
  const part = (label: string, id: FunctionId | null): string => (id === null ? '' : ` ${label} f${String(id)}`);
  const members = instruction.members.map(printMember);
  return [
    `class ${JSON.stringify(instruction.name)}`,
    instruction.extends === null ? '' : ` extends %${String(instruction.extends)}`,
    instruction.binding === null ? '' : ` binding ${variable(instruction.binding)}`,
    part('construct', instruction.construct), part('fields', instruction.instanceInitializer), part('static', instruction.staticInitializer),
    members.length === 0 ? '' : ` {${members.join(', ')}}`,
  ].join('');
}

function printMember(member: ClassMember): string {
  return `${member.static ? 'static ' : ''}${member.kind === 'method' ? '' : `${member.kind} `}${printKey(member.key)} f${String(member.function)}`;
}

function printArgument(argument: Argument): string {
  return `${argument.spread ? '...' : ''}%${String(argument.value)}`;
}

function printKey(key: Key): string {
  if (key.kind === 'computed') return `[%${String(key.value)}]`;
  if (key.kind === 'private') return `.${key.name}@${String(key.scope)}`;
  return /^[\w$]+$/.test(key.name) ? `.${key.name}` : `[${JSON.stringify(key.name)}]`;
}

function printLiteral(literal: Literal): string {
  switch (literal.kind) {
    case 'undefined': case 'null': return literal.kind;
    case 'bigint': return `${literal.value}n`;
    case 'string': return JSON.stringify(literal.value);
    case 'number': case 'boolean': return String(literal.value);
  }
}
