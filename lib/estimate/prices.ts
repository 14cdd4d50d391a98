import type { PriceTable } from '../model/cost.js';
import { INSTANCE_PRICES } from './instance-prices.js';

/**
 * List prices of us-east-1, Linux, on demand, for apps and the platform alike. The only place with prices: change the month with
 * them. The month is that of the price that was looked up the longest ago.
 *
 * @see https://aws.amazon.com/fargate/pricing/
 * @see https://aws.amazon.com/elasticloadbalancing/pricing/
 * @see https://aws.amazon.com/vpc/pricing/ NAT gateways, public IPv4 addresses
 * @see https://aws.amazon.com/privatelink/pricing/ interface endpoints
 * @see https://aws.amazon.com/route53/pricing/ hosted zones
 * @see https://aws.amazon.com/ebs/pricing/ disks of instances, gp3
 * @see https://aws.amazon.com/cloudwatch/pricing/ logs, ingestion
 */
export const PRICES: PriceTable = {
  region: 'us-east-1',
  asOf: '2025-06',
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
  natGatewayHour: 0.045,
  endpointHour: 0.01,
  zoneMonth: 0.5,
  diskGigabyteMonth: 0.08,
  instance: INSTANCE_PRICES,
  logGigabyte: 0.5,
  hoursPerMonth: 730,
};
