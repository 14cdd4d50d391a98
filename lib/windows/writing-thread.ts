import { parentPort } from 'node:worker_threads';
import { Failure } from '../failure.js';
import { writeWhenChanged } from './written-files.js';

/** One file for the thread; `end` after the last one. */
export type ForThread = { readonly path: string; readonly text: string } | 'end';

/** Why a file could not be written: a `Failure` as it passes between threads. */
export type Refusal = Pick<Failure, 'where' | 'what' | 'hint' | 'code'>;

/** What `FileWriter` starts as a thread: it writes what it is given, and stops at the first file that it cannot write. */
parentPort?.on('message', (next: ForThread) => {
  if (next === 'end') {
    parentPort?.close();
    return;
  }
  try {
    writeWhenChanged(next.path, next.text);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { where, what, hint, code } = error;
    parentPort?.postMessage({ where, what, hint, code } satisfies Refusal);
    parentPort?.close();
  }
});
