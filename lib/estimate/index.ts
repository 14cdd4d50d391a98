import type { App } from '../model/app.js';
import type { AppCost, CostAssumptions, CostLine, Estimate, PriceTable } from '../model/cost.js';
import type { Ground } from '../model/ground.js';
import type { Platform } from '../model/platform.js';
import { balancerLines } from './balancers.js';
import { scaled, sum } from './span.js';
import { taskLine } from './tasks.js';

export { PRICES } from './prices.js';

/** What apps cost in a month, from their directories alone. The ground they share is not in it: it costs the same without them. */
export function estimate(apps: readonly App[], ground: Below, prices: PriceTable, assumptions: CostAssumptions): Estimate {
  const { platform, availabilityZones } = ground;
  const zones = platform.network.kind === 'existing' ? platform.network.publicSubnets.length : availabilityZones;
  const costs = apps.map((app) => appCost(app, platform, prices, { ...assumptions, zones }));
  return { prices, assumptions, zones, apps: costs, total: sum(costs.map(({ total }) => total)) };
}

/** What an estimate asks of the ground that the apps stand on. */
type Below = Pick<Ground, 'platform' | 'availabilityZones'>;

/** The assumptions, and how many zones there are. */
export interface Circumstances extends CostAssumptions {
  readonly zones: number;
}

function appCost(app: App, platform: Platform, prices: PriceTable, circumstances: Circumstances): AppCost {
  const tasks = app.processes.flatMap((process) => taskLine(process, app, prices, circumstances));
  const paid = [...tasks.map(({ line }) => line), ...balancerLines(app, platform, prices, circumstances)];
  const running = sum(tasks.map(({ taskMonths }) => taskMonths));
  const waiting = sum(tasks.map(({ line, taskMonths }) => (line.of.kind === 'service' ? taskMonths : { min: 0, max: 0 })));
  const lines = [
    ...paid,
    ...(platform.nat === 'none' && waiting.max > 0
      ? [line({ kind: 'addresses', count: waiting }, scaled(waiting, prices.publicAddressHour * prices.hoursPerMonth))]
      : []),
    ...(running.max > 0
      ? [
          line(
            { kind: 'logs', gigabytes: scaled(running, circumstances.logGigabytes) },
            scaled(running, circumstances.logGigabytes * prices.logGigabyte),
          ),
        ]
      : []),
  ];
  return { app: app.name, maintenance: app.maintenance.kind === 'given', lines, total: sum(lines.map(({ dollars }) => dollars)) };
}

function line(of: CostLine['of'], dollars: CostLine['dollars']): CostLine {
  return { of, payer: 'app', dollars, dollarsPerTaskHour: 0, size: { cpu: 0, memoryMiB: 0 }, runsOn: '' };
}
