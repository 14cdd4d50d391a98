import type { Given } from '../model/given.js';
import type { AdoptedBalancer, Ground } from '../model/ground.js';
import type { Origins } from '../model/problem.js';
import { renderColumns } from './columns.js';
import { originOf, renderOrigin } from './resolved-app.js';

/** How each key of the platform file reads after everything was resolved; empty: it is not set. */
const SETTINGS: Readonly<Record<string, (ground: Ground) => string>> = {
  REGION: ({ platform }) => text(platform.region),
  ACCOUNT: ({ platform }) => text(platform.account),
  PREFIX: ({ platform }) => platform.prefix,
  ZONE: ({ platform }) => platform.zone,
  VPC_CIDR: ({ platform }) => platform.network.cidr,
  VPC_ID: ({ platform: { network } }) => (network.kind === 'existing' ? network.vpcId : ''),
  PUBLIC_SUBNETS: ({ platform: { network } }) => (network.kind === 'existing' ? network.publicSubnets.join(',') : ''),
  PRIVATE_SUBNETS: ({ platform: { network } }) => (network.kind === 'existing' ? network.privateSubnets.join(',') : ''),
  NAT: ({ platform }) => (platform.network.kind === 'made' ? platform.nat : ''),
  CAPACITY: ({ platform }) => platform.capacity,
  ARCH: ({ platform }) => platform.arch,
  INSTANCE_TYPE: (ground) => hosts(ground, ground.platform.instanceType),
  MIN_SIZE: (ground) => hosts(ground, String(ground.platform.minSize)),
  MAX_SIZE: (ground) => hosts(ground, String(ground.platform.maxSize)),
  LOAD_BALANCERS: ({ platform }) => platform.loadBalancers,
  PUBLIC_ZONES: ({ platform }) => platform.publicZones.map(({ name, id }) => `${name}=${id}`).join(','),
  LOG_RETENTION_DAYS: ({ platform }) => String(platform.logRetentionDays),
  EARLY_SUCCESS: ({ platform }) => String(platform.earlySuccess),
  PERMISSIONS_BOUNDARY: ({ platform }) => text(platform.permissionsBoundary),
  TAGS: ({ platform }) => platform.tags.map(({ key, value }) => `${key}=${value}`).join(','),
  AVAILABILITY_ZONES: ({ platform, availabilityZones }) => (platform.network.kind === 'made' ? String(availabilityZones) : ''),
  INTERFACE_ENDPOINTS: ({ interfaceEndpoints }) => String(interfaceEndpoints),
  CONTAINER_INSIGHTS: ({ cluster, containerInsights }) => (cluster.kind === 'none' ? String(containerInsights) : ''),
  CLUSTER: ({ cluster }) => text(cluster),
  CAPACITY_PROVIDER: ({ capacityProvider }) => text(capacityProvider),
  ZONE_ID: ({ zoneId }) => text(zoneId),
  APP_TASKS_GROUP: ({ appTasksGroup }) => text(appTasksGroup),
  ...balancerSettings('INTERNAL', ({ internalBalancer }) => internalBalancer),
  ...balancerSettings('PUBLIC', ({ publicBalancer }) => publicBalancer),
  CERTIFICATE: ({ certificate }) => text(certificate),
  RELEASES_BUCKET: ({ platform }) => text(platform.bucket),
  GITHUB_REPOSITORY: ({ github }) => (github.kind === 'given' ? github.value.repository : ''),
  GITHUB_BRANCH: ({ github }) => (github.kind === 'given' ? github.value.branch : ''),
  GITHUB_PROVIDER: ({ github }) => (github.kind === 'given' ? text(github.value.provider) : ''),
};

const text = (value: Given<string>): string => (value.kind === 'given' ? value.value : '');

/** Keys of instances say nothing where there are none of ours. */
const hosts = ({ platform, capacityProvider }: Ground, value: string): string =>
  platform.capacity === 'ec2' && capacityProvider.kind === 'none' ? value : '';

function balancerSettings(scheme: string, of: (ground: Ground) => Given<AdoptedBalancer>): typeof SETTINGS {
  const read = (part: (balancer: AdoptedBalancer) => string) => (ground: Ground) => {
    const balancer = of(ground);
    return balancer.kind === 'given' ? part(balancer.value) : '';
  };
  return {
    [`${scheme}_LISTENERS`]: read(({ listeners }) =>
      Object.entries(listeners)
        .map(([port, arn]) => `${port}=${arn}`)
        .join(','),
    ),
    [`${scheme}_BALANCER_DNS`]: read(({ dnsName }) => dnsName),
    [`${scheme}_BALANCER_ZONE`]: read(({ zoneId }) => zoneId),
    [`${scheme}_BALANCER_GROUP`]: read(({ securityGroup }) => securityGroup),
  };
}

/** Every key with its value and where that comes from. */
export function renderPlatformSettings(ground: Ground, origins: Origins): string {
  return renderColumns(
    Object.entries(SETTINGS).map(([key, read]) => [key, read(ground) || '–', renderOrigin(originOf(`/${key}`, origins))]),
  );
}

/** The same for programs: null where a key is not set. */
export function platformSettingsJson(ground: Ground, origins: Origins): object {
  return Object.fromEntries(
    Object.entries(SETTINGS).map(([key, read]) => [
      key,
      { value: read(ground) || null, origin: renderOrigin(originOf(`/${key}`, origins)) },
    ]),
  );
}

/** Keys that can be shown. */
export const SHOWN_KEYS: readonly string[] = Object.keys(SETTINGS);
