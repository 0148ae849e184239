/**
 * The table of measured rules, for people.
 */
import type { CaseMeasurement, OperationCost } from '@scrimp/bench';
import { verdictOf } from './rule-evidence.js';
import type { MeasuredRule } from './rule-evidence.js';

const heading = ['rule', 'case', 'size', 'node', 'objects/op', 'heap B/op', 'external B/op', 'time', 'verdict'];

/** Columns from here on hold figures and are aligned on the right, except the verdict. */
const firstFigureColumn = 2;

/** One line per case and Node, columns aligned; a rule and a case are named once. */
export function savingTable(rules: readonly MeasuredRule[]): string {
  const rows = rules.flatMap((rule) => rowsOfRule(rule));
  const lines = [heading, ...rows];
  const widths = heading.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const isRightAligned = (column: number): boolean => column >= firstFigureColumn && column < heading.length - 1;
  const printed = lines.map((line) =>
    line.map((cell, column) => (isRightAligned(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0))).join('  ').trimEnd(),
  );
  const [head = '', ...body] = printed;
  return [head, '-'.repeat(Math.max(...printed.map((line) => line.length))), ...body].join('\n');
}

function rowsOfRule(rule: MeasuredRule): string[][] {
  const sorted = [...rule.measurements].sort((left, right) => positionOf(rule, left) - positionOf(rule, right));
  let nameAbove = '';
  return sorted.map((measurement, index) => {
    const name = measurement.case === nameAbove ? '' : measurement.case;
    nameAbove = measurement.case;
    return [index === 0 ? rule.ruleId : '', name, ...figuresOf(measurement)];
  });
}

/** Groups the Nodes of a case together, cases in the order of the file. */
function positionOf(rule: MeasuredRule, measurement: CaseMeasurement): number {
  return rule.measurements.findIndex((other) => other.case === measurement.case && other.size === measurement.size);
}

function figuresOf(measurement: CaseMeasurement): string[] {
  const { before, after } = measurement;
  const change = (figure: keyof OperationCost): string => `${shown(before[figure])} -> ${shown(after[figure])}`;
  const verdict = measurement.stable ? verdictOf(measurement) : `${verdictOf(measurement)}, unstable`;
  return [`${measurement.size} B`, measurement.node, change('objects'), change('heapBytes'), change('externalBytes'), `x${measurement.timeRatio.toFixed(2)}`, verdict];
}

/** Whole figures without decimals; a header of 8 bytes is worth seeing, a tenth of one is not from 100 on. */
function shown(value: number): string {
  return value >= 100 ? String(Math.round(value)) : String(value);
}
