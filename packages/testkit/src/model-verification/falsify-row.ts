/**
 * Makes wrong rows of a right one: each drops or changes one fact that the row's exercise is able to show. The verification must notice every one of them.
 * Which facts an exercise can show is decided here, from the inputs that it names; noticing is `verify-row.ts`.
 */
import type { ArgumentPath, ModelRow, ResultModel } from '@scrimp/analysis/model/row';
import { pathText } from './exercise-size.js';

export interface FalseRow {
  /** What is wrong with it: `does not say that it writes this`. */
  readonly lie: string;
  readonly row: ModelRow;
}

/** None for a row without an exercise. */
export function falsifyRow(row: ModelRow): readonly FalseRow[] {
  if (row.exercise === undefined) return [];
  return [...silentEffects(row, row.exercise.inputs), ...falseResults(row, row.exercise.inputs)];
}

type Inputs = Readonly<Record<string, string>>;
type EffectField = 'writes' | 'writesLater' | 'detaches' | 'calls';

function silentEffects(row: ModelRow, inputs: Inputs): readonly FalseRow[] {
  const shown = (path: ArgumentPath): boolean => pathText(path) in inputs;
  // What is detached has no content left to compare.
  const detached = new Set((row.detaches ?? []).map(pathText));
  const fields: readonly EffectField[] = ['writes', 'writesLater', 'detaches', 'calls'];
  const found: FalseRow[] = fields.flatMap((field) => (row[field] ?? []).filter((path) => shown(path) && (field !== 'calls' || isSpy(row, path)) && (field === 'detaches' || !detached.has(pathText(path)))).map((path): FalseRow => {
    const left = without(row[field], path);
    const wipes = field === 'writes' ? { wipes: without(row.wipes, path) } : {};
    return { lie: `does not say ${field} ${pathText(path)}`, row: { ...row, [field]: left, ...wipes } };
  }));
  if (row.exercise?.observe === undefined) return found;
  // What is read later shows as kept, and what is snapshotted does not.
  for (const path of (row.readsLater ?? []).filter(shown)) found.push({ lie: `says that it snapshots ${pathText(path)}`, row: { ...letGo(row, path), readsLater: without(row.readsLater, path), snapshots: [...(row.snapshots ?? []), path] } });
  if (row.result.kind === 'object') {
    const held = (row.result.holds ?? []).filter((path) => shown(path) && row.exercise?.inputs[pathText(path)] !== undefined && (row.reads ?? []).some((read) => pathText(read) === pathText(path)));
    for (const path of held) found.push({ lie: `does not say holds ${pathText(path)}`, row: letGo(row, path) });
  }
  for (const path of (row.snapshots ?? []).filter(shown)) found.push({ lie: `says that it reads ${pathText(path)} later`, row: { ...row, snapshots: without(row.snapshots, path), readsLater: [path] } });
  return found;
}

/** The row, keeping nothing of what is at the path. */
function letGo(row: ModelRow, path: ArgumentPath): ModelRow {
  const result = row.result.kind === 'object' ? { ...row.result, holds: without(row.result.holds, path) } : row.result;
  return { ...row, result, retains: without(row.retains, path), readsLater: without(row.readsLater, path) };
}

/** Whether the exercise counts the calls of the function at this path. */
function isSpy(row: ModelRow, path: ArgumentPath): boolean {
  const expression = row.exercise?.inputs[pathText(path)];
  return expression !== undefined && row.exercise?.setup.includes(`${expression} = spy(`) === true;
}

function without(paths: readonly ArgumentPath[] | undefined, path: ArgumentPath): readonly ArgumentPath[] {
  return (paths ?? []).filter((one) => pathText(one) !== pathText(path));
}

function falseResults(row: ModelRow, inputs: Inputs): readonly FalseRow[] {
  return liesAbout(row.result, inputs).map(([lie, result]) => ({ lie, row: { ...row, result } }));
}

function liesAbout(result: ResultModel, inputs: Inputs): readonly (readonly [lie: string, result: ResultModel])[] {
  switch (result.kind) {
    case 'promise':
      return [...(result.of.kind === 'unknown' ? [] : [['says that it is no promise', result.of] as const]), ...liesAbout(result.of, inputs).map(([lie, of]) => [lie, { kind: 'promise', of }] as const)];
    case 'bytes':
      return [
        ['calls bytes a scalar', { kind: 'scalar' }],
        ['calls bytes an object', { kind: 'object', class: result.class }],
        ['says another class', { ...result, class: result.class === 'Buffer' ? 'Uint8Array' : 'Buffer' }],
        ...(result.origin === 'pooled' ? [['calls a part of a store exact', { ...result, origin: 'fresh' }] as const] : [['calls exact bytes a part of a store', { ...result, origin: 'pooled' }] as const]),
        ...(result.source === undefined || !(pathText(result.source) in inputs) ? [] : [['calls a copy a view', { kind: 'view', class: result.class, of: result.source }] as const]),
        ...(result.length === 'unknown' ? [] : [['says a wrong length', { ...result, length: 7777 }] as const]),
      ];
    case 'view':
      return pathText(result.of) in inputs ? [['calls a view a copy', { kind: 'bytes', class: result.class, origin: 'fresh', length: 'unknown' }]] : [];
    case 'same':
      return pathText(result.as) in inputs ? [['calls the same object another', { kind: 'object', class: 'Object' }]] : [];
    case 'string': return [['calls a text a scalar', { kind: 'scalar' }]];
    case 'object': return [['calls an object a scalar', { kind: 'scalar' }]];
    case 'array': return [['calls a list a scalar', { kind: 'scalar' }]];
    case 'scalar': return [['calls a scalar a text', { kind: 'string', length: 'unknown' }]];
    case 'member': case 'function': case 'unknown': return [];
  }
}
