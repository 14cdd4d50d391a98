import type { PriceTable } from '../model/cost.js';

/**
 * List prices of us-east-1, Linux, on demand. The only place with prices: change the month with them.
 *
 * @see https://aws.amazon.com/fargate/pricing/
 * @see https://aws.amazon.com/elasticloadbalancing/pricing/
 * @see https://aws.amazon.com/vpc/pricing/ public IPv4 addresses
 * @see https://aws.amazon.com/cloudwatch/pricing/ logs, ingestion
 */
export const PRICES: PriceTable = {
  region: 'us-east-1',
  asOf: '2026-06',
  fargate: {
    x86_64: { vcpuHour: 0.04048, gigabyteHour: 0.004445 },
    arm64: { vcpuHour: 0.03238, gigabyteHour: 0.00356 },
  },
  spotShare: 0.3,
  ephemeralGigabyteHour: 0.000111,
  ephemeralIncludedGiB: 20,
  balancer: {
    http: { hour: 0.0225, capacityUnitHour: 0.008 },
    tcp: { hour: 0.0225, capacityUnitHour: 0.006 },
  },
  publicAddressHour: 0.005,
  logGigabyte: 0.5,
  hoursPerMonth: 730,
};
