/** One fixed report with every kind of entry: grouped, required, missing, suppressed, tabs, wide characters, a minified line, a long site. */
import type { AnalysisResult, EntryPoint, Finding, FindingCost, RuleMeta } from '@scrimp/analysis/detect';
import type { ReportInput } from './report-input.js';

const session = `import { createHmac } from 'node:crypto';

export class Session {
\tsign(header: Uint8Array, key: Uint8Array): Uint8Array {
\t\tconst mac = createHmac('sha256', key);
\t\tmac.update(header.slice(0, 32));
\t\tmac.update(header.slice(32, 64));
\t\tconst tag = mac.update(header.slice(64)).digest();
\t\treturn new Uint8Array(tag);
\t}
}
`;
const wide = `export const greet = (名前: Uint8Array) => send('こんにちは', 名前.slice(0, 16)); // \u001b[31mred\n`;
const bundle = `${'var a=1;'.repeat(60)}h.update(b.slice(0,9));${'var c=2;'.repeat(60)}\n`;
const store = `export function save(state: State) {
  return write(Buffer.concat([
    header,
    encode(state.name),
    encode(state.value),
    encode(state.time),
    trailer,
  ]));
}
`;

export const sampleSources: Readonly<Record<string, string>> = {
  'src/session.ts': session, 'src/wide.ts': wide, 'src/bundle.js': bundle, 'src/store.ts': store,
};

function cost(expression: string, objects: number | null, heapBytes: number | null, externalBytes: number | null): FindingCost {
  return { objects, heapBytes, externalBytes, retainedBytes: null, nativeCalls: null, expression };
}

/** The `occurrence`-th place of `site` in the file, as a finding with sensible defaults. */
function finding(file: string, site: string, occurrence: number, over: Partial<Finding>): Finding {
  const text = sampleSources[file] ?? '';
  let start = -1;
  for (let count = 0; count <= occurrence; count++) start = text.indexOf(site, start + 1);
  const position = (offset: number): { line: number; column: number } => {
    const before = text.slice(0, offset).split('\n');
    return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  };
  const from = position(start);
  const to = position(start + site.length);
  const id = `${file}:${String(start)}`;
  return {
    id, rule: 'no-slice-into-sync-sink', stage: 'stable', messageId: 'copied',
    message: '`header.slice` copies 32 bytes that `update` only reads during the call',
    why: 'a slice of a Uint8Array allocates an array object, a backing store and copies the bytes; the sink reads them once and keeps nothing',
    help: 'pass `subarray` with the same arguments', severity: 'high', category: 'authentication', scope: 'site', rootCause: 'copy into a synchronous sink',
    confidence: 'proven', advice: 'removable', file, start, end: start + site.length, ...from, endLine: to.line, endColumn: to.column,
    function: 'Session.sign', hotness: { level: 'hot', source: '@hot on Session.sign' }, cost: cost('136 B in 1 object per call', 1, 136, 0), effort: 'trivial', risk: 'none',
    fix: { tier: 'safe', codemod: null, title: 'replace slice by subarray', edits: [{ file, start: start + site.indexOf('slice'), end: start + site.indexOf('slice') + 5, text: 'subarray' }] },
    obligations: [
      { code: 'TY', state: 'proved', witness: 'declared Uint8Array, line 4' },
      { code: 'SRC', state: 'proved', witness: 'nothing writes header before line 7' },
    ],
    related: [], fingerprint: `fp-${id}`, suppressed: null, ...over,
  };
}

const findings: readonly Finding[] = [
  finding('src/session.ts', 'header.slice(0, 32)', 0, { related: [{ file: 'src/session.ts', line: 6, column: 3, message: 'the sink: `Hmac.update` reads and keeps nothing' }] }),
  finding('src/store.ts', `Buffer.concat([
    header,
    encode(state.name),
    encode(state.value),
    encode(state.time),
    trailer,
  ])`, 0, {
    rule: 'write-into-output', stage: 'nursery', messageId: 'concat', message: 'the record is encoded into five arrays and then copied into a sixth',
    why: 'each part is allocated, copied once by `concat` and dropped', help: 'compute the length first and let each encoder write into one output', severity: 'medium', confidence: 'likely', category: 'persistence',
    function: 'save', hotness: { level: 'warm', source: 'exported entry point' }, cost: cost('2*state.name.length + 2*state.value.length + 612 B in 11 objects per call', null, null, null), effort: 'medium', risk: 'low', scope: 'architectural',
    fix: { tier: 'guarded', codemod: 'write-into-output', title: 'write the parts into one presized output', edits: null },
    obligations: [
      { code: 'TY', state: 'proved', witness: '' }, { code: 'ESC', state: 'proved', witness: '' }, { code: 'SIZE', state: 'proved', witness: '' },
      { code: 'DET', state: 'assumed', witness: 'parameter may be backed by SharedArrayBuffer' }, { code: 'EXC', state: 'open', witness: '`encode` may throw after a part was written, line 4' },
    ],
  }),
  finding('src/session.ts', 'header.slice(32, 64)', 0, {}),
  finding('src/session.ts', 'header.slice(64)', 0, { function: 'Session.signTail' }),
  finding('src/bundle.js', 'b.slice(0,9)', 0, { function: '<anonymous@1>', severity: 'low', confidence: 'possible', hotness: { level: 'cold', source: 'module top level' }, fix: { tier: 'review', codemod: null, title: 'check who writes `b`', edits: null }, message: '`b.slice` copies bytes that `update` only reads', obligations: [{ code: 'TY', state: 'open', witness: '`b` has no type' }] }),
  finding('src/wide.ts', '名前.slice(0, 16)', 0, { function: 'greet', advice: 'missing', rule: 'no-backing-buffer-exposure', messageId: 'pinned', severity: 'critical', message: 'a view of `名前` is kept by `send` while the caller may write it', why: '`send` keeps the view until the socket drains', help: 'copy the bytes before sending', fix: null, obligations: [{ code: 'SNAP', state: 'failed', witness: '`send` does not snapshot' }] }),
  finding('src/session.ts', 'new Uint8Array(tag)', 0, { rule: 'no-copying-view-conversion', advice: 'required', severity: 'info', message: 'this copy must stay, because the digest is a Buffer and the result is declared Uint8Array', why: 'callers may use `slice`, which copies on Uint8Array and shares on Buffer', help: 'keep the copy', fix: null, obligations: [{ code: 'TY', state: 'failed', witness: 'digest() returns Buffer' }] }),
  finding('src/session.ts', 'header.slice(32, 64)', 0, { id: 'silenced', rule: 'no-byte-spread', suppressed: { kind: 'comment', reason: 'compared with the old format in tests' } }),
];

