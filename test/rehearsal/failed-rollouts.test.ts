import { expect } from 'chai';
import type { JsonObject } from '../../lib/model/json.js';
import type { TaskState } from '../../lib/model/windows.js';
import { threshold } from '../../lib/rehearsal/services/breaker.js';
import { balanced, GROUP, RehearsedServices, service } from '../support/rehearsed-services.js';

const text = (given: { kind: string; value?: string }): string => given.value ?? '';

async function stoppedTasks(account: RehearsedServices, arn: string): Promise<readonly TaskState[]> {
  return account.rehearsal.services.tasks('empire-default', { by: 'service', service: arn, status: 'STOPPED' });
}

/** A service of good tasks to which a bad image is rolled out, until ECS gives up; and how many served at the least. */
function rollOut(image: string, container = {}): { account: RehearsedServices; arn: string; least: number; before: string[] } {
  const account = new RehearsedServices();
  const arn = account.create(balanced(account.register('web', 'acme:v1'), 2));
  account.settle(arn);
  const before = account.running(arn);
  account.update(arn, balanced(account.register('web', image, container), 2));
  let least = 2;
  expect(account.settle(arn, () => (least = Math.min(least, account.serving(arn))))).to.equal('failed');
  return { account, arn, least, before };
}

describe('rehearsed services: rollouts that fail', () => {
  it('breaks the circuit after three crashes and rolls back, while the old tasks serve', async () => {
    const { account, arn, least, before } = rollOut('acme:v2-crash');
    expect(least).to.equal(2);
    expect(account.running(arn)).to.deep.equal(before);
    const reason = { kind: 'failed', reason: 'ECS Deployment Circuit Breaker was triggered' };
    expect(account.world.services.serviceState(arn)).to.deep.equal(reason);
    const said = await account.messages(arn);
    expect(said.some((line) => /^\(deployment ecs-svc\/\d+\) deployment failed: tasks failed to start\.$/.test(line))).to.equal(
      true,
    );
    expect(said.some((line) => /^rolling back to deployment ecs-svc\/\d+\.$/.test(line))).to.equal(true);
    const crashed = (await stoppedTasks(account, arn)).filter(({ stopCode }) => text(stopCode) === 'EssentialContainerExited');
    expect(crashed.length).to.be.at.least(3);
    expect(text(crashed[0]?.stoppedReason ?? { kind: 'none' })).to.equal('Essential container in task exited');
    expect(crashed[0]?.containers[0]?.exitCode).to.deep.equal({ kind: 'given', value: 1 });
    account.wait(120);
    const [primary, ...others] = (await account.view(arn)).deployments;
    expect([primary?.rollout, others.length]).to.deep.equal(['COMPLETED', 0]);
    expect(account.running(arn)).to.deep.equal(before);
  });

  it('is steady again when CloudFormation then puts the old properties back', () => {
    const { account, arn, before } = rollOut('acme:v2-crash');
    account.update(arn, balanced(`empire-acme_web:1`, 2));
    expect(account.settle(arn)).to.equal('steady');
    expect(account.running(arn)).to.deep.equal(before);
  });

  it('tells of unhealthy targets with the answer that they gave, after the grace period', async () => {
    const { account, arn, least } = rollOut('acme:v2-unhealthy');
    expect(least).to.equal(2);
    expect(account.seconds).to.be.greaterThan(120);
    const told = `(port 8080) is unhealthy in (target-group ${GROUP}) due to (reason Health checks failed with these codes: [503])`;
    expect((await account.messages(arn)).some((line) => line.endsWith(told))).to.equal(true);
    const reasons = (await stoppedTasks(account, arn)).map(({ stoppedReason }) => text(stoppedReason));
    expect(reasons).to.include(`Task failed ELB health checks in (target-group ${GROUP})`);
  });

  it('shows the health of the targets while it waits', async () => {
    const account = new RehearsedServices();
    account.create(balanced(account.register('web', 'acme:v1-unhealthy'), 1));
    account.wait(8);
    const states = async () =>
      (await account.rehearsal.balancers.targetHealth(GROUP)).map(({ state, code }) => [state, text(code)]);
    expect(await states()).to.deep.equal([['initial', 'Elb.InitialHealthChecking']]);
    account.wait(30);
    expect(await states()).to.deep.equal([['unhealthy', 'Target.ResponseCodeMismatch']]);
  });

  it('cannot pull an image that is not there, and starts it less and less often', async () => {
    const { account, arn } = rollOut('acme:v2-missing');
    const reasons = (await stoppedTasks(account, arn)).map(
      ({ stopCode, stoppedReason }) => `${text(stopCode)}: ${text(stoppedReason)}`,
    );
    expect(reasons[0]).to.match(
      /^TaskFailedToStart: CannotPullContainerError: .*docker\.io\/library\/acme:v2-missing: not found$/,
    );
    const said = await account.messages(arn);
    expect(said.some((line) => line.startsWith('is unable to consistently start tasks successfully.'))).to.equal(true);
  });

  it('cannot run an image of another architecture, nor a task without its secrets', async () => {
    const arm = rollOut('acme:v2-arm64');
    expect(text((await stoppedTasks(arm.account, arm.arn))[0]?.stoppedReason ?? { kind: 'none' })).to.contain(
      `does not contain descriptor matching platform 'linux/amd64'`,
    );
    const from = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:acme/db-missing:password::';
    const secret = rollOut('acme:v2', { Secrets: [{ Name: 'DB', ValueFrom: from }] });
    const reason = text((await stoppedTasks(secret.account, secret.arn))[0]?.stoppedReason ?? { kind: 'none' });
    expect(reason).to.match(/^ResourceInitializationError: unable to pull secrets .*acme\/db-missing.*ResourceNotFoundException/);
  });

  it('does not take a worker that ends after some seconds for a working one', () => {
    const account = new RehearsedServices();
    const arn = account.create(service(account.register('worker', 'acme:v1'), 1));
    account.settle(arn);
    const before = account.running(arn);
    account.update(arn, service(account.register('worker', 'acme:v2-crash'), 1));
    expect(account.settle(arn, () => expect(account.running(arn)).to.include.members(before))).to.equal('failed');
  });

  it('stops a worker whose own health check fails', async () => {
    const account = new RehearsedServices();
    const check = { HealthCheck: { Command: ['CMD', 'true'], Interval: 10, Retries: 3, StartPeriod: 20 } };
    const arn = account.create(service(account.register('worker', 'acme:v1-unhealthy', check), 1));
    expect(account.settle(arn)).to.equal('failed');
    const reasons = (await stoppedTasks(account, arn)).map(({ stoppedReason }) => text(stoppedReason));
    expect(reasons).to.include('Task failed container health checks');
    const good = account.create(service(account.register('worker', 'acme:v1', check), 1));
    expect(account.settle(good)).to.equal('steady');
  });

  it('stays failed, without new tasks, when there is nothing to roll back to', async () => {
    const account = new RehearsedServices();
    const arn = account.create(balanced(account.register('web', 'acme:v1-crash'), 1));
    expect(account.settle(arn)).to.equal('failed');
    account.wait(600);
    const { deployments, running, pending } = await account.view(arn);
    expect([deployments[0]?.rollout, running, pending]).to.deep.equal(['FAILED', 0, 0]);
    expect(text(deployments[0]?.reason ?? { kind: 'none' })).to.equal('ECS deployment circuit breaker: tasks failed to start.');
  });

  it('refuses a task definition that is not there', () => {
    const account = new RehearsedServices();
    const arn = account.create(balanced('empire-acme_web:7', 1));
    expect(account.world.services.serviceState(arn)).to.deep.equal({ kind: 'failed', reason: 'TaskDefinition not found' });
  });

  it('blames the container that crashed, not the others of the task', async () => {
    const account = new RehearsedServices();
    const container = (Name: string, Image: string): JsonObject => ({ Name, Image, Essential: true });
    const definition = account.world.services.registerTaskDefinition(
      {
        Family: 'empire-acme_worker',
        ContainerDefinitions: [container('worker', 'acme:v1'), container('agent', 'agent:v1-crash')],
      },
      account.world.now,
    );
    const arn = account.create(service(definition, 1));
    expect(account.settle(arn)).to.equal('failed');
    const [task] = await stoppedTasks(account, arn);
    const codes = task?.containers.map(({ name, exitCode }) => [name, exitCode.kind === 'given' ? exitCode.value : 'none']);
    expect(codes).to.deep.equal([
      ['worker', 0],
      ['agent', 1],
    ]);
  });

  it('goes on for ever without a circuit breaker', () => {
    const account = new RehearsedServices();
    const free = { DeploymentConfiguration: { MinimumHealthyPercent: 100, MaximumPercent: 200 } };
    const arn = account.create(balanced(account.register('web', 'acme:v1-crash'), 1, free));
    account.wait(3600);
    expect(account.world.services.serviceState(arn).kind).to.equal('deploying');
  });
});

