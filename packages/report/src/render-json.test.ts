/** The JSON report against its published schema, with every object closed, so that an undocumented field fails too. */
import { readFileSync } from 'node:fs';
import { Ajv2020, type AnySchemaObject } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import type { Finding } from '@scrimp/analysis/detect';
import { renderJson } from './render-json.js';
import { sampleInput, sampleResult } from './sample-report.test-support.js';

const schema = JSON.parse(readFileSync(new URL('../schema/scrimp-report-1.schema.json', import.meta.url), 'utf8')) as AnySchemaObject;

/** The published schema leaves objects open, so that fields may be added within version 1; the writer is held to what is documented. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const copy = Object.fromEntries(Object.entries(value).map(([key, child]) => [key, closed(child)]));
  const isOpenObject = 'required' in copy && 'properties' in copy && !('additionalProperties' in copy);
  return isOpenObject ? { ...copy, additionalProperties: false } : copy;
}

function errorsOf(document: unknown): unknown {
  const validate = new Ajv2020({ allErrors: true }).compile(closed(schema) as AnySchemaObject);
  void validate(document);
  return validate.errors;
}

test('the report fits its published schema', () => {
  expect(errorsOf(JSON.parse(renderJson(sampleInput)))).toBeNull();
});

test('the schema is not so loose that it admits anything', () => {
  const report = JSON.parse(renderJson(sampleInput)) as { findings: Record<string, unknown>[] };
  const [first] = report.findings;
  delete first?.rule;
  expect(errorsOf(report)).toMatchObject([{ keyword: 'required', instancePath: '/findings/0' }]);
  expect(errorsOf({ ...report, findings: [], extra: 1 })).toMatchObject([{ keyword: 'additionalProperties' }]);
});

test('an engine that adds fields or changes their order changes nothing', () => {
  const [first] = sampleResult.findings;
  const entries: [string, unknown][] = [...Object.entries(first ?? {}), ['secretField', 1]];
  const turned: unknown = Object.fromEntries(entries.reverse());
  const findings = [turned as Finding, ...sampleResult.findings.slice(1)];
  expect(renderJson({ ...sampleInput, result: { ...sampleResult, findings } })).toBe(renderJson(sampleInput));
});
