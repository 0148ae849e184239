/** Colors of the text report. Off means that every function returns its argument, so colored and plain reports differ in nothing else. */
import pc from 'picocolors';
import type { Severity } from '@scrimp/analysis/detect';

type Brush = (text: string) => string;

export interface Paint {
  readonly bold: Brush;
  readonly dim: Brush;
  readonly location: Brush;
  readonly rule: Brush;
  readonly underline: Brush;
  readonly good: Brush;
  readonly doubtful: Brush;
  readonly bad: Brush;
  readonly command: Brush;
  readonly severity: Readonly<Record<Severity, Brush>>;
}

export function createPaint(color: boolean): Paint {
  const colors = pc.createColors(color);
  return {
    bold: colors.bold,
    dim: colors.dim,
    location: colors.cyan,
    rule: colors.bold,
    underline: colors.yellow,
    good: colors.green,
    doubtful: colors.yellow,
    bad: colors.red,
    command: colors.green,
    severity: {
      critical: (text) => colors.bold(colors.red(text)),
      high: colors.red,
      medium: colors.yellow,
      low: colors.blue,
      info: colors.dim,
    },
  };
}
