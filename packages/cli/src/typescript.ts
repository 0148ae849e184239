/**
 * The TypeScript that audits parse and check with. It is required and not imported: as an import, all nine megabytes of it would be read
 * a second time to find the names of its exports. ts-morph brings a copy of its own, which only rewriting and `analyzeProject` load.
 */
import { createRequire } from 'node:module';
import type typescript from 'typescript';

const require = createRequire(import.meta.url);

const loaded: unknown = require('typescript');

export const ts = loaded as typeof typescript;
