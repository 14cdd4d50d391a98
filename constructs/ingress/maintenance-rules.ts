import type { App } from '../../lib/model/app.js';
import type { Platform } from '../../lib/model/platform.js';
import type { HttpProcess } from './exposed.js';
import { listenerId, listenersOf } from './listeners.js';
import { at, type IngressRule } from './rule.js';

/**
 * The 503 page in front: one rule per listener of the app's own balancers, or one beside each forwarding rule of a shared listener.
 * Their numbers are allotted also while there is no maintenance, so that switching it on needs no new line in the ledger.
 */
export function maintenanceRules(
  app: App,
  platform: Platform,
  processes: readonly HttpProcess[],
  forwarding: readonly IngressRule[],
): IngressRule[] {
  const shape = {
    rank: 'maintenance' as const,
    action: { kind: 'maintenance' as const },
    active: app.maintenance.kind === 'given',
  };
  if (platform.loadBalancers === 'shared') {
    return forwarding
      .filter(({ action, condition }) => action.kind === 'forward' && !condition.test)
      .map((rule) => ({ ...rule, ...shape, id: `${rule.id}Maintenance`, from: ['/maintenance', ...rule.from] }));
  }
  return listenersOf(processes).map(({ scheme, port }) => ({
    ...shape,
    ...at(scheme, port),
    id: `${listenerId(scheme, port)}Maintenance`,
    process: undefined,
    condition: { hosts: [], test: false },
    from: ['/maintenance'],
  }));
}
