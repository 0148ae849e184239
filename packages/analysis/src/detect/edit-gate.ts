/**
 * The gate that every edit passes: what the edited function costs on the target runtime, against what it costs now. An edit that does not certainly cost less is no saving,
 * whatever its rule says, and there is nothing to remove.
 * The edited file is lowered again and its function costed by the same model; code out of sight and unbounded loops have names, so that what did not change cancels out.
 */
import type { FunctionIr, ModuleIr } from '../ir/function.js';
import type { Size } from '../ir/effects.js';
import type { FunctionFlow } from '../flow/function-flow.js';
import { type Cost, noCost, substituteCost, sumCosts } from '../cost/cost.js';
import { type CostDifference, differenceOf, unknownMark } from '../cost/difference.js';
import { createLengths, type Lengths, nameUnknown } from '../cost/length.js';
import { type CostPart, createProgramCosts, type ProgramCosts } from '../cost/program-cost.js';
import type { CallInstruction } from '../cost/call-runs.js';
import { symbolSize } from '../cost/size.js';
import { createLinker, type Linker } from '../link/linker.js';
import { buildProgram } from '../link/program.js';
import { createCheckedLength } from './checked-length.js';
import type { Edit } from './finding.js';
import type { ProgramQuery } from './query.js';

/** Lowers a file with edits, in source order, made; null where the host cannot. */
export type LowerEdited = (module: ModuleIr, edits: readonly Edit[]) => { readonly module: ModuleIr; readonly text: string } | null;

export interface EditGate {
  /** Null where nobody can tell: without a host that lowers again, and for edits of another file. */
  judge(module: ModuleIr, edits: readonly Edit[]): CostDifference | null;
}

interface Side {
  readonly linker: Linker;
  readonly costs: ProgramCosts;
}

export function createEditGate(query: ProgramQuery, linker: Linker, lowerEdited: LowerEdited): EditGate {
  const texts = new Map<FunctionIr, string>();
  const originals = new Map<FunctionIr, { readonly module: ModuleIr; readonly function: FunctionIr; readonly edits: readonly Edit[]; readonly side: Side }>();
  const program = sideOf(linker);
  const alone = new Map<ModuleIr, Side>();
  return {
    judge(module, edits) {
      const own = edits.filter((edit) => edit.file === module.file).sort((left, right) => left.start - right.start);
      const edited = own.length < edits.length || own.length === 0 ? null : lowerEdited(module, own);
      if (edited === null) return null;
      const pairs = editedFunctions(module, edited.module, own);
      if (pairs === null) return null;
      for (const fn of edited.module.functions) texts.set(fn, edited.text);
      const fits = hasSameCells(module, edited.module);
      // A new cell of the module moves the others, so that both sides are seen alone.
      const before = fits ? program : aloneOf(module);
      for (const pair of pairs) originals.set(pair.after, { module, function: pair.before, edits: own, side: before });
      const after = fits ? program : sideOf(createLinker(buildProgram([edited.module], () => null), linker.catalog));
      return differenceOf(
        sumCosts(noCost, ...pairs.map((pair) => costOn(before, module, pair.before))),
        sumCosts(noCost, ...pairs.map((pair) => substituteCost(costOn(after, fits ? module : edited.module, pair.after), lengthOfNewName(module, pair.before, own)))),
      );
    },
  };

  function aloneOf(module: ModuleIr): Side {
    const known = alone.get(module) ?? sideOf(createLinker(buildProgram([module], () => null), linker.catalog));
    alone.set(module, known);
    return known;
  }

  function sideOf(of: Linker): Side {
    return {
      linker: of,
      costs: createProgramCosts({ linker: of, profile: query.profile, paths: 'all', lengthsOf: (module, fn) => lengthsOf(of.flow(module, fn), module), savingAt: () => null, unknownAt, roundsOf: (_flow, header) => symbolSize(`${unknownMark}rounds of b${String(header)}`) }),
    };
  }

  function costOn(side: Side, module: ModuleIr, fn: FunctionIr): Cost {
    const flow = side.linker.flow(module, fn);
    return side.costs.costOfFlow(module, flow, lengthsOf(flow, module)).cost;
  }

  function lengthsOf(flow: FunctionFlow, module: ModuleIr): Lengths {
    const textOf = (value: number): string | null => textAt(flow.function, value, texts.get(flow.function) ?? query.sourceOf(module));
    return nameUnknown(createLengths(flow, textOf, createCheckedLength(flow)));
  }

  /** A name that an edit puts in the place of an expression has the length that the expression had. */
  function lengthOfNewName(module: ModuleIr, fn: FunctionIr, edits: readonly Edit[]): (symbol: string) => Size {
    const flow = linker.flow(module, fn);
    const lengths = lengthsOf(flow, module);
    const known = new Map(edits.flatMap((edit): readonly (readonly [string, Size])[] => {
      const replaced = flow.cfg.instructions.find((one) => one !== null && fn.spans[2 * one.id] === edit.start && fn.spans[2 * one.id + 1] === edit.end);
      return replaced === undefined || replaced === null || !/^[\w$]+$/.test(edit.text) ? [] : [[`${edit.text}.length`, lengths.lengthOf(replaced.id)]];
    }));
    return (symbol) => known.get(symbol) ?? symbolSize(symbol);
  }

  /** What the same call cost before the edit, when it is no part of it: a call that is not resolved any more, because nobody typed the edited text, is the same call still. */
  function partBefore(flow: FunctionFlow, call: CallInstruction): Pick<CostPart, 'cost' | 'runsUnknown'> | null {
    const original = originals.get(flow.function);
    const [start, end] = [flow.function.spans[2 * call.id] ?? -1, flow.function.spans[2 * call.id + 1] ?? -1].map((place) => (original === undefined || place === -1 ? null : placeBefore(original.edits, place)));
    if (original === undefined || start === undefined || start === null || end === undefined || end === null || call.op === 'super-call') return null;
    // What is called has to be the same words; its arguments may be what the edit is about.
    const callee = [flow.function.spans[2 * call.callee] ?? -1, flow.function.spans[2 * call.callee + 1] ?? -1].map((place) => placeBefore(original.edits, place));
    if (callee.some((place) => place === null) || original.edits.some((edit) => edit.start < callee[1]! && edit.end > callee[0]!)) return null;
    const before = original.side.linker.flow(original.module, original.function).cfg.instructions.find((one) => one?.op === call.op && original.function.spans[2 * one.id] === start && original.function.spans[2 * one.id + 1] === end);
    return before === undefined || before === null ? null : original.side.costs.partsOf(original.module, original.function).find((part) => part.value === before.id)?? { cost: noCost, runsUnknown: false };
  }

  /** By the name of what is called, since arguments are where edits are. */
  function unknownAt(flow: FunctionFlow, call: CallInstruction): Cost {
    const before = partBefore(flow, call);
    // Where some callees are resolved still, these count by themselves.
    const isResolvedInPart = (flow.values.calls.get(call.id)?.candidates.length ?? 0) > 0;
    if (before !== null && (!isResolvedInPart || !before.runsUnknown)) return isResolvedInPart ? noCost : before.cost;
    const callee = call.op === 'super-call' ? null : flow.cfg.instructions[call.callee];
    const name = callee?.op === 'get' && callee.key.kind !== 'computed' ? `.${callee.key.name}` : callee === null || callee === undefined ? 'super' : textAt(flow.function, callee.id, texts.get(flow.function) ?? query.sourceOf(flow.context.module)) ?? '';
    const amount: Size = symbolSize(`${unknownMark}${name.replaceAll('*', '×')}`);
    return { ...noCost, objects: amount, heapBytes: amount, nanoseconds: amount };
  }
}

