import type { Ground } from '../model/ground.js';
import { PRICES } from './prices.js';

/** One thing that costs by the month, whether it is used or not. */
export interface CostLine {
  readonly what: string;
  readonly count: number;
  /** US dollars a month. */
  readonly monthly: number;
}

export interface PlatformCost {
  readonly lines: readonly CostLine[];
  /** US dollars a month. */
  readonly total: number;
  readonly region: string;
  readonly pricesOf: string;
  /** What the sum does not know. */
  readonly assumptions: readonly string[];
}

const HOURS = PRICES.hoursPerMonth;
/** Interface endpoints for ECR (two), Logs, Secrets Manager and SSM (two). */
const ENDPOINTS = 6;
/** GiB of a host's disk. */
const DISK = 50;

/** What the platform costs before any app is on it. */
export function estimatePlatform(ground: Ground): PlatformCost {
  const lines = [...networkLines(ground), ...balancerLines(ground), ...hostLines(ground), ...zoneLines(ground)];
  return {
    lines,
    total: lines.reduce((sum, { monthly }) => sum + monthly, 0),
    region: PRICES.region,
    pricesOf: PRICES.asOf,
    assumptions: assumptionsOf(ground),
  };
}

const line = (what: string, count: number, each: number): CostLine => ({ what, count, monthly: count * each });

function networkLines({ platform, availabilityZones, interfaceEndpoints }: Ground): CostLine[] {
  const made = platform.network.kind === 'made';
  const zones = platform.network.kind === 'made' ? availabilityZones : platform.network.privateSubnets.length;
  const gateways = !made || platform.nat === 'none' ? 0 : platform.nat === 'one' ? 1 : availabilityZones;
  return [
    ...(gateways === 0
      ? []
      : [line('NAT gateway, with its address', gateways, (PRICES.natGatewayHour + PRICES.publicAddressHour) * HOURS)]),
    ...(interfaceEndpoints ? [line('interface endpoint in a zone', ENDPOINTS * zones, PRICES.endpointHour * HOURS)] : []),
  ];
}

function balancerLines({ platform, availabilityZones, internalBalancer, publicBalancer }: Ground): CostLine[] {
  if (platform.loadBalancers !== 'shared') return [];
  const zones = platform.network.kind === 'made' ? availabilityZones : platform.network.publicSubnets.length;
  const made = [internalBalancer, publicBalancer].filter(({ kind }) => kind === 'none').length;
  return [
    ...(made === 0 ? [] : [line('shared load balancer', made, PRICES.balancer.http.hour * HOURS)]),
    ...(publicBalancer.kind === 'none' ? [line('public address of it', zones, PRICES.publicAddressHour * HOURS)] : []),
  ];
}

/** The fewest instances; how many there are beside them is up to the apps. */
function hostLines({ platform, capacityProvider }: Ground): CostLine[] {
  if (platform.capacity !== 'ec2' || capacityProvider.kind === 'given' || platform.minSize === 0) return [];
  const price = PRICES.instance[platform.instanceType];
  if (price === undefined) return [];
  return [line(`${platform.instanceType} with its disk`, platform.minSize, price.hour * HOURS + DISK * PRICES.diskGigabyteMonth)];
}

const zoneLines = ({ zoneId }: Ground): CostLine[] =>
  zoneId.kind === 'none' ? [line('private hosted zone', 1, PRICES.zoneMonth)] : [];

/** What something that is paid by the hour costs in a month. */
const monthly = (hour: number): string => (hour * HOURS).toFixed(2);

function assumptionsOf(ground: Ground): string[] {
  const { platform } = ground;
  return [
    'traffic, logs, metrics and storage come on top, and so do the tasks of the apps',
    ...(platform.loadBalancers === 'per-app'
      ? [`each app with a port has load balancers of its own: $${monthly(PRICES.balancer.http.hour)} a month each`]
      : []),
    ...(platform.nat === 'none' && platform.network.kind === 'made'
      ? [`each task has a public address: $${monthly(PRICES.publicAddressHour)} a month each`]
      : []),
    ...hostAssumptions(ground),
  ];
}

function hostAssumptions({ platform, capacityProvider }: Ground): string[] {
  if (platform.capacity !== 'ec2' || capacityProvider.kind === 'given') return [];
  const price = PRICES.instance[platform.instanceType];
  if (price === undefined) return [`the price of \`${platform.instanceType}\` is not in the table, so instances are not counted`];
  return [
    `the fewest instances (${platform.minSize}); each runs at most ${price.cards - 1} tasks unless the account has \`awsvpcTrunking\` on`,
  ];
}
