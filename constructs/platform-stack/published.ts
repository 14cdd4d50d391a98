import type { Ground } from '../../lib/model/ground.js';
import type { Json, JsonObject } from '../../lib/model/json.js';
import type { Resource } from '../../lib/model/template.js';
import { publishedBalancer } from './balancers.js';
import { clusterNameOf, instanceProvider } from './cluster.js';
import { appTasksGroupOf, zoneIdOf } from './names.js';
import { subnetIds, vpcId } from './network.js';
import { ground, groundTags } from './resource.js';

/** What apps read, by name; sorted. Append-only: an older release must still find what it asks for. */
export function publishedValues(input: Ground): (readonly [string, Json])[] {
  const { platform } = input;
  const [provider] = instanceProvider(input);
  const values: (readonly [string, Json])[] = [
    ['app-tasks-group', appTasksGroupOf(input)],
    ['cluster-name', clusterNameOf(input)],
    ['private-subnets', joined(subnetIds(input, 'Private'))],
    ['public-subnets', joined(subnetIds(input, 'Public'))],
    ['vpc-cidr', platform.network.cidr],
    ['vpc-id', vpcId(platform)],
    ['zone-id', zoneIdOf(input)],
    ...(provider === undefined ? [] : [['capacity-provider', provider] as const]),
    ...publishedBalancer(input, 'internal'),
    ...publishedBalancer(input, 'public'),
  ];
  return values.sort(([a], [b]) => (a < b ? -1 : 1));
}

const joined = (ids: readonly Json[]): Json =>
  ids.every((id) => typeof id === 'string') ? ids.join(',') : { 'Fn::Join': [',', ids] };

/** One SSM parameter for each. They are free, and templates need no account's ids. */
export function publishedParameters(input: Ground): Resource[] {
  const { prefix, environment } = input.platform;
  return publishedValues(input).map(([name, value]) =>
    ground({
      id: `Published${name
        .split('-')
        .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
        .join('')}`,
      type: 'AWS::SSM::Parameter',
      properties: {
        Name: `/${prefix}/${environment}/${name}`,
        Type: 'String',
        Value: value,
        Tags: Object.fromEntries(groundTags(input.platform).map(({ Key, Value }) => [Key, Value])) as JsonObject,
      },
      // Whoever reads the cluster's name must find its capacity there too.
      dependsOn: name === 'cluster-name' && input.cluster.kind === 'none' ? ['ClusterCapacity'] : [],
      key: 'PREFIX',
    }),
  );
}
