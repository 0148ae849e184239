/**
 * The session: what every host calls. Add source files, get findings.
 * It owns the order of work (through `pipeline.ts`) and nothing else: no file is opened, no text is printed here.
 */
import type ts from 'typescript';
import type { AnalysisResult, SkippedFile } from './detect/finding.js';
import type { Explanation, Inquiry } from './detect/explanation.js';
import { type Granted, nothingGranted } from './detect/granted.js';
import { renameExplanation, renameFiles } from './detect/rename.js';
import type { Rule } from './detect/rule.js';
import type { ModuleIr } from './ir/function.js';
import { applyTextEdits, carriedOracle, type TextEdit } from './lower/carried-oracle.js';
import { lowerModule } from './lower/lower-module.js';
import type { TypeOracle } from './lower/oracle.js';
import { catalogWith } from './model/catalog.js';
import type { ModelFamily } from './model/row.js';
import { type PipelineInput, runExplanation, runPipeline } from './pipeline.js';

/** Resolves an import from a file to another file of the session, or null for packages and missing files. Paths as given to `addFile`. */
export type ModuleResolver = (specifier: string, fromFile: string) => string | null;

export type TargetRuntime = 'node20' | 'node22' | 'node24' | 'node26';

export interface SessionOptions {
  /** The TypeScript that parsed the files; SyntaxKind numbers differ between versions. */
  readonly typescript: typeof ts;
  readonly oracle: TypeOracle;
  readonly rules: readonly Rule[];
  readonly target: TargetRuntime;
  /** Oldest Node that the program must run on, `18.17`, from `engines.node`; advice that needs a newer one is not given. Absent: nothing says. */
  readonly oldestNode?: string | null;
  readonly resolve: ModuleResolver;
  /** Functions that are hot besides `@hot`: patterns of qualified names, `Session.*`, or of paths and names, `src/wire/*.ts#*`. */
  readonly hotFunctions?: readonly string[];
  /** Functions that run rarely besides `@cold`, by the same patterns. */
  readonly coldFunctions?: readonly string[];
  /** Files, as given to `addFile`, whose exports code outside of the package can call; absent or null: every export. */
  readonly entryFiles?: readonly string[] | null;
  /** Rows of the project for packages that the model does not know, from `readUserRows`; they are part of this session only. Absent or null: none. */
  readonly model?: ModelFamily | null;
}

export interface LoweredFile {
  readonly module: ModuleIr;
  readonly text: string;
}

export interface Session {
  /**
   * Lowers the file at once and drops the tree. `file` uses `/`. A second call with the same file replaces it.
   * `oracle` overrides the session's for this file, when several programs with checkers of their own feed one session.
   */
  addFile(file: string, sourceFile: ts.SourceFile, oracle?: TypeOracle): void;
  /** What a file was lowered to, for hosts that keep it; null when it was not added. */
  lowered(file: string): LoweredFile | null;
  /** Adds a file by what it was lowered to in an earlier session, from the same text under the same types. */
  addLowered(file: string, lowered: LoweredFile): void;
  /** Runs flow, link, cost and detect over all files. `skipped` is passed through into the result. */
  analyze(skipped?: readonly SkippedFile[]): AnalysisResult;
  /** The chain behind a finding, or what rules say of a line. The file of a place is named as it was given to `addFile`. */
  explain(inquiry: Inquiry): Explanation;
}

export function createSession(options: SessionOptions): Session {
  return createSessionGranting(options, nothingGranted);
}

/** For tests of the obligations, which import this file by its path: the package exports `createSession` only. */
export function createSessionGranting(options: SessionOptions, granted: Granted): Session {
  const catalog = catalogWith(options.model ?? null);
  const modules = new Map<string, ModuleIr>();
  const texts = new Map<string, string>();
  // Inside, a file has the name by which its program's checker knows it; outside, the name that the host gave.
  const names = new Map<string, string>();
  const inner = new Map<string, string>();
  const { typescript } = options;
  return {
    addFile(file, sourceFile, oracle) {
      addLowered(file, { module: lowerModule(options.typescript, sourceFile, { oracle: oracle ?? options.oracle, names: catalog }), text: sourceFile.text });
    },
    lowered(file) {
      const module = modules.get(file);
      return module === undefined ? null : { module, text: texts.get(module.file) ?? '' };
    },
    addLowered,
    analyze: (skipped) => renameFiles(runPipeline(input(skipped ?? [])), outerName),
    explain(inquiry) {
      const asked = inquiry.kind === 'place' ? { ...inquiry, file: inner.get(inquiry.file) ?? inquiry.file } : inquiry;
      return renameExplanation(runExplanation(input([]), asked), outerName);
    },
  };

  function outerName(file: string): string {
    return names.get(file) ?? file;
  }

  function input(skipped: readonly SkippedFile[]): PipelineInput {
    return {
      modules: [...modules.values()],
      resolve(specifier, fromFile) {
        const target = options.resolve(specifier, outerName(fromFile));
        return target === null ? null : inner.get(target) ?? null;
      },
      catalog,
      rules: options.rules,
      target: options.target,
      oldestNode: options.oldestNode ?? null,
      heat: {
        hot: options.hotFunctions ?? [], cold: options.coldFunctions ?? [],
        entryFiles: options.entryFiles === undefined || options.entryFiles === null ? null : options.entryFiles.map((file) => inner.get(file) ?? file),
      },
      textOf: (file) => texts.get(file) ?? '',
      skipped,
      granted,
      lowerEdited: (module, edits) => lowerEdited(module, texts.get(module.file) ?? '', edits),
    };
  }

  function addLowered(file: string, { module, text }: LoweredFile): void {
    modules.set(file, module);
    texts.set(module.file, text);
    names.set(module.file, file);
    inner.set(file, module.file);
  }

  /** A file with edits that are only weighed: parsed anew, with the types that were known before. */
  function lowerEdited(module: ModuleIr, text: string, edits: readonly TextEdit[]): { readonly module: ModuleIr; readonly text: string } {
    const edited = applyTextEdits(text, edits);
    const sourceFile = typescript.createSourceFile(module.file, edited, typescript.ScriptTarget.Latest, true);
    return { module: lowerModule(typescript, sourceFile, { oracle: carriedOracle(typescript, module, text, edits), names: catalog }), text: edited };
  }
}
