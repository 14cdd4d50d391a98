import { Failure } from '../../lib/failure.js';
import type { Windows } from '../../lib/model/windows.js';

/** What happens to one call of a process. */
export type Accident = 'killed before' | 'killed after' | 'answer lost';

const WRITES = new Set([
  'store.put',
  'store.remove',
  'stacks.createChangeSet',
  'stacks.executeChangeSet',
  'stacks.deleteChangeSet',
  'stacks.cancelUpdate',
  'stacks.continueRollback',
  'stacks.delete',
  'services.runTask',
  'services.stopTask',
  'registry.keep',
]);

export interface Watched {
  readonly windows: Windows;
  /** Writing calls in the order in which they were made. */
  readonly calls: readonly string[];
}

/** The outside of one process. At its writing call number `at` there is an accident; a killed process never does anything again. */
export function watchedWindows(real: Windows, at = -1, accident: Accident = 'killed before'): Watched {
  const calls: string[] = [];
  let dead = false;
  const never = () => new Promise<never>(() => undefined);
  const call = async (name: string, act: () => Promise<unknown>): Promise<unknown> => {
    if (dead) return never();
    if (!WRITES.has(name)) return act();
    const hit = calls.push(name) - 1 === at;
    if (!hit) return act();
    if (accident !== 'answer lost') dead = true;
    if (accident === 'killed before') return never();
    await act();
    if (accident === 'killed after') return never();
    throw new Failure(name, 'the connection was reset', 'try again', 'network');
  };
  const watched = <W extends object>(name: string, window: W): W =>
    new Proxy(window, {
      get: (target, key) => {
        const value = Reflect.get(target, key) as unknown;
        if (typeof value !== 'function' || key === 'url') return value;
        return (...values: unknown[]) => call(`${name}.${String(key)}`, () => value.apply(target, values) as Promise<unknown>);
      },
    });
  const { clock } = real;
  const windows: Windows = {
    ...real,
    stacks: watched('stacks', real.stacks),
    store: watched('store', real.store),
    services: watched('services', real.services),
    registry: watched('registry', real.registry),
    balancers: watched('balancers', real.balancers),
    logs: watched('logs', real.logs),
    parameters: watched('parameters', real.parameters),
    secrets: watched('secrets', real.secrets),
    certificates: watched('certificates', real.certificates),
    identity: watched('identity', real.identity),
    clock: { now: () => clock.now(), sleep: (ms, signal) => (dead ? never() : clock.sleep(ms, signal)) },
  };
  return { windows, calls };
}