describe('rehearsed services: threshold of the circuit breaker', () => {
  /** A service of crashing tasks, after ECS gave up. */
  const failed = (desired: number, configuration: JsonObject): { failures: number; threshold: number } => {
    const account = new RehearsedServices();
    const DeploymentCircuitBreaker = { Enable: true, Rollback: true, ...configuration };
    const settings = { DeploymentConfiguration: { MinimumHealthyPercent: 100, MaximumPercent: 200, DeploymentCircuitBreaker } };
    const arn = account.create(balanced(account.register('web', 'acme:v1-crash'), desired, settings));
    expect(account.settle(arn)).to.equal('failed');
    const service = account.world.state.services.services[arn];
    if (service === undefined) throw new Error('the service is gone');
    return { failures: service.deployments[0]?.failures ?? 0, threshold: threshold(service) };
  };

  it('is half the desired count, but at least 3 and at most 200', () => {
    expect(failed(1, {})).to.deep.equal({ failures: 3, threshold: 3 });
    // All twenty end at the same moment.
    expect(failed(20, {})).to.deep.equal({ failures: 20, threshold: 10 });
    expect(failed(500, {}).threshold).to.equal(200);
  });

  it('is what the service says', () => {
    const given = (Type: string, Value: number) => failed(1, { ThresholdConfiguration: { Type, Value } });
    expect(given('COUNT', 5)).to.deep.equal({ failures: 5, threshold: 5 });
    expect(given('UNBOUNDED_PERCENT', 100)).to.deep.equal({ failures: 1, threshold: 1 });
    expect(given('BOUNDED_PERCENT', 100)).to.deep.equal({ failures: 3, threshold: 3 });
  });
});
