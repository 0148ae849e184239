/** Says when something happens in folders. What happened is not said: events of file systems are hints, and whoever asks looks at the files. */
import { watch, type FSWatcher } from 'node:fs';

export interface FolderWatcher {
  /** The folders to watch from now on, not what is below them. Those that cannot be watched are left out. */
  follow(folders: ReadonlySet<string>): void;
  /** Waits until something happened since the last call, and then until it is over; false when watching has ended. */
  changed(): Promise<boolean>;
}

/** An editor saves in several steps, a checkout writes many files. */
const quietMilliseconds = 25;

export function watchFolders(): FolderWatcher {
  const watchers = new Map<string, FSWatcher>();
  let happened = false;
  let wake: (() => void) | null = null;
  let timer: NodeJS.Timeout | null = null;

  function note(): void {
    happened = true;
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => wake?.(), quietMilliseconds);
  }

  function add(folder: string): void {
    try {
      const watcher = watch(folder, note);
      watchers.set(folder, watcher);
      watcher.on('error', () => {
        watcher.close();
        watchers.delete(folder);
        note();
      });
    } catch {
      // It is gone; the folder that held it says so.
    }
  }

  return {
    follow(folders) {
      for (const [folder, watcher] of watchers) {
        if (folders.has(folder)) continue;
        watcher.close();
        watchers.delete(folder);
      }
      for (const folder of folders) if (!watchers.has(folder)) add(folder);
    },
    changed: () => new Promise((resolve) => {
      wake = () => {
        wake = null;
        happened = false;
        resolve(true);
      };
      // What happened while nobody waited is waited for like the rest.
      if (happened) note();
    }),
  };
}
