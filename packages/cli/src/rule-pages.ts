/** The pages of the rules (`rules/<id>/README.md`), found beside the installed @scrimp/rules. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Markdown of the page; null when the package does not carry it. */
export function rulePage(id: string): string | null {
  const folder = rulesFolder();
  if (folder === null || !/^[a-z0-9-]+$/.test(id)) return null;
  const page = join(folder, id, 'README.md');
  return existsSync(page) ? withoutComments(readFileSync(page, 'utf8')) : null;
}

/** The page's comments are for its generator. */
function withoutComments(markdown: string): string {
  return `${markdown.replace(/<!--[\s\S]*?-->\n*/g, '').trim()}\n`;
}

/** The folder of the package, whose entry lies in it or in its `dist`. */
function rulesFolder(): string | null {
  const entry = rulesEntry();
  if (entry === null) return null;
  let folder = dirname(entry);
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) return null;
    folder = parent;
  }
  return folder;
}

/** Null in a checkout that is not built, where the entry does not exist yet. */
function rulesEntry(): string | null {
  try {
    return createRequire(import.meta.url).resolve('@scrimp/rules');
  } catch {
    return null;
  }
}
