import type { App, ServiceProcess } from '../../lib/model/app.js';
import type { Json, JsonObject } from '../../lib/model/json.js';
import type { Platform } from '../../lib/model/platform.js';
import type { Resource } from '../../lib/model/template.js';
import { logicalId, ref, resource, tags } from '../resource.js';
import { mathQuery, metricQuery, type Query, running, waiting } from './metrics.js';

/** Waiting messages per running task. Without tasks it counts as one, so that the figure can rise from nothing. */
export function backlogPerTask(queue: string, cluster: Json, service: string): JsonObject {
  const expression = 'FILL(waiting, 0) / IF(FILL(running, 0) > 0, FILL(running, 0), 1)';
  const queries: readonly Query[] = [waiting(queue), running(cluster, service)];
  return { Metrics: [...queries.map((query) => metricQuery(query)), mathQuery('backlog', expression)] };
}

/**
 * Target tracking multiplies what runs, and nothing times anything stays nothing. So where the minimum may be 0 an alarm starts the
 * first task as soon as a message waits.
 */
export function wakeResources(
  app: App,
  platform: Platform,
  process: ServiceProcess,
  queue: string,
  cluster: Json,
  service: string,
): Resource[] {
  const word = logicalId(process.name);
  const from = [`/processes/${process.name}/count`];
  const policy = resource({
    id: `${word}WakePolicy`,
    type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
    properties: {
      PolicyName: 'wake',
      PolicyType: 'StepScaling',
      ScalingTargetId: ref(`${word}ScalableTarget`),
      StepScalingPolicyConfiguration: {
        AdjustmentType: 'ChangeInCapacity',
        Cooldown: 60,
        MetricAggregationType: 'Maximum',
        StepAdjustments: [{ MetricIntervalLowerBound: 0, ScalingAdjustment: 1 }],
      },
    },
    from,
  });
  const alarm = resource({
    id: `${word}WakeAlarm`,
    type: 'AWS::CloudWatch::Alarm',
    properties: {
      AlarmDescription: `Messages wait for ${process.name} of ${app.name} and no task runs`,
      AlarmActions: [ref(policy.id)],
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      EvaluationPeriods: 1,
      Metrics: [
        metricQuery(waiting(queue), 60),
        metricQuery(running(cluster, service), 60),
        mathQuery('asleep', 'IF(FILL(waiting, 0) > 0 AND FILL(running, 0) < 1, 1, 0)'),
      ],
      Threshold: 1,
      TreatMissingData: 'notBreaching',
      Tags: tags(app, platform, process.name),
    },
    from,
  });
  return [policy, alarm];
}
