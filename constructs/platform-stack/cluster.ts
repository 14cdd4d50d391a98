import type { Ground } from '../../lib/model/ground.js';
import type { Json, JsonObject } from '../../lib/model/json.js';
import type { Resource } from '../../lib/model/template.js';
import { arnOf, getAtt, ref } from '../resource.js';
import { ground, groundTags } from './resource.js';

/** The cluster and what runs its tasks; only the capacity when an existing cluster is used. */
export function clusterResources(input: Ground): Resource[] {
  if (input.cluster.kind === 'given') return [];
  const { platform } = input;
  return [
    ground({
      id: 'Cluster',
      type: 'AWS::ECS::Cluster',
      properties: {
        ClusterSettings: [{ Name: 'containerInsights', Value: input.containerInsights ? 'enabled' : 'disabled' }],
        // DEFAULT: sessions of `empire exec` are logged where the container logs.
        Configuration: { ExecuteCommandConfiguration: { Logging: 'DEFAULT' } },
        Tags: groundTags(platform),
      },
      key: 'CONTAINER_INSIGHTS',
    }),
    ground({
      id: 'ClusterCapacity',
      type: 'AWS::ECS::ClusterCapacityProviderAssociations',
      properties: {
        Cluster: ref('Cluster'),
        CapacityProviders: ['FARGATE', 'FARGATE_SPOT', ...instanceProvider(input)],
        DefaultCapacityProviderStrategy: [defaultStrategy(input)],
      },
      key: 'CAPACITY',
    }),
  ];
}

/** The provider with instances: the existing one, or ours. */
export function instanceProvider({ platform, capacityProvider }: Ground): Json[] {
  if (capacityProvider.kind === 'given') return [capacityProvider.value];
  return platform.capacity === 'ec2' ? [ref('CapacityProvider')] : [];
}

function defaultStrategy(input: Ground): JsonObject {
  const [instances] = instanceProvider(input);
  const { capacity } = input.platform;
  const provider = capacity === 'ec2' && instances !== undefined ? instances : capacity === 'spot' ? 'FARGATE_SPOT' : 'FARGATE';
  return { CapacityProvider: provider, Weight: 1 };
}

export const clusterNameOf = ({ cluster }: Ground): Json => (cluster.kind === 'given' ? cluster.value : ref('Cluster'));

export const clusterArnOf = ({ cluster }: Ground): Json =>
  cluster.kind === 'given' ? arnOf('ecs', `cluster/${cluster.value}`) : getAtt('Cluster', 'Arn');
