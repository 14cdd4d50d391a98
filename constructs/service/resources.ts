import type { App, ServiceProcess } from '../../lib/model/app.js';
import type { JsonObject } from '../../lib/model/json.js';
import type { Platform } from '../../lib/model/platform.js';
import type { Parameter, Resource } from '../../lib/model/template.js';
import type { Attachment } from '../ingress/resources.js';
import type { PlatformReferences } from '../platform-references.js';
import { filled, logicalId, mergeRaw, processPointer, rawNotable, ref, resource, tags } from '../resource.js';
import { taskDefinitionId } from '../task-definition/resources.js';
import { deploymentConfiguration, zoneRebalancing } from './deployment.js';
import { awsvpcConfiguration, capacityStrategy } from './network.js';
import { placementStrategies, serviceConstraints } from './placement.js';

export const serviceId = (process: string): string => `${logicalId(process)}Service`;

const restartId = (process: string): string => `${logicalId(process)}Restart`;

/** A process without load balancers. */
const UNATTACHED: Attachment = { loadBalancers: [], dependsOn: [], deployment: {} };

/** The stack parameter that restarts a process: a new value is a new deployment of the same definition. ECS takes no empty nonce. */
export const restartParameter = (process: string): Parameter => ({
  id: restartId(process),
  type: 'String',
  default: 'none',
  description: `A new value restarts ${process}`,
});

/** The service that keeps a process running. */
export function serviceResources(
  app: App,
  platform: Platform,
  references: PlatformReferences,
  process: ServiceProcess,
  attachment: Attachment = UNATTACHED,
): Resource[] {
  const pointer = processPointer(process.name);
  const properties = mergeRaw(serviceProperties(app, platform, references, process, attachment), process.raw.service);
  return [
    resource({
      id: serviceId(process.name),
      type: 'AWS::ECS::Service',
      properties,
      dependsOn: attachment.dependsOn,
      from: [pointer],
      notable: {
        ...('DesiredCount' in properties
          ? { DesiredCount: app.maintenance.kind === 'given' ? '/maintenance' : `${pointer}/count` }
          : {}),
        CapacityProviderStrategy: `${pointer}/capacity`,
        DeploymentConfiguration: `${pointer}/deployment`,
        EnableExecuteCommand: `${pointer}/exec`,
        ...('HealthCheckGracePeriodSeconds' in properties ? { HealthCheckGracePeriodSeconds: `${pointer}/graceSeconds` } : {}),
        ...rawNotable(process.raw.service, `${pointer}/raw/service`),
      },
    }),
  ];
}

function serviceProperties(
  app: App,
  platform: Platform,
  references: PlatformReferences,
  process: ServiceProcess,
  { loadBalancers, deployment }: Attachment,
): JsonObject {
  return filled({
    Cluster: references.clusterName(),
    TaskDefinition: ref(taskDefinitionId(process.name)),
    DesiredCount: desiredCount(app, process),
    CapacityProviderStrategy: capacityStrategy(process.capacity, references),
    NetworkConfiguration: awsvpcConfiguration(platform, references),
    LoadBalancers: loadBalancers,
    HealthCheckGracePeriodSeconds: loadBalancers.length === 0 ? undefined : process.graceSeconds,
    DeploymentConfiguration: deploymentConfiguration(process, platform, deployment),
    AvailabilityZoneRebalancing: zoneRebalancing(process),
    PlacementConstraints: serviceConstraints(process),
    PlacementStrategies: placementStrategies(process),
    EnableExecuteCommand: process.exec,
    EnableECSManagedTags: true,
    PropagateTags: 'SERVICE',
    ForceNewDeployment: { EnableForceNewDeployment: true, ForceNewDeploymentNonce: ref(restartId(process.name)) },
    Tags: tags(app, platform, process.name),
  });
}

/** Absent when autoscaled, so that a deploy never resets what autoscaling decided. In maintenance nothing runs. */
function desiredCount(app: App, { count }: ServiceProcess): number | undefined {
  if (app.maintenance.kind === 'given') return 0;
  return count.kind === 'fixed' ? count.tasks : undefined;
}
