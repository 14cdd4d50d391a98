import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Failure } from '../failure.js';
import type { Given } from '../model/given.js';
import type { ForThread, Refusal } from './writing-thread.js';
import { writeWhenChanged } from './written-files.js';

/** To start a thread takes as long as to write so many files. */
const WRITTEN_AT_ONCE = 60;

/** Built beside this file, and beside the bundle that this file is in. */
const THREAD = join(__dirname, 'writing-thread.js');

interface Thread {
  readonly worker: Worker;
  /** How it ended, if not well. */
  readonly ended: Promise<Given<Error>>;
}

/** Writes files that changed: the first ones at once, and when there are many, the others while the program goes on. */
export class FileWriter {
  private files = 0;
  private thread: Thread | undefined;

  /** What the disk refuses is thrown here or by `done`. */
  write(path: string, text: string): void {
    this.files += 1;
    if (this.files <= WRITTEN_AT_ONCE) {
      writeWhenChanged(path, text);
      return;
    }
    this.thread ??= startThread();
    post(this.thread, { path, text });
  }

  /** Everything is written. */
  async done(): Promise<void> {
    if (this.thread === undefined) return;
    const { worker, ended } = this.thread;
    worker.ref();
    post(this.thread, 'end');
    const failed = await ended;
    if (failed.kind === 'given') throw failed.value;
  }
}

function startThread(): Thread {
  const worker = new Worker(THREAD, { execArgv: [] });
  const ended = new Promise<Given<Error>>((resolve) => {
    const fail = (value: Error): void => resolve({ kind: 'given', value });
    worker.once('error', fail);
    worker.once('message', ({ where, what, hint, code }: Refusal) => fail(new Failure(where, what, hint, code)));
    worker.once('exit', (code) => (code === 0 ? resolve({ kind: 'none' }) : fail(new Error(`the thread ended with ${code}`))));
  });
  worker.unref(); // A program that ends because of something else does not wait for the disk.
  return { worker, ended };
}

const post = ({ worker }: Thread, message: ForThread): void => worker.postMessage(message);
