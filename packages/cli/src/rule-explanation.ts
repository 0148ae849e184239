/** Rules as text for a terminal. */
import pc from 'picocolors';
import type { RuleMeta } from '@scrimp/analysis';

export interface ExplanationStyle {
  readonly color: boolean;
  readonly width: number;
}

export function explainRule(meta: RuleMeta, style: ExplanationStyle): string {
  const paint = pc.createColors(style.color);
  const facts = [`category ${meta.category}`, `severity ${meta.severity}`, `stage ${meta.stage}`, `fix ${meta.fixable ?? 'none'}`, `effort ${meta.effort}`, `risk ${meta.risk}`];
  const lines = [paint.bold(meta.id), ...filled(meta.summary, style.width, ''), '', paint.dim(facts.join(' · ')), ''];
  for (const [messageId, message] of Object.entries(meta.messages)) {
    lines.push(paint.bold(messageId));
    for (const [name, text] of [['what', message.what], ['why', message.why], ['do', message.help]] as const) {
      filled(readable(text), style.width - 8, '').forEach((line, index) => lines.push(`  ${paint.dim((index === 0 ? name : '').padEnd(5))} ${line}`));
    }
    lines.push('');
  }
  lines.push(`next: ${paint.green(`scrimp audit --rule ${meta.id}`)}`);
  return `${lines.join('\n')}\n`;
}

export function listRules(metas: readonly RuleMeta[], style: ExplanationStyle): string {
  const paint = pc.createColors(style.color);
  const lines: string[] = [];
  for (const meta of metas) {
    lines.push(`${paint.bold(meta.id)}${meta.stage === 'nursery' ? paint.dim(' nursery') : ''}`);
    lines.push(...filled(meta.summary, style.width - 2, '  '));
  }
  return `${lines.join('\n')}\n`;
}

/** Placeholders as readers can read them. */
function readable(template: string): string {
  return template.replace(/\{\{\s*(\w+)\s*\}\}/g, '‹$1›');
}

function filled(text: string, width: number, indent: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(indent + line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  if (line !== '') lines.push(indent + line);
  return lines;
}
