/**
 * Runs `scrimp audit` on one installed package in a process of its own, as a user would, and hands back the report.
 * The text that is committed is made elsewhere (`result-text.ts`).
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { ecosystemFolder, repositoryRoot, scrimpCommand } from './paths.js';
import { resolveInstalledPackage, type EcosystemPackage } from './package-list.js';
import { readAuditReport, type AuditReport } from './report-shape.js';
import type { SourceLineReader } from './result-text.js';

export interface PackageAudit {
  report: AuditReport;
  /** Reads the evidence from the installed package. */
  sourceLine: SourceLineReader;
}

/** The advice's runtime is fixed, because its default may be the running Node and the committed result must not depend on that. */
const targetRuntime = 'node20';

/** Audits one package; every problem is one sentence, and the audit is null when there is any. */
export function auditPackage(pinned: EcosystemPackage): { audit: PackageAudit | null; problems: string[] } {
  const { folder, problems } = resolveInstalledPackage(ecosystemFolder, pinned);
  if (folder === null) return { audit: null, problems };
  if (!existsSync(scrimpCommand)) {
    return { audit: null, problems: [`the scrimp command is missing at ${relative(repositoryRoot, scrimpCommand)}; build it first (pnpm build)`] };
  }
  const sources = pinned.sources.map((source) => join(folder, ...source.split('/')));
  const missing = sources.filter((source) => !existsSync(source));
  if (missing.length > 0) {
    return { audit: null, problems: missing.map((source) => `${pinned.name} ships no ${relative(folder, source)}; correct packages.json`) };
  }
  const child = spawnSync(process.execPath, [scrimpCommand, 'audit', ...sources, '--format', 'json', '--target', targetRuntime], {
    cwd: repositoryRoot,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  if (child.status !== 0) {
    const reason = child.error?.message ?? `exit ${child.status ?? child.signal ?? 'unknown'}`;
    return { audit: null, problems: [`scrimp audit failed on ${pinned.name} (${reason}): ${child.stderr.trim() || 'it said nothing on stderr'}`] };
  }
  const reading = readAuditReport(child.stdout);
  if (reading.report === null) return { audit: null, problems: reading.problems.map((problem) => `${pinned.name}: ${problem}`) };
  return { audit: { report: withPackagePaths(reading.report, folder), sourceLine: sourceLineReader(folder) }, problems: [] };
}

/**
 * Makes every file relative to the package.
 * The report names files relative to the project root; a path that lies outside the package in that reading
 * holds the package's folder somewhere, and what follows it is the path inside.
 */
function withPackagePaths(report: AuditReport, folder: string): AuditReport {
  const marker = `${relative(repositoryRoot, folder).split(sep).join('/')}/`;
  const insidePackage = (file: string): string => {
    const start = file.indexOf(marker);
    return start === -1 ? file : file.slice(start + marker.length);
  };
  return {
    ...report,
    findings: report.findings.map((finding) => ({ ...finding, file: insidePackage(finding.file) })),
    skipped: report.skipped.map((entry) => ({ ...entry, file: insidePackage(entry.file) })),
  };
}

function sourceLineReader(folder: string): SourceLineReader {
  const linesOfFile = new Map<string, string[]>();
  return (file, line) => {
    let lines = linesOfFile.get(file);
    if (lines === undefined) {
      const path = join(folder, ...file.split('/'));
      lines = existsSync(path) ? readFileSync(path, 'utf8').split(/\r\n|[\n\r\u2028\u2029]/) : [];
      linesOfFile.set(file, lines);
    }
    return lines[line - 1] ?? null;
  };
}
