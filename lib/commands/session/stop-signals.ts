import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

type Listener = (error: Error) => void;

/**
 * What asks this process to end: signals, of which the first is for the task it runs and the second ends the process; and that nobody reads
 * its output any more, which is no reason to leave a task behind.
 */
export class StopSignals {
  private readonly controller = new AbortController();
  private first: (typeof SIGNALS)[number] | undefined;
  private closed = false;

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** 128+n, as a shell says it: Ctrl-C is 130; a closed pipe is 0. Undefined: there was nothing. */
  get code(): number | undefined {
    if (this.first !== undefined) return 128 + constants.signals[this.first];
    return this.closed ? 0 : undefined;
  }

  async during<T>(work: () => Promise<T>): Promise<T> {
    const { stdout } = process;
    const usual = stdout.listeners('error') as Listener[];
    for (const name of SIGNALS) process.on(name, this.heard);
    stdout.removeAllListeners('error');
    stdout.on('error', this.unread);
    try {
      return await work();
    } finally {
      for (const name of SIGNALS) process.off(name, this.heard);
      stdout.off('error', this.unread);
      for (const listener of usual) stdout.on('error', listener);
    }
  }

  private readonly heard = (name: NodeJS.Signals): void => {
    if (this.first !== undefined) process.exit(this.code);
    this.first = name as (typeof SIGNALS)[number];
    this.controller.abort();
  };

  private readonly unread = (error: NodeJS.ErrnoException): void => {
    if (error.code !== 'EPIPE') throw error;
    this.closed = true;
    this.controller.abort();
  };
}
