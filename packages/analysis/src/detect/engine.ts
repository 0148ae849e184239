/**
 * Runs rules and turns their reports into findings: position, message, confidence, tier, severity, hotness, cost, fingerprint.
 * Order and silencing are `ranking.ts` and `suppression.ts`.
 */
import type { ModuleIr, Span } from '../ir/function.js';
import { hashText } from '../ir/text-hash.js';
import { exactBytes } from '../cost/size.js';
import { authorReason } from './author-reason.js';
import { namesReceiver, namesRecovered, proveReceivers, proveRecovered } from './declared-receiver.js';
import type { EditGate } from './edit-gate.js';
import { isOnlyAfterError } from './error-path.js';
import type { Confidence, Finding, Fix, Hotness, Obligation, Severity, Tier } from './finding.js';
import { severities } from './finding.js';
import { savingCost } from './finding-cost.js';
import { grant, type Granted } from './granted.js';
import { proveIntact } from './intact.js';
import { positionOf } from './position.js';
import type { FunctionQuery, ProgramQuery } from './query.js';
import type { Report, Rule } from './rule.js';
import { withWaivers } from './waiver.js';

/** What a rule said of a place, and what became of it: null when an obligation failed. */
export interface RuleReport {
  readonly rule: string;
  readonly report: Report;
  readonly message: string;
  readonly finding: Finding | null;
}

/** All findings of all rules, unranked, in file and source order per rule. */
export function runRules(rules: readonly Rule[], query: ProgramQuery, granted: Granted, gate: EditGate): readonly Finding[] {
  return reportsOf(rules, query, granted, gate).flatMap((one) => one.finding ?? []);
}

/** The same with what the rules rejected. */
export function reportsOf(rules: readonly Rule[], query: ProgramQuery, granted: Granted, gate: EditGate): readonly RuleReport[] {
  const reports: RuleReport[] = [];
  const ordinals = new Map<string, number>();
  for (const rule of rules) rule.check(query, (given) => {
    // A test that leaves an obligation out asks what that one holds back, which the model of costs may hold back for reasons of its own.
    const report = granted.size > 0 ? given : weighed(rule, given, gate);
    const finding = toFinding(rule, report, query, ordinals, granted);
    reports.push({ rule: rule.meta.id, report, message: finding?.message ?? fill(rule.meta.messages[report.messageId]?.what ?? rule.meta.summary, report.data), finding });
  });
  return reports;
}

/**
 * The report with what the cost model says of it: of an edit, what the edited code costs; without one, whether the rule says that it saves anything at all.
 * What does not cost less fails, and what pays only from some length says from which, where its rule has not said so.
 */
function weighed(rule: Rule, report: Report, gate: EditGate): Report {
  const { site, fix, saves, obligations } = report;
  if (rule.meta.evidence !== 'saving' || (report.advice ?? 'removable') !== 'removable' || obligations.some((one) => one.state === 'failed')) return report;
  const edits = fix?.edits ?? [];
  const difference = edits.length > 0 ? gate.judge(site.module, edits) : null;
  const savesNothing = edits.length === 0 && saves !== undefined && saves.objects <= 0 && (saves.nativeCalls ?? 0) <= 0 && [saves.heapBytes, saves.externalBytes].every((size) => (exactBytes(size) ?? 1) <= 0);
  const size = (state: Obligation['state'], witness: string): Report => ({ ...report, obligations: [...obligations, { code: 'SIZE', state, witness }] });
  if (savesNothing) return size('failed', 'nothing is saved');
  if (difference?.kind === 'not-less') return size('failed', difference.because);
  // What is open already is only a possible finding, whose edit nobody applies unseen; anything else has to be known to cost less.
  if (difference?.kind === 'unknown') return size(obligations.some((one) => one.state === 'open') ? 'open' : 'failed', difference.because);
  return difference?.kind === 'less-from' && !obligations.some((one) => one.code === 'SIZE') ? size('assumed', `there are at least ${String(difference.bytes)} bytes, from which on it pays`) : report;
}

