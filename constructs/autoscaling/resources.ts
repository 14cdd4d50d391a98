import type { App, Autoscale, Count, ServiceProcess } from '../../lib/model/app.js';
import type { Json, JsonObject } from '../../lib/model/json.js';
import type { Platform } from '../../lib/model/platform.js';
import type { Resource } from '../../lib/model/template.js';
import type { Attachment } from '../ingress/resources.js';
import type { PlatformReferences } from '../platform-references.js';
import { filled, getAtt, logicalId, processPointer, ref, resource, sub, tags } from '../resource.js';
import { backlogPerTask, wakeResources } from './queue.js';
import { requestMetrics } from './requests.js';

type Range = Extract<Count, { kind: 'range' }>;

/** Out quickly, in slowly: seconds. */
const SCALE_OUT_COOLDOWN = 60;
const SCALE_IN_COOLDOWN = 300;

/** What a range in `scale` becomes: a scalable target and a policy for each figure that is tracked. */
export function autoscalingResources(
  app: App,
  platform: Platform,
  references: PlatformReferences,
  process: ServiceProcess,
  attachment: Attachment | undefined,
): Resource[] {
  const { count } = process;
  if (count.kind === 'fixed') return [];
  const service = `${logicalId(process.name)}Service`;
  const target = scalableTarget(app, platform, references, process, count, service);
  const policies = trackedFigures(platform, references, process, count.autoscale, attachment, service).map((figure) =>
    trackingPolicy(process, figure),
  );
  const { queue } = count.autoscale;
  const wakes = queue.kind === 'given' && lowest(count) === 0 && app.maintenance.kind === 'none';
  const wake = wakes ? wakeResources(app, platform, process, queue.value.name, references.clusterName(), service) : [];
  return [target, ...policies, ...wake];
}

const lowest = ({ min, autoscale }: Range): number => Math.min(min, ...autoscale.schedule.map((range) => range.min));

function scalableTarget(
  app: App,
  platform: Platform,
  references: PlatformReferences,
  process: ServiceProcess,
  { min, max, autoscale }: Range,
  service: string,
): Resource {
  const stopped = app.maintenance.kind === 'given';
  const pointer = processPointer(process.name, 'count');
  const resourceId = sub(`service/\${cluster}/\${service}`, {
    cluster: references.clusterName(),
    service: getAtt(service, 'Name'),
  });
  return resource({
    id: `${logicalId(process.name)}ScalableTarget`,
    type: 'AWS::ApplicationAutoScaling::ScalableTarget',
    properties: filled({
      MinCapacity: stopped ? 0 : min,
      MaxCapacity: stopped ? 0 : max,
      ResourceId: resourceId,
      ScalableDimension: 'ecs:service:DesiredCount',
      ServiceNamespace: 'ecs',
      ScheduledActions: scheduledActions(autoscale, stopped),
      Tags: tags(app, platform, process.name),
    }),
    from: [pointer, processPointer(process.name)],
    notable: { MinCapacity: stopped ? '/maintenance' : pointer, MaxCapacity: stopped ? '/maintenance' : pointer },
  });
}

const scheduledActions = ({ schedule }: Autoscale, stopped: boolean): Json =>
  schedule.map(({ expression, timezone, min, max }, index) => ({
    ScheduledActionName: `schedule-${index + 1}`,
    Schedule: expression,
    Timezone: timezone,
    ScalableTargetAction: { MinCapacity: stopped ? 0 : min, MaxCapacity: stopped ? 0 : max },
  }));

interface Figure {
  /** Last word of the logical id. */
  readonly word: string;
  /** Unique for the scalable target. */
  readonly name: string;
  readonly key: keyof Autoscale;
  readonly target: number;
  readonly specification: JsonObject;
}

const predefined = (type: string): JsonObject => ({ PredefinedMetricSpecification: { PredefinedMetricType: type } });

function trackedFigures(
  platform: Platform,
  references: PlatformReferences,
  process: ServiceProcess,
  { cpu, memory, requests, queue }: Autoscale,
  attachment: Attachment | undefined,
  service: string,
): Figure[] {
  const figures: Figure[] = [];
  const add = (word: string, key: Figure['key'], target: number, specification: JsonObject) =>
    figures.push({ word, name: word.replaceAll(/(?!^)([A-Z])/g, '-$1').toLowerCase(), key, target, specification });
  if (cpu.kind === 'given') add('Cpu', 'cpu', cpu.value, predefined('ECSServiceAverageCPUUtilization'));
  if (memory.kind === 'given') add('Memory', 'memory', memory.value, predefined('ECSServiceAverageMemoryUtilization'));
  if (requests.kind === 'given' && attachment !== undefined) {
    for (const metric of requestMetrics(platform, references, process, attachment)) {
      add(`${metric.word}Requests`, 'requests', requests.value, metric.specification);
    }
  }
  if (queue.kind === 'given') {
    const specification = { CustomizedMetricSpecification: backlogPerTask(queue.value.name, references.clusterName(), service) };
    add('Queue', 'queue', queue.value.perTask, specification);
  }
  return figures;
}

function trackingPolicy(process: ServiceProcess, { word, name, key, target, specification }: Figure): Resource {
  const pointer = processPointer(process.name, 'count', 'autoscale', key);
  return resource({
    id: `${logicalId(process.name)}${word}Policy`,
    type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
    properties: {
      PolicyName: name,
      PolicyType: 'TargetTrackingScaling',
      ScalingTargetId: ref(`${logicalId(process.name)}ScalableTarget`),
      TargetTrackingScalingPolicyConfiguration: {
        ...specification,
        ScaleInCooldown: SCALE_IN_COOLDOWN,
        ScaleOutCooldown: SCALE_OUT_COOLDOWN,
        TargetValue: target,
      },
    },
    from: [pointer, processPointer(process.name)],
    notable: { 'TargetTrackingScalingPolicyConfiguration/TargetValue': pointer },
  });
}
