import type { Ground } from '../../lib/model/ground.js';
import type { Output, Template } from '../../lib/model/template.js';
import { getAtt, stackName } from '../resource.js';
import { balancerResources } from './balancers.js';
import { bucketResources, releasesBucket } from './bucket.js';
import { ciResources } from './ci-roles.js';
import { clusterNameOf, clusterResources } from './cluster.js';
import { endpointResources } from './endpoints.js';
import { instanceParameters, instanceResources } from './instances.js';
import { nameResources, zoneIdOf } from './names.js';
import { networkResources, vpcId } from './network.js';
import { publishedParameters } from './published.js';

/** The shared ground of one environment, in emission order. Pure: the same settings give the same bytes. */
export function platformStackResources(input: Ground): Template {
  const { platform } = input;
  return {
    stackName: stackName(platform, 'platform'),
    description: `Platform of ${platform.environment}, by Empire`,
    parameters: instanceParameters(input),
    resources: [
      ...networkResources(input),
      ...endpointResources(input),
      ...nameResources(input),
      ...clusterResources(input),
      ...instanceResources(input),
      ...balancerResources(input),
      ...bucketResources(input),
      ...publishedParameters(input),
      ...ciResources(input),
    ],
    outputs: outputsOf(input),
  };
}

function outputsOf(input: Ground): Output[] {
  return [
    { id: 'Vpc', value: vpcId(input.platform), description: 'VPC' },
    { id: 'Cluster', value: clusterNameOf(input), description: 'ECS cluster' },
    { id: 'Zone', value: zoneIdOf(input), description: 'Private hosted zone' },
    { id: 'Releases', value: releasesBucket(input), description: 'Bucket of releases' },
    ...(input.github.kind === 'none'
      ? []
      : [
          { id: 'CiPlanRole', value: getAtt('CiPlanRole', 'Arn'), description: 'Role of pull requests in GitHub Actions' },
          { id: 'CiDeployRole', value: getAtt('CiDeployRole', 'Arn'), description: 'Role of deploys in GitHub Actions' },
        ]),
  ];
}
