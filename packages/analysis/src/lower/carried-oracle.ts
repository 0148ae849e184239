/**
 * The oracle for a file with edits that nobody type-checked: what was known of the file before them, by place, and within the new text by the same words in the same function.
 * Fit for weighing an edit, not for proving anything: where the edit changes a type, the old one is told.
 */
import type ts from 'typescript';
import type { FunctionIr, ModuleIr } from '../ir/function.js';
import type { TypeFact } from '../ir/type-fact.js';
import type { TypeOracle } from './oracle.js';

/** Replaces `[start, end)` of the text before. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Edits in source order, not overlapping. */
export function applyTextEdits(text: string, edits: readonly TextEdit[]): string {
  let edited = '';
  let position = 0;
  for (const edit of edits) {
    edited += text.slice(position, edit.start) + edit.text;
    position = edit.end;
  }
  return edited + text.slice(position);
}

/** `edits` in source order, not overlapping. */
export function carriedOracle(typescript: typeof ts, before: ModuleIr, text: string, edits: readonly TextEdit[]): TypeOracle {
  let table: FactTable | null = null;
  return {
    name: 'checker',
    answer(sourceFile, questions) {
      const facts = (table ??= collectFacts(before, text, edits));
      return questions.map(({ node }): TypeFact | null => {
        if (typescript.isParameter(node)) return parameterFact(facts, node, sourceFile);
        const start = placeBefore(edits, node.getStart(sourceFile));
        const end = placeBefore(edits, node.end);
        const same = start === null || end === null ? undefined : facts.byPlace.get(`${String(start)}:${String(end)}`);
        // An expression around an edit has another end in the text before, which the place of its end tells as well.
        return same ?? nearestFact(facts.byText.get(node.getText(sourceFile)) ?? [], start ?? editAt(edits, node.getStart(sourceFile)));
      });
    },
  };

  function parameterFact(facts: FactTable, node: ts.ParameterDeclaration, sourceFile: ts.SourceFile): TypeFact | null {
    const start = placeBefore(edits, node.parent.getStart(sourceFile));
    const fn = start === null ? undefined : facts.functions.get(start);
    const index = node.parent.parameters.indexOf(node);
    return fn === undefined ? null : fn.parameterTypes[fn.parameterTypes.length - node.parent.parameters.length + index] ?? null;
  }
}

interface PlacedFact {
  readonly start: number;
  readonly fact: TypeFact;
}

interface FactTable {
  readonly byPlace: ReadonlyMap<string, TypeFact>;
  /** Of the functions that are edited: where the words stood, and what they were there. Blocks of one function have variables of the same names. */
  readonly byText: ReadonlyMap<string, readonly PlacedFact[]>;
  readonly functions: ReadonlyMap<number, FunctionIr>;
}

function collectFacts(module: ModuleIr, text: string, edits: readonly TextEdit[]): FactTable {
  const byPlace = new Map<string, TypeFact>();
  const byText = new Map<string, PlacedFact[]>();
  const functions = new Map<number, FunctionIr>();
  for (const fn of module.functions) {
    functions.set(fn.span.start, fn);
    const isEdited = fn.kind !== 'module' && edits.some((edit) => edit.start >= fn.span.start && edit.end <= fn.span.end);
    for (const [value, fact] of fn.types) {
      const [start, end] = [fn.spans[2 * value] ?? -1, fn.spans[2 * value + 1] ?? -1];
      if (start === -1) continue;
      byPlace.set(`${String(start)}:${String(end)}`, fact);
      if (!isEdited) continue;
      const words = text.slice(start, end);
      byText.set(words, [...(byText.get(words) ?? []), { start, fact }]);
    }
  }
  return { byPlace, byText, functions };
}

function nearestFact(facts: readonly PlacedFact[], place: number): TypeFact | null {
  const [nearest] = facts.toSorted((left, right) => Math.abs(left.start - place) - Math.abs(right.start - place));
  return nearest?.fact ?? null;
}

/** Where the edit whose text has the place begins, in the text before. */
function editAt(edits: readonly TextEdit[], place: number): number {
  let shift = 0;
  for (const edit of edits) {
    if (place < edit.start + shift + edit.text.length) return edit.start;
    shift += edit.text.length - (edit.end - edit.start);
  }
  return place - shift;
}

/** Where a place of the edited text was before; null within what an edit put there. */
function placeBefore(edits: readonly TextEdit[], place: number): number | null {
  let shift = 0;
  for (const edit of edits) {
    if (place < edit.start + shift || (place === edit.start + shift && edit.text === '')) break;
    if (place === edit.start + shift) return edit.start;
    if (place < edit.start + shift + edit.text.length) return null;
    shift += edit.text.length - (edit.end - edit.start);
  }
  return place - shift;
}