/** Null when an obligation failed and the report does not advise to keep or add a copy: there is nothing to say. */
function toFinding(rule: Rule, report: Report, query: ProgramQuery, ordinals: Map<string, number>, granted: Granted): Finding | null {
  const advice = report.advice ?? 'removable';
  const claimed = grant(report.obligations, granted);
  const failed = claimed.some((one) => one.state === 'failed');
  if (failed && advice === 'removable') return null;
  const { module, function: fn, value } = report.site;
  const site = query.functionOf(module, fn);
  const { start, end } = report.at ?? spanOf(report.site);
  const from = positionOf(module, start);
  const to = positionOf(module, end);
  const messages = rule.meta.messages[report.messageId];
  if (messages === undefined) throw new Error(`rule ${rule.meta.id} reports the unknown message ${report.messageId}`);
  const given = advice === 'removable' ? authorReason(query.sourceOf(module), start, end, from.line) : null;
  const help = fill(messages.help, report.data);
  const intact = proveIntact(query, module, [help, ...(report.fix?.edits ?? []).map((edit) => edit.text)]);
  const receivers = advice === 'removable' && !namesReceiver(claimed) ? proveReceivers(site, value) : null;
  const recovered = namesRecovered(claimed) ? null : proveRecovered(site, value);
  // What is wrong or missing in a handler stays so; only a saving is worth nothing where it hardly ever runs.
  const rare: Obligation | null = rule.meta.evidence === 'saving' && advice === 'removable' && isOnlyAfterError(site, value)
    ? { code: 'VER', state: 'open', witness: 'this runs only after an error was thrown' } : null;
  const obligations = withWaivers(grant([...claimed, ...[given, intact, receivers, recovered, rare].filter((one) => one !== null)], granted), module, from.line);
  const confidence = confidenceOf(obligations);
  // What a comment says matters wherever it stands.
  const hotness: Hotness = report.at !== undefined ? { level: 'warm', source: 'an annotation' } : rare === null ? hotnessAt(site, value) : { level: 'cold', source: 'only after an error' };
  const fingerprint = fingerprintOf(rule.meta.id, module, fn.name, report.messageId, site.text(value) ?? '', ordinals);
  return {
    id: fingerprint.slice(0, 8),
    rule: rule.meta.id,
    stage: rule.meta.stage,
    messageId: report.messageId,
    message: fill(messages.what, report.data),
    why: fill(messages.why, report.data),
    help,
    severity: severityOf(report.severity ?? rule.meta.severity, hotness.level, confidence, advice, rule.meta.evidence),
    category: report.category ?? rule.meta.category,
    scope: report.scope ?? 'site',
    rootCause: report.rootCause ?? rule.meta.summary,
    confidence,
    advice,
    file: module.file,
    start, end,
    line: from.line, column: from.column, endLine: to.line, endColumn: to.column,
    function: fn.name,
    hotness: { level: hotness.level, source: hotness.source },
    cost: savingCost(report.saves),
    effort: rule.meta.effort,
    risk: rule.meta.risk,
    fix: fixOf(rule, report, confidence),
    obligations,
    related: (report.related ?? []).map((one) => {
      const offset = one.site.function.spans[2 * one.site.value] ?? -1;
      const position = positionOf(one.site.module, offset === -1 ? one.site.function.nameSpan.start : offset);
      return { file: one.site.module.file, line: position.line, column: position.column, message: one.message };
    }),
    fingerprint,
    suppressed: null,
  };
}

/** The function's name where the site is the function as a whole. */
function spanOf({ function: fn, value }: Report['site']): Span {
  const start = fn.spans[2 * value] ?? -1;
  return start === -1 ? fn.nameSpan : { start, end: fn.spans[2 * value + 1]! };
}

function hotnessAt(site: FunctionQuery, value: Report['site']['value']): Hotness {
  if (site.runsOnce) return { level: 'cold', source: 'runs once' };
  return site.isInLoop(value) && site.hotness.level === 'warm' ? { level: 'hot', source: `in a loop in ${site.function.name}` } : site.hotness;
}

function confidenceOf(obligations: readonly Obligation[]): Confidence {
  if (obligations.some((one) => one.state === 'open' || one.state === 'failed')) return 'possible';
  return obligations.some((one) => one.state === 'assumed') ? 'likely' : 'proven';
}

function severityOf(base: Severity, level: 'hot' | 'warm' | 'cold', confidence: Confidence, advice: Finding['advice'], evidence: 'saving' | 'guard'): Severity {
  if (advice === 'required') return 'info';
  let rank = severities.indexOf(base);
  if (evidence === 'saving') rank += level === 'hot' ? 0 : level === 'warm' ? 1 : 3;
  if (confidence === 'possible') rank += 1;
  return severities[Math.min(rank, severities.length - 1)]!;
}

function fixOf(rule: Rule, report: Report, confidence: Confidence): Fix | null {
  if (report.fix === undefined || report.fix === null) return null;
  const allowed: Tier = confidence === 'proven' ? 'safe' : confidence === 'likely' ? 'guarded' : 'review';
  const order: readonly Tier[] = ['safe', 'guarded', 'review'];
  const wanted = [report.fix.tier, rule.meta.fixable].filter((one) => one !== undefined && one !== null);
  const tier = order[Math.max(order.indexOf(allowed), ...wanted.map((one) => order.indexOf(one)))]!;
  return { tier, codemod: rule.meta.codemod ?? null, title: report.fix.title, edits: report.fix.edits === null ? null : [...report.fix.edits].sort((left, right) => left.start - right.start) };
}

function fill(template: string, data: Report['data']): string {
  return template.replaceAll(/\{\{\s*([\w]+)\s*\}\}/g, (_whole, name: string) => {
    const value = data?.[name];
    if (value === undefined) throw new Error(`message placeholder {{${name}}} has no value`);
    return String(value);
  });
}

function fingerprintOf(rule: string, module: ModuleIr, functionName: string, messageId: string, text: string, ordinals: Map<string, number>): string {
  const file = module.file.slice(module.file.lastIndexOf('/') + 1);
  const identity = [rule, messageId, file, functionName.replace(/@\d+/g, ''), text.replaceAll(/\s+/g, '')].join('\u0000');
  const ordinal = ordinals.get(identity) ?? 0;
  ordinals.set(identity, ordinal + 1);
  return hashText(`${identity}\u0000${ordinal}`);
}
