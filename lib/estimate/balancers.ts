import type { App, HttpExposure, ServiceProcess, TcpExposure } from '../model/app.js';
import type { CostLine, CostOf, PriceTable } from '../model/cost.js';
import type { Platform } from '../model/platform.js';
import type { Circumstances } from './index.js';
import { NOTHING } from './span.js';

type Exposure = HttpExposure | TcpExposure;

/** Every balancer of an app, and the addresses of the public ones. On shared balancers the platform pays. */
export function balancerLines(app: App, platform: Platform, prices: PriceTable, circumstances: Circumstances): CostLine[] {
  const exposures = app.processes
    .filter((process): process is ServiceProcess => process.kind === 'service')
    .flatMap(({ exposure }): Exposure[] => (exposure.kind === 'none' ? [] : [exposure]));
  const wanted = (['http', 'tcp'] as const).flatMap((balancer) => {
    const behind = exposures.filter(({ kind }) => kind === balancer);
    const isPublic = behind.some(({ domains }) => domains.length > 0);
    return [
      ...(behind.length > 0 ? [{ balancer, scheme: 'internal' as const }] : []),
      ...(isPublic ? [{ balancer, scheme: 'public' as const }] : []),
    ];
  });
  return wanted.flatMap(({ balancer, scheme }) => {
    const shared = balancer === 'http' && platform.loadBalancers === 'shared';
    const { hour, capacityUnitHour } = prices.balancer[balancer];
    const dollars = shared ? 0 : (hour + capacityUnitHour * circumstances.capacityUnits) * prices.hoursPerMonth;
    const own = line({ kind: 'balancer', scheme, balancer }, shared ? 'platform' : 'app', dollars);
    if (scheme === 'internal' || shared) return [own];
    const count = { min: circumstances.zones, max: circumstances.zones };
    return [own, line({ kind: 'addresses', count }, 'app', count.max * prices.publicAddressHour * prices.hoursPerMonth)];
  });
}

function line(of: CostOf, payer: CostLine['payer'], dollars: number): CostLine {
  const span = dollars === 0 ? NOTHING : { min: dollars, max: dollars };
  return { of, payer, dollars: span, dollarsPerTaskHour: 0, size: { cpu: 0, memoryMiB: 0 }, runsOn: '' };
}
