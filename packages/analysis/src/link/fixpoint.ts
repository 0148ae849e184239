/**
 * The order in which functions are analyzed, and what recursion means. Functions are analyzed on demand, callees before callers. Functions that call each
 * other form a component: it is solved by rounds, in which every member is analyzed with the summaries that the round before gave, the first with none that
 * do anything. After round k the summaries hold for every call that is nested less than k deep; when a round changes nothing they hold for all.
 * The members of a round do not see each other's new summaries, so that the result does not depend on which function was asked for first.
 * A component that does not settle, or is too large, has the unknown summary for calls within. How a call is resolved is left to the caller.
 */
import type { CalleeEffects } from '../flow/call-effects.js';
import type { FunctionFlow } from '../flow/function-flow.js';
import type { ProgramFunction } from './program.js';

export interface FixpointInput {
  /** Analyzes the function; asks `summary` for what it calls. */
  analyze(fn: ProgramFunction): FunctionFlow;
  /** Null when the analysis is no basis for callers. */
  summarize(fn: ProgramFunction, flow: FunctionFlow): CalleeEffects | null;
  /** What a function does that never got to do anything. */
  nothingDone(fn: ProgramFunction): CalleeEffects;
  /** Callees that are plain from names alone: only asked for where calls are nested deeply. */
  plainCallees(fn: ProgramFunction): readonly ProgramFunction[];
}

export interface Fixpoint {
  flow(fn: ProgramFunction): FunctionFlow;
  /** Null where the function is not known whole; during an analysis also where calls are nested too deeply. */
  summary(fn: ProgramFunction): CalleeEffects | null;
}

/** Functions that may wait for each other at a time; calls that are nested deeper are unknown, as the stack ends at about 270. */
const maximumNesting = 120;
/** Where the plain callees come first, so that no more waits are nested than the resolution of methods and callbacks asks for. */
const deepNesting = 40;
/** Rounds over a component before its calls are unknown. Nearly all settle in two or three. */
const maximumRounds = 10;
/** Members of a component; the largest are visitors of syntax trees, where hundreds of functions call each other. */
const maximumMembers = 60;

type Key = ProgramFunction['function'];

/** One function that is being analyzed, or one component that is being solved. */
interface Frame {
  /** Lowest frame that an answer within rests on without being final: its own place when it rests on nothing below. */
  low: number;
  isRecursive: boolean;
  /** Functions that were analyzed on the way and rest on this frame or one below. */
  readonly pending: ProgramFunction[];
}

