import { expect } from 'chai';
import { app, given, LARGE, PLATFORM, service, web } from '../support/model-apps.js';
import { property, resourcesOf } from '../support/resources-by-id.js';

const of = (changes: Parameters<typeof service>[1], platform = PLATFORM) =>
  resourcesOf(app([service('worker', changes)]), platform);

describe('a service', () => {
  const large = resourcesOf(LARGE);

  it('has a capacity provider strategy and never a launch type', () => {
    const provider = (capacity: 'fargate' | 'spot' | 'ec2') =>
      property(of({ capacity }), 'WorkerService', 'CapacityProviderStrategy/0/CapacityProvider');
    expect(provider('fargate')).to.equal('FARGATE');
    expect(provider('spot')).to.equal('FARGATE_SPOT');
    expect(provider('ec2')).to.deep.equal({ Ref: 'PlatformCapacityProvider' });
    expect(property(large, 'WorkerService', 'LaunchType')).to.equal(undefined);
  });

  it('has a count only when it is not autoscaled', () => {
    expect(property(of({ count: { kind: 'fixed', tasks: 3 } }), 'WorkerService', 'DesiredCount')).to.equal(3);
    expect(property(large, 'WorkerService', 'DesiredCount')).to.equal(undefined);
  });

  it('gives up a rolling deployment after three failed tasks and rolls back', () => {
    expect(property(of({}), 'WorkerService', 'DeploymentConfiguration')).to.deep.equal({
      Strategy: 'ROLLING',
      MinimumHealthyPercent: 100,
      MaximumPercent: 200,
      DeploymentCircuitBreaker: { Enable: true, Rollback: true, ThresholdConfiguration: { Type: 'COUNT', Value: 3 } },
    });
  });

  it('ends early only when the platform says so and the deployment is rolling', () => {
    const early = { ...PLATFORM, earlySuccess: true };
    const path = 'DeploymentConfiguration/EarlySuccessCriteria';
    expect(property(of({}, early), 'WorkerService', path)).to.deep.equal({
      Enable: true,
      HealthyPercent: 100,
      SourceServiceRevisionCleanup: 'DEFERRED',
    });
    expect(property(of({ deployment: { kind: 'recreate' } }, early), 'WorkerService', path)).to.equal(undefined);
    expect(property(of({}), 'WorkerService', path)).to.equal(undefined);
  });

  it('stops before it starts when it is recreated, without zone rebalancing', () => {
    const made = of({ deployment: { kind: 'recreate' } });
    expect(property(made, 'WorkerService', 'DeploymentConfiguration/MinimumHealthyPercent')).to.equal(0);
    expect(property(made, 'WorkerService', 'DeploymentConfiguration/MaximumPercent')).to.equal(100);
    expect(property(made, 'WorkerService', 'AvailabilityZoneRebalancing')).to.equal('DISABLED');
  });

  it('rebalances zones wherever ECS takes it', () => {
    const zone = { type: 'spread', field: given('attribute:ecs.availability-zone') } as const;
    const pack = { type: 'binpack', field: given('memory') } as const;
    const rebalancing = (changes: Parameters<typeof service>[1]) =>
      property(of(changes), 'WorkerService', 'AvailabilityZoneRebalancing');
    expect(rebalancing({})).to.equal('ENABLED');
    expect(rebalancing({ placementStrategy: [zone, pack] })).to.equal('ENABLED');
    expect(rebalancing({ placementStrategy: [pack, zone] })).to.equal('DISABLED');
    expect(rebalancing({ deployment: { kind: 'rolling', minHealthyPercent: 50, maxPercent: 100 } })).to.equal('DISABLED');
  });

  it('has a public address only where there is no NAT', () => {
    const path = 'NetworkConfiguration/AwsvpcConfiguration';
    expect(property(of({}), 'WorkerService', path)).to.deep.equal({
      AssignPublicIp: 'DISABLED',
      SecurityGroups: [{ 'Fn::GetAtt': ['AppSecurityGroup', 'GroupId'] }, { Ref: 'PlatformAppTasksGroup' }],
      Subnets: { Ref: 'PlatformPrivateSubnets' },
    });
    const open = of({}, { ...PLATFORM, nat: 'none' });
    expect(property(open, 'WorkerService', `${path}/AssignPublicIp`)).to.equal('ENABLED');
    expect(property(open, 'WorkerService', `${path}/Subnets`)).to.deep.equal({ Ref: 'PlatformPublicSubnets' });
  });

  it('waits for what forwards to it, with the grace it was given', () => {
    const made = resourcesOf(app([web({ graceSeconds: 300 })]));
    expect(made.get('WebService')?.dependsOn).to.include('InternalListener80');
    expect(property(made, 'WebService', 'HealthCheckGracePeriodSeconds')).to.equal(300);
    expect(property(of({}), 'WorkerService', 'HealthCheckGracePeriodSeconds')).to.equal(undefined);
  });

  it('restarts when its own parameter changes', () => {
    expect(property(of({}), 'WorkerService', 'ForceNewDeployment')).to.deep.equal({
      EnableForceNewDeployment: true,
      ForceNewDeploymentNonce: { Ref: 'WorkerRestart' },
    });
  });

  it('gives its tags to its tasks', () => {
    const tagged = of({}, { ...PLATFORM, tags: [{ key: 'cost', value: '42' }] });
    expect(property(tagged, 'WorkerService', 'PropagateTags')).to.equal('SERVICE');
    expect(property(tagged, 'WorkerService', 'Tags')).to.deep.equal([
      { Key: 'cost', Value: '42' },
      { Key: 'empire:app', Value: 'acme-inc' },
      { Key: 'empire:environment', Value: 'default' },
      { Key: 'empire:process', Value: 'worker' },
    ]);
  });

  it('runs nothing in maintenance', () => {
    const stopped = resourcesOf({ ...LARGE, maintenance: given('Back soon') });
    expect(property(stopped, 'WebService', 'DesiredCount')).to.equal(0);
    expect(property(stopped, 'WebScalableTarget', 'MaxCapacity')).to.equal(0);
    expect(property(stopped, 'WorkerScalableTarget', 'ScheduledActions/0/ScalableTargetAction')).to.deep.equal({
      MinCapacity: 0,
      MaxCapacity: 0,
    });
    expect(property(stopped, 'NightlySchedule', 'State')).to.equal('DISABLED');
    expect(stopped.has('WorkerWakeAlarm')).to.equal(false);
  });
});
