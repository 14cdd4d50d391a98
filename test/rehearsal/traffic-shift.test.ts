import { expect } from 'chai';
import type { JsonObject } from '../../lib/model/json.js';
import { ALTERNATE, balanced, GROUP, RehearsedServices, RULE } from '../support/rehearsed-services.js';

const LOAD_BALANCERS = [
  {
    ContainerName: 'web',
    ContainerPort: 8080,
    TargetGroupArn: GROUP,
    AdvancedConfiguration: { AlternateTargetGroupArn: ALTERNATE, ProductionListenerRule: RULE },
  },
];

const breaker = { DeploymentCircuitBreaker: { Enable: true, Rollback: true } };

/** Weights of the alternate group while v2 rolls out, and the minutes that it took. */
async function shift(
  configuration: JsonObject,
  image = 'acme:v2',
): Promise<{ weights: number[]; minutes: number; kind: string }> {
  const account = new RehearsedServices();
  account.world.services.setListenerRule(RULE, { Actions: [] });
  const settings = { LoadBalancers: LOAD_BALANCERS, DeploymentConfiguration: { ...configuration, ...breaker } };
  const arn = account.create(balanced(account.register('web', 'acme:v1'), 2, settings));
  account.settle(arn);
  const begin = account.seconds;
  account.update(arn, balanced(account.register('web', image), 2, settings));
  const weights: number[] = [];
  const kind = account.settle(arn, () => {
    const weight = account.world.state.services.weights[RULE]?.[ALTERNATE] ?? 0;
    if (weights.at(-1) !== weight) weights.push(weight);
    expect(account.serving(arn)).to.be.at.least(2);
  });
  const live = await account.rehearsal.balancers.ruleWeights(RULE);
  expect(live).to.deep.equal({ kind: 'given', value: { [GROUP]: 100 - (weights.at(-1) ?? 0), [ALTERNATE]: weights.at(-1) } });
  return { weights, minutes: (account.seconds - begin) / 60, kind };
}

describe('rehearsed services: shifting traffic', () => {
  it('moves everything at once, and bakes', async () => {
    const { weights, minutes, kind } = await shift({ Strategy: 'BLUE_GREEN', BakeTimeInMinutes: 5 });
    expect([kind, ...weights]).to.deep.equal(['steady', 0, 100]);
    expect(minutes).to.be.within(5, 7);
  });

  it('sends a canary first', async () => {
    const canary = { CanaryPercent: 10, CanaryBakeTimeInMinutes: 4 };
    const { weights, minutes } = await shift({ Strategy: 'CANARY', BakeTimeInMinutes: 5, CanaryConfiguration: canary });
    expect(weights).to.deep.equal([0, 10, 100]);
    expect(minutes).to.be.within(9, 11);
  });

  it('moves in equal steps', async () => {
    const linear = { StepPercent: 25, StepBakeTimeInMinutes: 2 };
    const { weights, minutes } = await shift({ Strategy: 'LINEAR', BakeTimeInMinutes: 1, LinearConfiguration: linear });
    expect(weights).to.deep.equal([0, 25, 50, 75, 100]);
    expect(minutes).to.be.within(7, 9);
  });

  it('moves nothing to tasks that crash', async () => {
    const { weights, kind } = await shift({ Strategy: 'BLUE_GREEN', BakeTimeInMinutes: 5 }, 'acme:v2-crash');
    expect([kind, ...weights]).to.deep.equal(['failed', 0]);
  });

  it('goes back at once when the update is cancelled half-way', async () => {
    const account = new RehearsedServices();
    account.world.services.setListenerRule(RULE, { Actions: [] });
    const canary = { CanaryPercent: 10, CanaryBakeTimeInMinutes: 30 };
    const configuration = { Strategy: 'CANARY', BakeTimeInMinutes: 30, CanaryConfiguration: canary };
    const settings = { LoadBalancers: LOAD_BALANCERS, DeploymentConfiguration: configuration };
    const arn = account.create(balanced(account.register('web', 'acme:v1'), 2, settings));
    account.settle(arn);
    const before = account.running(arn);
    account.update(arn, balanced(account.register('web', 'acme:v2'), 2, settings));
    account.wait(300);
    expect(account.world.state.services.weights[RULE]).to.deep.equal({ [GROUP]: 90, [ALTERNATE]: 10 });
    const begin = account.seconds;
    account.update(arn, balanced('empire-acme_web:1', 2, settings));
    expect(account.world.state.services.weights[RULE]).to.deep.equal({ [GROUP]: 100, [ALTERNATE]: 0 });
    expect(account.settle(arn)).to.equal('steady');
    expect([account.running(arn), account.seconds - begin < 60]).to.deep.equal([before, true]);
  });

  it('reads the weights of the template where ECS shifts nothing, and none of a rule that is not there', async () => {
    const account = new RehearsedServices();
    const forward = { ForwardConfig: { TargetGroups: [{ TargetGroupArn: GROUP, Weight: 7 }] } };
    account.world.services.setListenerRule(RULE, { Actions: [forward] });
    const { balancers } = account.rehearsal;
    expect(await balancers.ruleWeights(RULE)).to.deep.equal({ kind: 'given', value: { [GROUP]: 7 } });
    account.world.services.removeListenerRule(RULE);
    expect(await balancers.ruleWeights(RULE)).to.deep.equal({ kind: 'none' });
  });
});
