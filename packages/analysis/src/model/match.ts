/**
 * Decides which rows of an api may apply to one call, from what is known of its arguments. The only reader of `ModelRow.when`.
 * What is known is the caller's business (`flow/`); what the rows then mean is too.
 */
import type { ArgumentClass, ArgumentCondition, ModelRow } from './row.js';

/** What is known of one argument; a missing argument is `{classes: ['absent']}`. */
export interface ArgumentKnowledge {
  /** The classes that the value can have; null when nothing is known. */
  readonly classes: readonly ArgumentClass[] | null;
  /** The constant text, when it is a known string. */
  readonly text?: string;
}

export interface ApplicableRows {
  /** In order. One row: it applies. Several: any of them may, so all must be assumed at once. Empty: an unknown call. */
  readonly rows: readonly ModelRow[];
  /** False when the arguments may also be such that no row applies: then the unknown call must be assumed too. */
  readonly complete: boolean;
}

/**
 * The rows that may apply. `arguments_` holds one entry per argument that is passed, or null when their number is unknown (a spread):
 * then every row may apply.
 */
export function applicableRows(rows: readonly ModelRow[], arguments_: readonly ArgumentKnowledge[] | null): ApplicableRows {
  const possible: ModelRow[] = [];
  for (const row of rows) {
    const answer = conditionsHold(row.when ?? [], arguments_);
    if (answer === 'no') continue;
    possible.push(row);
    if (answer === 'yes') return { rows: possible, complete: true };
  }
  return { rows: possible, complete: possible.length > 0 && someRowAlwaysApplies(possible, arguments_) };
}

type Answer = 'yes' | 'no' | 'maybe';

function conditionsHold(conditions: readonly ArgumentCondition[], arguments_: readonly ArgumentKnowledge[] | null): Answer {
  let answer: Answer = 'yes';
  for (const condition of conditions) {
    const one = arguments_ === null ? 'maybe' : conditionHolds(condition, arguments_[condition.argument] ?? absent);
    if (one === 'no') return 'no';
    if (one === 'maybe') answer = 'maybe';
  }
  return answer;
}

function conditionHolds(condition: ArgumentCondition, argument: ArgumentKnowledge): Answer {
  if (argument.classes === null) return 'maybe';
  const inside = argument.classes.filter((name) => condition.is.includes(name));
  if (inside.length === 0) return 'no';
  const certain = inside.length === argument.classes.length;
  if (condition.values === undefined || !inside.includes('string')) return certain ? 'yes' : 'maybe';
  if (argument.text === undefined) return 'maybe';
  if (!condition.values.includes(argument.text.toLowerCase())) return inside.length === 1 ? 'no' : 'maybe';
  return certain ? 'yes' : 'maybe';
}

const everyClass: readonly ArgumentClass[] = ['number', 'string', 'bytes', 'buffer', 'array', 'object', 'function', 'absent'];

/** True when some row applies for certain whatever the classes of the arguments turn out to be. Tries every combination; the rows of one api look at three arguments at most. */
function someRowAlwaysApplies(rows: readonly ModelRow[], arguments_: readonly ArgumentKnowledge[] | null): boolean {
  const indexes = [...new Set(rows.flatMap((row) => (row.when ?? []).map((condition) => condition.argument)))];
  const chosen = new Map<number, ArgumentKnowledge>();
  const tryFrom = (position: number): boolean => {
    const index = indexes[position];
    if (index === undefined) return rows.some((row) => (row.when ?? []).every((condition) => conditionHolds(condition, chosen.get(condition.argument) ?? { classes: null }) === 'yes'));
    const known = arguments_ === null ? null : (arguments_[index] ?? absent);
    return (known?.classes ?? everyClass).every((name) => {
      chosen.set(index, known?.text === undefined ? { classes: [name] } : { classes: [name], text: known.text });
      return tryFrom(position + 1);
    });
  };
  return tryFrom(0);
}

const absent: ArgumentKnowledge = { classes: ['absent'] };
