import type { App } from '../../lib/model/app.js';
import type { Platform } from '../../lib/model/platform.js';
import { logicalId, processPointer } from '../resource.js';
import { defaultProcess, type HttpProcess, httpProcesses, shiftsTraffic } from './exposed.js';
import { internalGroupId } from './groups.js';
import { maintenanceRules } from './maintenance-rules.js';
import { privateNames } from './names.js';
import { publicRules, shiftingPublicRules } from './public-rules.js';
import { at, type IngressRule, testRule } from './rule.js';

/**
 * Every rule of the app, on its own balancers or on the platform's, sorted by listener and id. The ledger and the template both ask
 * here, so that they cannot disagree.
 */
export function rulesOf(app: App, platform: Platform): IngressRule[] {
  const processes = httpProcesses(app);
  const forwarding = processes.flatMap((process) => [
    ...internalRules(app, platform, processes, process),
    ...(shiftsTraffic(process) ? shiftingPublicRules(process) : publicRules(process)),
  ]);
  const rules = [...forwarding, ...maintenanceRules(app, platform, processes, forwarding)];
  return rules.sort((a, b) => order(`${a.listener} ${a.id}`, `${b.listener} ${b.id}`));
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function internalRules(app: App, platform: Platform, all: readonly HttpProcess[], process: HttpProcess): IngressRule[] {
  const shared = platform.loadBalancers === 'shared';
  const shifts = shiftsTraffic(process);
  const word = logicalId(process.name);
  return process.exposure.ports.flatMap(({ balancer }) => {
    const isDefault = !shared && defaultProcess(all, balancer) === process;
    if (isDefault && !shifts) return [];
    const rule: IngressRule = {
      ...at('internal', balancer),
      id: `${word}${shifts ? 'ProductionRule' : 'Rule'}${balancer}`,
      rank: isDefault ? 'catch-all' : 'exact',
      process: process.name,
      condition: { hosts: isDefault ? [] : privateNames(process.name, app.name, platform.zone), test: false },
      action: { kind: 'forward', group: internalGroupId(process, balancer), shifts },
      from: [processPointer(process.name, 'exposure', 'ports')],
      active: true,
    };
    return shifts ? [rule, testRule(rule)] : [rule];
  });
}