const entryPoints: readonly EntryPoint[] = [
  { name: 'Session.sign', file: 'src/session.ts', line: 4, cost: cost('header.length + 1012 B in 9 objects', null, null, null), avoidable: cost('header.length + 408 B in 3 objects', null, null, null), least: cost('header.length + 988 B in 8 objects', null, null, null) },
  { name: 'save', file: 'src/store.ts', line: 1, cost: cost('2*state.name.length + 2*state.value.length + 612 B in 11 objects', null, null, null), avoidable: cost('state.name.length + state.value.length + 412 B in 9 objects', null, null, null), least: null },
];

function meta(id: string, over: Partial<RuleMeta>): RuleMeta {
  return {
    id, summary: 'finds copies made only to be read by a synchronous sink', stage: 'stable', category: 'message-payload', severity: 'high', presets: ['recommended'], needs: ['types'], evidence: 'saving', fixable: 'safe', effort: 'trivial', risk: 'none',
    messages: { copied: { what: '`{{name}}.slice` copies bytes that `{{sink}}` only reads', why: 'a slice allocates and copies', help: 'pass `subarray` to `{{sink}}`' } }, ...over,
  };
}

export const sampleResult: AnalysisResult = {
  summary: {
    files: 4, functions: 6, findings: findings.length, bySeverity: { critical: 1, high: 4, medium: 1, low: 1, info: 1 },
    byRule: { 'write-into-output': 1, 'no-slice-into-sync-sink': 4, 'no-backing-buffer-exposure': 1, 'no-copying-view-conversion': 1, 'no-byte-spread': 1 }, expressionsUnderstood: 0.9996,
  },
  findings, entryPoints,
  goodPatterns: [{ pattern: 'codec at module level', file: 'src/store.ts', line: 1, function: 'save', message: 'one TextEncoder serves all calls' }],
  contracts: [
    { function: 'Session.verify', file: 'src/session.ts', line: 4, contract: '@nonallocating', state: 'assumed', allocates: '0 objects, 0 B', because: '', assumptions: ['line 5: the receiver of header.fill is a Uint8Array as declared'] },
    { function: 'save', file: 'src/store.ts', line: 1, contract: '@allocs <= 2, bytes <= 64', state: 'broken', allocates: '11 objects, 612 B', because: 'it allocates 11 objects, more than 2', assumptions: [] },
  ],
  waivers: [
    { kind: 'ignore', file: 'src/session.ts', line: 5, what: 'no-byte-spread', reason: 'compared with the old format in tests', used: true },
    { kind: 'assume', file: 'src/store.ts', line: 1, what: 'nonallocating', reason: null, used: false },
  ],
  missingBenchmarks: [{ function: 'Session.sign', file: 'src/session.ts', line: 4 }],
  skipped: [{ file: 'src/broken.ts', reason: "syntax error at 3:14: ';' expected" }, { file: 'vendor/big.js', reason: 'is taken for generated (10.0 MB, more than 1 MB)' }],
};

export const sampleInput: ReportInput = {
  tool: { name: 'scrimp', version: '0.1.0', node: '20.20.2', typescript: '6.0.2', target: 'node20' },
  result: sampleResult,
  rules: [
    { meta: meta('no-slice-into-sync-sink', {}), documentation: '# no-slice-into-sync-sink\n\nPage of the rule.\n' },
    { meta: meta('write-into-output', { stage: 'nursery', severity: 'medium', fixable: 'guarded' }), documentation: null },
    { meta: meta('no-backing-buffer-exposure', { evidence: 'guard', severity: 'critical', fixable: null }), documentation: null },
    { meta: meta('no-copying-view-conversion', {}), documentation: null },
    { meta: meta('no-byte-spread', { severity: 'low' }), documentation: null },
  ],
  folder: 'packages/sample',
  paths: ['src'],
  sources: (file) => sampleSources[file] ?? null,
};
