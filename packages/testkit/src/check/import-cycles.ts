// Owns the search for value-import cycles: among modules, and among packages (which can form a cycle although no modules do).
// Type-only imports are left out, since nothing of them is loaded at run time; dynamic imports count, so that laziness hides no cycle.
import { findImportStatements } from './import-statements.js';
import { resolveImport } from './module-resolution.js';
import type { OwnEntryPoints } from './module-resolution.js';
import { isTestModule } from './source-module.js';
import type { SourceModule } from './source-module.js';

/** Node name to the names it leads to. */
export type ImportGraph = ReadonlyMap<string, ReadonlySet<string>>;

/** Value imports between the given modules; tests are left out, since nothing imports them. */
export function buildModuleGraph(modules: readonly SourceModule[], entryPoints: OwnEntryPoints): ImportGraph {
  const graph = new Map<string, Set<string>>();
  for (const module of modules) {
    if (!isTestModule(module.path)) graph.set(module.path, new Set());
  }
  for (const module of modules) {
    for (const { specifier, kind } of findImportStatements(module)) {
      const target = resolveImport(module.path, specifier, entryPoints);
      if (kind === 'value' && target.kind === 'own' && graph.has(target.path)) graph.get(module.path)?.add(target.path);
    }
  }
  return graph;
}

/** The same graph with modules merged by package; a package's imports of itself are left out. */
export function mergeByPackage(graph: ImportGraph, packageOf: (path: string) => string): ImportGraph {
  const merged = new Map<string, Set<string>>();
  for (const [path, targets] of graph) {
    const from = packageOf(path);
    const imports = merged.get(from) ?? new Set<string>();
    merged.set(from, imports);
    for (const target of targets) {
      if (packageOf(target) !== from) imports.add(packageOf(target));
    }
  }
  return merged;
}

/** One shortest cycle through the first node of each knot, as the names along it; empty when there are none. */
export function findImportCycles(graph: ImportGraph): string[][] {
  const cycles: string[][] = [];
  const reported = new Set<string>();
  for (const start of graph.keys()) {
    if (reported.has(start)) continue;
    const cycle = shortestWayBack(graph, start);
    if (cycle === null) continue;
    cycles.push(cycle);
    for (const name of cycle) reported.add(name);
  }
  return cycles;
}

/** Breadth-first search from a node to itself. */
function shortestWayBack(graph: ImportGraph, start: string): string[] | null {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (const node of queue) {
    for (const next of graph.get(node) ?? []) {
      if (next === start) return wayFrom(cameFrom, start, node);
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, node);
      queue.push(next);
    }
  }
  return null;
}

function wayFrom(cameFrom: ReadonlyMap<string, string>, start: string, last: string): string[] {
  const way: string[] = [];
  for (let node: string | undefined = last; node !== undefined && node !== start; node = cameFrom.get(node)) way.unshift(node);
  return [start, ...way];
}
