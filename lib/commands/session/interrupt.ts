/**
 * Ctrl-C. While something is followed it only stops the following: what was submitted goes on. A second Ctrl-C ends the process at
 * once; nothing is lost by that either, since the release is in the bucket. Before anything was submitted, Ctrl-C is the
 * system's own and ends the process.
 */
export class Interrupt {
  private readonly controller = new AbortController();

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Listens while the work goes on. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    process.on('SIGINT', this.heard);
    try {
      return await work();
    } finally {
      process.off('SIGINT', this.heard);
    }
  }

  private readonly heard = (): void => {
    if (this.controller.signal.aborted) process.exit(130);
    this.controller.abort();
  };
}
