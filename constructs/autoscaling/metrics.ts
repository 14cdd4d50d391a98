import type { Json, JsonObject } from '../../lib/model/json.js';
import { getAtt } from '../resource.js';

/** One metric query of a metric-math expression. */
export interface Query {
  readonly id: string;
  readonly namespace: string;
  readonly name: string;
  readonly stat: string;
  readonly dimensions: readonly (readonly [name: string, value: Json])[];
}

/** A query in the form of a scaling policy; an alarm also wants the period. */
export const metricQuery = ({ id, namespace, name, stat, dimensions }: Query, period?: number): JsonObject => ({
  Id: id,
  MetricStat: {
    Metric: { Namespace: namespace, MetricName: name, Dimensions: dimensions.map(([Name, Value]) => ({ Name, Value })) },
    ...(period === undefined ? {} : { Period: period }),
    Stat: stat,
  },
  ReturnData: false,
});

export const mathQuery = (id: string, expression: string): JsonObject => ({ Id: id, Expression: expression, ReturnData: true });

/** Messages that wait in the queue. */
export const waiting = (queue: string): Query => ({
  id: 'waiting',
  namespace: 'AWS/SQS',
  name: 'ApproximateNumberOfMessagesVisible',
  stat: 'Average',
  dimensions: [['QueueName', queue]],
});

/** Tasks that run; Container Insights counts them. */
export const running = (cluster: Json, service: string): Query => ({
  id: 'running',
  namespace: 'ECS/ContainerInsights',
  name: 'RunningTaskCount',
  stat: 'Average',
  dimensions: [
    ['ClusterName', cluster],
    ['ServiceName', getAtt(service, 'Name')],
  ],
});

/** Requests per healthy target and minute of one group. */
export const requestsPerTarget = (id: string, group: string): Query => ({
  id,
  namespace: 'AWS/ApplicationELB',
  name: 'RequestCountPerTarget',
  stat: 'Sum',
  dimensions: [['TargetGroup', getAtt(group, 'TargetGroupFullName')]],
});