export function createFixpoint(input: FixpointInput): Fixpoint {
  const flows = new Map<Key, FunctionFlow>();
  const summaries = new Map<Key, CalleeEffects | null>();
  const frames: Frame[] = [];
  const underWay = new Map<Key, number>();
  /** Answers that rest on a frame, which may still change. */
  const provisional = new Map<Key, { readonly effects: CalleeEffects | null; readonly low: number }>();
  /** What the members of a component that is being solved are taken to do, by the frame that solves it. */
  const assumed = new Map<Key, { readonly effects: CalleeEffects | null; readonly frame: number }>();
  return {
    summary,
    flow(fn) {
      if (!flows.has(fn.function)) visit(fn);
      return flows.get(fn.function)!;
    },
  };

  function summary(fn: ProgramFunction): CalleeEffects | null {
    const key = fn.function;
    const known = summaries.get(key);
    if (known !== undefined) return known;
    const flow = flows.get(key);
    if (flow !== undefined) return finish(fn, flow);
    const given = assumed.get(key);
    if (given !== undefined) return restOn(given.frame, given.effects);
    const place = underWay.get(key);
    if (place !== undefined) {
      frames[place]!.isRecursive = true;
      return restOn(place, input.nothingDone(fn));
    }
    const guessed = provisional.get(key);
    if (guessed !== undefined) return restOn(guessed.low, guessed.effects);
    if (frames.length >= maximumNesting) return null;
    if (frames.length >= deepNesting) visitPlainCallees(fn);
    const made = visit(fn);
    const final = flows.get(key);
    return final === undefined ? made : summaries.get(key) ?? finish(fn, final);
  }

  function restOn(frame: number, effects: CalleeEffects | null): CalleeEffects | null {
    const top = frames.at(-1);
    if (top !== undefined) top.low = Math.min(top.low, frame);
    return effects;
  }

  function finish(fn: ProgramFunction, flow: FunctionFlow): CalleeEffects | null {
    const made = input.summarize(fn, flow);
    summaries.set(fn.function, made);
    return made;
  }

  /** Analyzes a function that nothing is known of; gives its summary only where that is not final. */
  function visit(fn: ProgramFunction): CalleeEffects | null {
    const place = frames.length;
    const frame: Frame = { low: place, isRecursive: false, pending: [] };
    frames.push(frame);
    underWay.set(fn.function, place);
    const flow = input.analyze(fn);
    underWay.delete(fn.function);
    frames.pop();
    if (frame.low === place && !frame.isRecursive) {
      flows.set(fn.function, flow);
      return null;
    }
    const members = [...frame.pending, fn];
    if (frame.low < place) return postpone(members, frame.low, fn, input.summarize(fn, flow));
    return solve(members, fn);
  }

  /** The answer rests on a frame below, which will solve it together with its own. */
  function postpone(members: readonly ProgramFunction[], low: number, asked: ProgramFunction, effects: CalleeEffects | null): CalleeEffects | null {
    for (const { function: key } of members) provisional.set(key, { effects: key === asked.function ? effects : provisional.get(key)?.effects ?? null, low });
    const below = frames.at(-1)!;
    below.pending.push(...members);
    below.low = Math.min(below.low, low);
    return effects;
  }

  function solve(found: readonly ProgramFunction[], asked: ProgramFunction): CalleeEffects | null {
    let members = inOrder(found);
    for (const member of members) provisional.delete(member.function);
    const place = frames.length;
    let isUnknown = members.length > maximumMembers;
    let previous = new Map(members.map((member) => [member.function, isUnknown ? null : input.nothingDone(member)]));
    for (let round = 0; ; round += 1) {
      const frame: Frame = { low: place, isRecursive: false, pending: [] };
      frames.push(frame);
      for (const [key, effects] of previous) assumed.set(key, { effects, frame: place });
      const made = new Map<Key, { readonly flow: FunctionFlow; readonly effects: CalleeEffects | null }>();
      for (const member of members) {
        const flow = input.analyze(member);
        made.set(member.function, { flow, effects: input.summarize(member, flow) });
      }
      for (const key of previous.keys()) assumed.delete(key);
      frames.pop();
      for (const member of frame.pending) provisional.delete(member.function);
      if (frame.low < place) return postpone([...members, ...frame.pending], frame.low, asked, made.get(asked.function)!.effects);
      if (frame.pending.length > 0 && !isUnknown) {
        // Others turned out to be members.
        members = inOrder([...members, ...frame.pending]);
        isUnknown = members.length > maximumMembers;
        previous = new Map(members.map((member) => [member.function, isUnknown ? null : input.nothingDone(member)]));
        round = 0;
        continue;
      }
      const isStable = members.every(({ function: key }) => isSame(previous.get(key) ?? null, made.get(key)!.effects));
      if (!isStable && !isUnknown) {
        isUnknown = round >= maximumRounds;
        previous = new Map(members.map(({ function: key }) => [key, isUnknown ? null : made.get(key)!.effects]));
        continue;
      }
      for (const { function: key } of members) {
        const { flow, effects } = made.get(key)!;
        flows.set(key, flow);
        // Calls within refer to the very summaries that were taken as given.
        summaries.set(key, isUnknown ? effects : previous.get(key) ?? null);
      }
      return summaries.get(asked.function)!;
    }
  }

  /** A long chain of calls is walked here instead of on the stack. */
  function visitPlainCallees(start: ProgramFunction): void {
    const seen = new Set<Key>([start.function]);
    const work: { readonly fn: ProgramFunction; readonly rest: ProgramFunction[] }[] = [{ fn: start, rest: [...input.plainCallees(start)] }];
    while (work.length > 0) {
      const top = work.at(-1)!;
      const next = top.rest.pop();
      if (next === undefined) {
        work.pop();
        if (top.fn !== start && isNew(top.fn)) visit(top.fn);
      } else if (!seen.has(next.function) && isNew(next)) {
        seen.add(next.function);
        work.push({ fn: next, rest: [...input.plainCallees(next)] });
      }
    }
  }

  function isNew({ function: key }: ProgramFunction): boolean {
    return !flows.has(key) && !assumed.has(key) && !underWay.has(key) && !provisional.has(key);
  }
}

/** By file and place, whatever was asked for first. Each once. */
function inOrder(members: readonly ProgramFunction[]): readonly ProgramFunction[] {
  const each = [...new Map(members.map((member) => [member.function, member])).values()];
  return each.sort((left, right) => (left.module.file === right.module.file ? left.function.id - right.function.id : left.module.file < right.module.file ? -1 : 1));
}

/** The order in which paths were met is no part of a summary: with arguments that change places it would turn round for ever. */
function isSame(left: CalleeEffects | null, right: CalleeEffects | null): boolean {
  return canonical(left) === canonical(right);
}

function canonical(effects: CalleeEffects | null): string {
  return JSON.stringify(effects, (_, value: unknown) => (Array.isArray(value) ? value.map((one) => JSON.stringify(one)).sort() : value));
}
