/** Shapes of JSON values that were read from a file that anybody may have written: a value is used only when it has its shape. */

/** Whether a value has the shape. */
export type Shape = (value: unknown) => boolean;

export const text: Shape = (value) => typeof value === 'string';
export const number: Shape = (value) => typeof value === 'number' && Number.isFinite(value);

export function nullable(shape: Shape): Shape {
  return (value) => value === null || shape(value);
}

export function optional(shape: Shape): Shape {
  return (value) => value === undefined || shape(value);
}

export function oneOf(...choices: readonly string[]): Shape {
  return (value) => typeof value === 'string' && choices.includes(value);
}

export function listOf(shape: Shape): Shape {
  return (value) => Array.isArray(value) && value.every((entry) => shape(entry));
}

export function tableOf(shape: Shape): Shape {
  return (value) => isRecord(value) && Object.values(value).every((entry) => shape(entry));
}

/** At least these fields; what else there is, nobody reads. */
export function recordOf(fields: Readonly<Record<string, Shape>>): Shape {
  const entries = Object.entries(fields);
  return (value) => isRecord(value) && entries.every(([name, shape]) => shape(value[name]));
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
