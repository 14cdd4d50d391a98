import type { Clock } from '../model/windows.js';

interface Waiter {
  readonly at: number;
  readonly order: number;
  readonly wake: () => void;
}

/**
 * A clock of simulated time. With the speed Infinity nobody really waits: whoever wakes first is next, so that any number of
 * concurrent activities interleave in the same order every time. Otherwise a second takes 1/speed of a real one.
 */
export class RehearsalClock implements Clock {
  private readonly waiters: Waiter[] = [];
  private order = 0;
  private scheduled = false;

  constructor(
    private current: number,
    private readonly speed: number,
  ) {}

  now(): number {
    return this.current;
  }

  /** Simulated time never runs backwards. */
  moveTo(time: number): void {
    this.current = Math.max(this.current, time);
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.resolve();
    const duration = Math.max(0, milliseconds);
    return this.speed === Number.POSITIVE_INFINITY ? this.queue(duration, signal) : this.wait(duration, signal);
  }

  private wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
    const end = this.current + milliseconds;
    return new Promise((resolve) => {
      const aborted = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', aborted);
        this.moveTo(end);
        resolve();
      }, milliseconds / this.speed);
      signal?.addEventListener('abort', aborted, { once: true });
    });
  }

  private queue(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const waiter: Waiter = { at: this.current + milliseconds, order: this.order++, wake };
      const { waiters } = this;
      function aborted(): void {
        waiters.splice(waiters.indexOf(waiter), 1);
        resolve();
      }
      function wake(): void {
        signal?.removeEventListener('abort', aborted);
        resolve();
      }
      signal?.addEventListener('abort', aborted, { once: true });
      waiters.push(waiter);
      this.schedule();
    });
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.wakeNext();
    });
  }

  /** One at a time: what the woken one does comes before the next one wakes. */
  private wakeNext(): void {
    const next = this.waiters.reduce<Waiter | undefined>(earlier, undefined);
    if (next === undefined) return;
    this.waiters.splice(this.waiters.indexOf(next), 1);
    this.moveTo(next.at);
    next.wake();
    if (this.waiters.length > 0) this.schedule();
  }
}

function earlier(first: Waiter | undefined, second: Waiter): Waiter {
  if (first === undefined) return second;
  return second.at < first.at || (second.at === first.at && second.order < first.order) ? second : first;
}
