/**
 * State of an object, seen from its methods: whether a value is what a field of `this` holds, and which other methods of the class replace,
 * write or wipe that field. Rules ask it before they advise to keep something derived from a field beside the field.
 * Only the class's own methods are looked at; writers elsewhere stay an assumption of whoever asks.
 */
import type { ValueId } from '../ir/instruction.js';
import type { FunctionFlow } from '../flow/function-flow.js';
import type { ObjectId } from '../flow/object.js';
import { elementsKey } from '../flow/points-to.js';
import type { FunctionQuery } from './query.js';

/** A place that changes a field. */
export interface StateChange {
  readonly in: FunctionQuery;
  readonly value: ValueId;
  readonly how: 'replaces' | 'writes' | 'wipes';
  /** `keys`, `keys.signing`: from `this` on. */
  readonly path: string;
}

/** The paths from `this`, for example `keys.signing`, one of which the value certainly is; null when it may come from elsewhere. Getters and methods that only select a field are looked into. */
export function ownPathsOf(fn: FunctionQuery, value: ValueId): readonly string[] | null {
  const own = pathsOf(fn.flow, objectsOf(fn.flow, value));
  if (own !== null) return own;
  const call = fn.callOf(value);
  const callee = call === null ? null : fn.program.calleeOf(call);
  if (call === null || callee === null || call.operands.receiver === null || fn.definition(call.operands.receiver)?.op !== 'this') return null;
  return pathsOf(callee.flow, callee.flow.effects.returned.filter((one) => !isMethod(callee.flow, one)));
}

/** Every place in methods of the same class, its constructor left out, that replaces a field on one of the paths or writes the bytes behind it. */
export function changesOfOwnState(fn: FunctionQuery, paths: readonly string[]): readonly StateChange[] {
  const found: StateChange[] = [];
  for (const method of fn.program.functionsIn(fn.module)) {
    if (method.function.className !== fn.function.className) continue;
    if (method.function.kind === 'constructor' || method.function.kind === 'instance-initializer') continue;
    for (const instruction of method.instructions()) {
      if (instruction.op === 'set') {
        const base = method.definition(instruction.object)?.op === 'this' ? [''] : pathsOf(method.flow, objectsOf(method.flow, instruction.object)) ?? [];
        const key = instruction.key.kind === 'computed' ? null : instruction.key.name;
        for (const one of base) {
          const path = key === null ? one : one === '' ? key : `${one}.${key}`;
          if (paths.some((wanted) => wanted === path || wanted.startsWith(`${path}.`))) found.push({ in: method, value: instruction.id, how: 'replaces', path });
        }
      }
      const effects = method.flow.effects.of(instruction.id).effects;
      for (const effect of effects) {
        if (effect.kind !== 'write') continue;
        for (const path of effect.objects.flatMap((one) => pathOf(method.flow, one) ?? [])) {
          if (!paths.includes(path) || found.some((one) => one.in === method && one.value === instruction.id)) continue;
          const wiped = effects.some((one) => one.kind === 'wipe' && one.objects.some((object) => pathOf(method.flow, object) === path));
          found.push({ in: method, value: instruction.id, how: wiped ? 'wipes' : 'writes', path });
        }
      }
    }
  }
  return found;
}

function objectsOf(flow: FunctionFlow, value: ValueId): readonly ObjectId[] {
  return flow.values.of(value).filter((one) => !isMethod(flow, one));
}

/** A property that was read stands for itself and for a method of that name; what hangs on the method is nothing of ours. */
function isMethod(flow: FunctionFlow, object: ObjectId): boolean {
  const { source } = flow.values.objects[object]!;
  return source.kind === 'method' || (source.kind === 'path' && isMethod(flow, source.base));
}

function pathsOf(flow: FunctionFlow, objects: readonly ObjectId[]): readonly string[] | null {
  const paths = objects.map((one) => pathOf(flow, one));
  return paths.length === 0 || paths.includes(null) ? null : [...new Set(paths.filter((path) => path !== null))];
}

/** `keys.signing` for what `this.keys.signing` holds; null for everything else, also for elements, which one name does not tell apart. */
function pathOf(flow: FunctionFlow, object: ObjectId): string | null {
  const { source } = flow.values.objects[object]!;
  if (source.kind !== 'path' || source.key === elementsKey) return null;
  // Private names carry their scope behind an at sign.
  const name = source.key.replace(/@\d+$/, '').replace(/^#/, '');
  if (flow.values.objects[source.base]!.source.kind === 'this') return name;
  const base = pathOf(flow, source.base);
  return base === null ? null : `${base}.${name}`;
}
