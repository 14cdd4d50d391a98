import { Failure } from '../../lib/failure.js';
import type { Windows } from '../../lib/model/windows.js';

/** One call to the outside, as it was recorded. */
export interface Call {
  readonly index: number;
  /** `stacks.executeChangeSet`. */
  readonly name: string;
  /** The how manieth of this name: calls side by side may change places from run to run. */
  readonly turn: number;
  /** How many calls had to end, one after the other, before this one began, itself included. */
  readonly depth: number;
}

/** What can go wrong with a call. */
export const FAULTS = [
  'killed before it',
  'killed after it was sent',
  'its answer lost',
  'throttled',
  'answered 500',
  'credentials expired',
] as const;
export type Fault = (typeof FAULTS)[number];

/** The process is gone. Not a Failure: nothing of the program may handle it. */
export class Killed extends Error {}

/** Windows whose calls are recorded, one of which may fail. */
export class Outside {
  readonly calls: Call[] = [];
  private finished = 0;
  private dead: (() => Error) | undefined;
  private struck = false;

  /** `latency`: milliseconds that every answer takes at least, so that what is asked side by side also overlaps here. */
  constructor(
    private readonly plan: { readonly at: Call; readonly fault: Fault } | undefined = undefined,
    private readonly latency = 0,
  ) {}

  /** Whether the planned call was made, so that it failed. */
  get reached(): boolean {
    return this.struck;
  }

  wrap(windows: Windows): Windows {
    const wrapped = Object.fromEntries(
      Object.entries(namesOf(windows)).map(([name, window]) => [name, wrapOne(name, window, this)]),
    );
    return { ...wrapped, kind: windows.kind, clock: this.clock(windows.clock) } as unknown as Windows;
  }

  async call<T>(name: string, carryOut: () => Promise<T>): Promise<T> {
    if (this.dead !== undefined) throw this.dead();
    const turn = this.calls.filter((call) => call.name === name).length;
    const call = { index: this.calls.length, name, turn, depth: this.finished + 1 };
    this.calls.push(call);
    try {
      if (this.latency > 0) await new Promise((resolve) => setTimeout(resolve, this.latency));
      if (this.plan === undefined || this.plan.at.name !== name || this.plan.at.turn !== turn) return await carryOut();
      this.struck = true;
      return await this.fail(this.plan.fault, carryOut);
    } finally {
      this.finished = Math.max(this.finished, call.depth);
    }
  }

  private async fail<T>(fault: Fault, carryOut: () => Promise<T>): Promise<T> {
    switch (fault) {
      case 'killed before it':
        throw this.die(() => new Killed('killed'));
      case 'killed after it was sent':
        await carryOut();
        throw this.die(() => new Killed('killed'));
      case 'credentials expired':
        throw this.die(() => failure('the credentials have expired', 'credentials-expired'));
      case 'its answer lost':
        await carryOut();
        throw failure('the connection was lost before the answer came', 'network');
      case 'throttled':
        throw failure('too many requests', 'throttled');
      case 'answered 500':
        throw failure('the service answered 500', 'outside-broken');
    }
  }

  private die(error: () => Error): Error {
    this.dead = error;
    return error();
  }

  private clock(clock: Windows['clock']): Windows['clock'] {
    return {
      now: () => clock.now(),
      sleep: async (milliseconds, signal) => {
        if (this.dead?.() instanceof Killed) throw this.dead();
        await clock.sleep(milliseconds, signal);
        if (this.dead?.() instanceof Killed) throw this.dead();
      },
    };
  }
}

const failure = (what: string, code: string): Failure => new Failure('AWS', what, 'try again', code);

/** The windows that reach outside: all but the clock. */
function namesOf(windows: Windows): Record<string, object> {
  const { identity, stacks, store, registry, services, balancers, logs, parameters, secrets, certificates } = windows;
  return { identity, stacks, store, registry, services, balancers, logs, parameters, secrets, certificates };
}

/** `store.url` asks nobody; everything else is a call. */
function wrapOne(name: string, window: object, outside: Outside): object {
  return new Proxy(window, {
    get(target, method, receiver) {
      const value = Reflect.get(target, method, receiver) as unknown;
      if (typeof value !== 'function' || method === 'url') return value;
      return (...words: unknown[]) =>
        outside.call(`${name}.${String(method)}`, () => Reflect.apply(value, target, words) as Promise<unknown>);
    },
  });
}
