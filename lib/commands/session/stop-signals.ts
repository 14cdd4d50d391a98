import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Signals that ask this process to end: the first one is for the task it runs, the second ends the process. */
export class StopSignals {
  private readonly controller = new AbortController();
  private first: (typeof SIGNALS)[number] | undefined;

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** 128+n, as a shell says it: Ctrl-C is 130. Undefined: there was none. */
  get code(): number | undefined {
    return this.first === undefined ? undefined : 128 + constants.signals[this.first];
  }

  async during<T>(work: () => Promise<T>): Promise<T> {
    for (const name of SIGNALS) process.on(name, this.heard);
    try {
      return await work();
    } finally {
      for (const name of SIGNALS) process.off(name, this.heard);
    }
  }

  private readonly heard = (name: NodeJS.Signals): void => {
    if (this.code !== undefined) process.exit(this.code);
    this.first = name as (typeof SIGNALS)[number];
    this.controller.abort();
  };
}
