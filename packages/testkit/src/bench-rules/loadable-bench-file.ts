/**
 * Turns a bench file into JavaScript that any supported Node loads, and takes it away afterwards.
 *
 * The text is written into the nearest `node_modules/.scrimp-bench`, the way Vite loads its configuration:
 * the library under test resolves as it does from the source, Git ignores the folder, and a crash leaves nothing in the tree.
 * A loader hook would run the compiler inside the measured process.
 */
import { existsSync, mkdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { benchFileModule } from '@scrimp/bench';
import ts from 'typescript';

export interface LoadableBenchFile {
  /** The JavaScript, an absolute path. */
  readonly path: string;
  readonly remove: () => void;
}

/** Gives a problem for a file that does not parse, that imports a neighbor, or that has no `node_modules` above it. */
export function makeLoadable(benchPath: string): { loadable?: LoadableBenchFile; problems: readonly string[] } {
  const source = readFileSync(benchPath, 'utf8');
  const neighbors = ts.preProcessFile(source).importedFiles.filter((imported) => imported.fileName.startsWith('.'));
  if (neighbors.length > 0) {
    return { problems: neighbors.map((neighbor) => `${benchPath} imports ${neighbor.fileName}; a bench file may import only @scrimp/bench and the library under test`) };
  }
  const { outputText, diagnostics = [] } = ts.transpileModule(source, {
    fileName: benchPath,
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true },
    transformers: { before: [redirectBenchModule] },
  });
  if (diagnostics.length > 0) {
    return { problems: diagnostics.map((diagnostic) => `${benchPath} does not parse: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ')}`) };
  }
  const modulesFolder = nearestModulesFolder(dirname(benchPath));
  if (modulesFolder === undefined) return { problems: [`there is no node_modules above ${benchPath}; install the workspace first (pnpm install)`] };
  const folder = join(modulesFolder, '.scrimp-bench');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${process.pid}-${written++}.mjs`);
  writeFileSync(path, outputText);
  return { loadable: { path, remove: () => removeWithEmptyFolder(path) }, problems: [] };
}

/** Distinguishes the files of one process. */
let written = 0;

/** The measured process needs `defineBench` and nothing else of the meter, and needs it without a build. */
const redirectBenchModule: ts.TransformerFactory<ts.SourceFile> = ({ factory }) => (sourceFile) => {
  const statements = sourceFile.statements.map((statement) => {
    if (!ts.isImportDeclaration(statement)) return statement;
    const importsBench = ts.isStringLiteral(statement.moduleSpecifier) && statement.moduleSpecifier.text === '@scrimp/bench';
    if (!importsBench) return statement;
    const redirected = factory.createStringLiteral(pathToFileURL(benchFileModule).href);
    return factory.updateImportDeclaration(statement, statement.modifiers, statement.importClause, redirected, statement.attributes);
  });
  return factory.updateSourceFile(sourceFile, statements);
};

function nearestModulesFolder(folder: string): string | undefined {
  const candidate = join(folder, 'node_modules');
  if (existsSync(candidate)) return candidate;
  const parent = dirname(folder);
  return parent === folder ? undefined : nearestModulesFolder(parent);
}

function removeWithEmptyFolder(path: string): void {
  rmSync(path, { force: true });
  try {
    rmdirSync(dirname(path));
  } catch {
    // Another run still has files there, and takes the folder away when it ends.
  }
}