/** The innermost functions around the edits that run more than once; null when the edited file has no such functions in their place. */
function editedFunctions(before: ModuleIr, after: ModuleIr, edits: readonly Edit[]): readonly { readonly before: FunctionIr; readonly after: FunctionIr }[] | null {
  if (before.functions.length !== after.functions.length) return null;
  const found = new Set<number>();
  for (const edit of edits) {
    const around = before.functions.filter((fn) => fn.span.start <= edit.start && edit.end <= fn.span.end);
    const innermost = around.reduce((left, right) => (right.span.end - right.span.start <= left.span.end - left.span.start ? right : left));
    if (!['module', 'static-initializer', 'namespace'].includes(innermost.kind)) found.add(innermost.id);
  }
  const pairs = [...found].map((id) => ({ before: before.functions[id]!, after: after.functions[id]! }));
  return pairs.length === 0 || pairs.some((pair) => pair.before.kind !== pair.after.kind || pair.before.name !== pair.after.name) ? null : pairs;
}

function hasSameCells(before: ModuleIr, after: ModuleIr): boolean {
  return before.functions.every((fn, index) => {
    const other = after.functions[index]!;
    return fn.variables.length === other.variables.length && fn.variables.every((variable, slot) => variable.name === other.variables[slot]!.name);
  });
}

function textAt(fn: FunctionIr, value: number, text: string): string | null {
  const start = fn.spans[2 * value] ?? -1;
  return start === -1 ? null : text.slice(start, fn.spans[2 * value + 1]);
}

/** Where a place of the edited text was before; null within what an edit put there. `edits` are in source order. */
function placeBefore(edits: readonly Edit[], place: number): number | null {
  let shift = 0;
  for (const edit of edits) {
    if (place <= edit.start + shift) break;
    if (place < edit.start + shift + edit.text.length) return null;
    shift += edit.text.length - (edit.end - edit.start);
  }
  return place - shift;
}
