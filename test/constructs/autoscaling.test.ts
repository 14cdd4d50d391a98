import { expect } from 'chai';
import type { JsonObject } from '../../lib/model/json.js';
import { app, given, LARGE, NONE, PLATFORM, web } from '../support/model-apps.js';
import { property, resourcesOf } from '../support/resources-by-id.js';

const TRACKING = 'TargetTrackingScalingPolicyConfiguration';

describe('autoscaling', () => {
  const large = resourcesOf(LARGE);

  it('tracks CPU and memory', () => {
    expect(property(large, 'WebScalableTarget', 'MinCapacity')).to.equal(2);
    expect(property(large, 'WebScalableTarget', 'MaxCapacity')).to.equal(10);
    expect(property(large, 'WebCpuPolicy', `${TRACKING}/TargetValue`)).to.equal(70);
    expect(property(large, 'WebMemoryPolicy', `${TRACKING}/PredefinedMetricSpecification`)).to.deep.equal({
      PredefinedMetricType: 'ECSServiceAverageMemoryUtilization',
    });
  });

  it('tracks requests by the full names of the balancer and the group', () => {
    expect(property(large, 'WebRequestsPolicy', `${TRACKING}/PredefinedMetricSpecification/ResourceLabel`)).to.deep.equal({
      'Fn::Sub': [
        `\${balancer}/\${group}`,
        {
          balancer: { 'Fn::GetAtt': ['InternalLoadBalancer', 'LoadBalancerFullName'] },
          group: { 'Fn::GetAtt': ['WebTargetGroup', 'TargetGroupFullName'] },
        },
      ],
    });
    expect(large.has('InternalLoadBalancer')).to.equal(true);
  });

  it('adds up both groups where ECS moves the traffic', () => {
    const autoscale = { cpu: NONE, memory: NONE, requests: given(100), queue: NONE, schedule: [] };
    const deployment = { kind: 'canary', percent: 10, stepMinutes: 5, bakeMinutes: 5 } as const;
    const made = resourcesOf(app([web({ deployment, count: { kind: 'range', min: 1, max: 3, autoscale } })]), PLATFORM);
    const metrics = property(made, 'WebRequestsPolicy', `${TRACKING}/CustomizedMetricSpecification/Metrics`) as JsonObject[];
    expect(metrics.map(({ Id }) => Id)).to.deep.equal(['first', 'second', 'requests']);
    expect(metrics[2]?.['Expression']).to.equal('FILL(first, 0) + FILL(second, 0)');
  });

  it('tracks the backlog per task without dividing by zero, and starts the first task from nothing', () => {
    const metrics = property(large, 'WorkerQueuePolicy', `${TRACKING}/CustomizedMetricSpecification/Metrics`) as JsonObject[];
    expect(metrics[2]?.['Expression']).to.equal('FILL(waiting, 0) / IF(FILL(running, 0) > 0, FILL(running, 0), 1)');
    expect(property(large, 'WorkerWakeAlarm', 'AlarmActions')).to.deep.equal([{ Ref: 'WorkerWakePolicy' }]);
    expect(property(large, 'WorkerScalableTarget', 'ScheduledActions/0')).to.deep.equal({
      ScheduledActionName: 'schedule-1',
      Schedule: 'cron(0 8 * * ? *)',
      Timezone: 'Europe/Berlin',
      ScalableTargetAction: { MinCapacity: 2, MaxCapacity: 5 },
    });
  });

  it('is absent with a fixed count', () => {
    expect([...resourcesOf(app([web()])).keys()].filter((id) => id.startsWith('WebScalable'))).to.deep.equal([]);
  });
});
