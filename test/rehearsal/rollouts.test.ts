import { expect } from 'chai';
import { balanced, GROUP, RehearsedServices, service } from '../support/rehearsed-services.js';

describe('rehearsed services: rollouts', () => {
  it('starts a service and says when it is steady', async () => {
    const account = new RehearsedServices();
    const arn = account.create(balanced(account.register('web', 'acme:v1'), 2));
    expect(account.settle(arn)).to.equal('steady');
    const seen = await account.view(arn);
    expect([seen.desired, seen.running, seen.pending]).to.deep.equal([2, 2, 0]);
    expect(seen.deployments.map(({ status, rollout }) => [status, rollout])).to.deep.equal([['PRIMARY', 'COMPLETED']]);
    const said = await account.messages(arn);
    expect(said[0]).to.match(/^has started 2 tasks: \(task [0-9a-f]{32}\) \(task [0-9a-f]{32}\)\.$/);
    expect(said).to.include(`registered 1 targets in (target-group ${GROUP})`);
    expect(said.at(-2)).to.match(/^\(deployment ecs-svc\/[0-9]{19}\) deployment completed\.$/);
    expect(said.at(-1)).to.equal('has reached a steady state.');
    expect(account.seconds).to.be.within(10, 30);
  });

  it('never has fewer healthy tasks than wanted while a good version rolls out, nor more than the maximum', () => {
    for (const desired of [1, 2, 5]) {
      const account = new RehearsedServices();
      const arn = account.create(balanced(account.register('web', 'acme:v1'), desired));
      account.settle(arn);
      const before = account.running(arn);
      account.update(arn, balanced(account.register('web', 'acme:v2'), desired));
      let looks = 0;
      const settled = account.settle(arn, () => {
        looks += 1;
        expect(account.serving(arn)).to.be.at.least(desired);
        expect(account.running(arn).length).to.be.at.most(desired * 2);
      });
      expect(settled).to.equal('steady');
      expect(looks).to.be.greaterThan(5);
      expect(account.running(arn)).to.have.length(desired);
      expect(account.running(arn).filter((id) => before.includes(id))).to.deep.equal([]);
    }
  });

  it('replaces one task at a time when the maximum leaves room for one', () => {
    const account = new RehearsedServices();
    const narrow = { DeploymentConfiguration: { MinimumHealthyPercent: 100, MaximumPercent: 134 } };
    const arn = account.create(balanced(account.register('web', 'acme:v1'), 3, narrow));
    account.settle(arn);
    account.update(arn, balanced(account.register('web', 'acme:v2'), 3, narrow));
    account.settle(arn, () => {
      const alive = Object.values(account.world.state.services.tasks).filter(({ desired }) => desired === 'RUNNING');
      expect(alive.length).to.be.within(3, 4);
      expect(account.serving(arn)).to.be.at.least(3);
    });
    expect(account.running(arn)).to.have.length(3);
  });

  it('stops the old ones first when nothing must stay healthy', () => {
    const account = new RehearsedServices();
    const recreate = { DeploymentConfiguration: { MinimumHealthyPercent: 0, MaximumPercent: 100 } };
    const arn = account.create(service(account.register('worker', 'acme:v1'), 1, recreate));
    account.settle(arn);
    account.update(arn, service(account.register('worker', 'acme:v2'), 1, recreate));
    expect(account.running(arn)).to.deep.equal([]);
    expect(account.settle(arn, () => expect(account.running(arn).length).to.be.at.most(1))).to.equal('steady');
  });

  it('drains old tasks as long as the target group says, and only then ends them', async () => {
    const account = new RehearsedServices();
    const arn = account.create(balanced(account.register('web', 'acme:v1'), 1));
    account.settle(arn);
    account.update(arn, balanced(account.register('web', 'acme:v2'), 1));
    let draining = 0;
    account.settle(arn, () => {
      const old = Object.values(account.world.state.services.tasks).find(({ status }) => status === 'DEACTIVATING');
      if (old !== undefined) draining = Math.max(draining, ((old.next?.at ?? 0) - account.world.now) / 1000);
    });
    expect(draining).to.equal(30);
    expect(await account.messages(arn)).to.include('has begun draining connections on 1 tasks.');
  });

  it('only scales when only the count changes: every task that stays is the same one', async () => {
    const account = new RehearsedServices();
    const web = account.register('web', 'acme:v1');
    const arn = account.create(balanced(web, 2));
    account.settle(arn);
    const before = account.running(arn);
    account.update(arn, balanced(web, 3));
    expect(account.settle(arn)).to.equal('steady');
    expect(account.running(arn)).to.include.members(before).and.to.have.length(3);
    account.update(arn, balanced(web, 1));
    expect(account.settle(arn)).to.equal('steady');
    expect(account.running(arn)).to.have.length(1);
    expect((await account.view(arn)).deployments).to.have.length(1);
  });

  it('keeps the count of an autoscaled service, and begins with 1', async () => {
    const account = new RehearsedServices();
    const { DesiredCount: _, ...uncounted } = balanced(account.register('web', 'acme:v1'), 0);
    const arn = account.create(uncounted);
    account.settle(arn);
    expect((await account.view(arn)).desired).to.equal(1);
    account.update(arn, { ...uncounted, DesiredCount: 4 });
    account.settle(arn);
    account.update(arn, { ...uncounted, TaskDefinition: account.register('web', 'acme:v2') });
    account.settle(arn);
    expect([(await account.view(arn)).desired, account.running(arn).length]).to.deep.equal([4, 4]);
  });

  it('restarts everything for another nonce, and nothing for the same properties', () => {
    const account = new RehearsedServices();
    const web = account.register('web', 'acme:v1');
    const restarted = (nonce: string) => balanced(web, 2, { ForceNewDeployment: { ForceNewDeploymentNonce: nonce } });
    const arn = account.create(restarted(''));
    account.settle(arn);
    const before = account.running(arn);
    account.update(arn, restarted(''));
    account.settle(arn);
    expect(account.running(arn)).to.deep.equal(before);
    account.update(arn, restarted('once'));
    expect(account.settle(arn)).to.equal('steady');
    expect(account.running(arn).filter((id) => before.includes(id))).to.deep.equal([]);
  });

  it('leaves tasks that have just begun until the next ones serve, when a second version follows at once', () => {
    const account = new RehearsedServices();
    const arn = account.create(service(account.register('worker', 'acme:v1'), 2));
    account.wait(10);
    const first = account.running(arn);
    expect([first.length, account.world.services.serviceState(arn).kind]).to.deep.equal([2, 'deploying']);
    account.update(arn, service(account.register('worker', 'acme:v2'), 2));
    expect(account.settle(arn, () => expect(account.running(arn).length).to.be.at.least(2))).to.equal('steady');
    expect(account.running(arn).filter((id) => first.includes(id))).to.deep.equal([]);
  });

  it('waits for a slow one, whose checks fail within the grace period', async () => {
    const account = new RehearsedServices();
    const arn = account.create(balanced(account.register('web', 'acme:v1-slow'), 1));
    expect(account.settle(arn)).to.equal('steady');
    expect(account.seconds).to.be.within(60, 110);
    expect((await account.view(arn)).deployments[0]?.failed).to.equal(0);
  });

  it('forgets a deleted service when its tasks are gone', () => {
    const account = new RehearsedServices();
    const arn = account.create(balanced(account.register('web', 'acme:v1'), 2));
    account.settle(arn);
    account.world.services.deleteService(arn, account.world.now);
    expect(account.world.services.serviceState(arn).kind).to.equal('deploying');
    account.wait(60);
    expect(account.world.services.serviceState(arn)).to.deep.equal({ kind: 'gone' });
    expect(account.running(arn)).to.deep.equal([]);
  });

  it('replaces a task that somebody stops', async () => {
    const account = new RehearsedServices();
    const arn = account.create(balanced(account.register('web', 'acme:v1'), 2));
    account.settle(arn);
    const [first = ''] = account.running(arn);
    await account.rehearsal.services.stopTask('empire-default', first, 'trying');
    account.settle(arn);
    expect(account.running(arn)).to.have.length(2).and.not.to.include(first);
    const [stopped] = await account.rehearsal.services.tasks('empire-default', { by: 'arn', tasks: [first] });
    expect(stopped).to.include({ status: 'STOPPED', desired: 'STOPPED' });
    expect(stopped?.stopCode).to.deep.equal({ kind: 'given', value: 'UserInitiated' });
    expect(stopped?.stoppedReason).to.deep.equal({ kind: 'given', value: 'trying' });
  });

  it('kills who does not listen to SIGTERM when the stop timeout is over', async () => {
    const account = new RehearsedServices();
    const arn = account.create(service(account.register('worker', 'acme:v1-slow'), 1));
    account.settle(arn);
    const [id = ''] = account.running(arn);
    await account.rehearsal.services.stopTask('empire-default', id, 'trying');
    const look = async () => (await account.rehearsal.services.tasks('empire-default', { by: 'arn', tasks: [id] }))[0];
    account.wait(29);
    expect((await look())?.status).to.equal('STOPPING');
    account.wait(2);
    const stopped = await look();
    expect([stopped?.status, stopped?.containers[0]?.exitCode]).to.deep.equal(['STOPPED', { kind: 'given', value: 137 }]);
  });

  it('is done with the old tasks behind it when the service wants early success', async () => {
    const account = new RehearsedServices();
    const early = {
      DeploymentConfiguration: { MinimumHealthyPercent: 100, MaximumPercent: 200, EarlySuccessCriteria: { Enable: true } },
    };
    const arn = account.create(balanced(account.register('web', 'acme:v1'), 1, early));
    account.settle(arn);
    const begin = account.seconds;
    account.update(arn, balanced(account.register('web', 'acme:v2'), 1, early));
    expect(account.settle(arn)).to.equal('steady');
    expect(account.seconds - begin).to.be.lessThan(30);
    const rollouts = (await account.view(arn)).deployments.map(({ rollout }) => rollout);
    expect(rollouts).to.deep.equal(['COMPLETED', 'COMPLETED']);
    account.wait(60);
    account.update(arn, balanced('empire-acme_web:2', 2, early));
    account.settle(arn);
    expect((await account.view(arn)).deployments).to.have.length(1);
  });

  it('shows only what is there', async () => {
    const account = new RehearsedServices();
    const web = account.register('web', 'acme:v1');
    const { services } = account.rehearsal;
    expect(await services.services('empire-default', ['arn:aws:ecs:us-east-1:123456789012:service/none'])).to.deep.equal([]);
    const shown = await services.taskDefinition(web);
    if (shown.kind === 'none') throw new Error('it was registered');
    expect([shown.value.family, shown.value.revision, shown.value.cpu]).to.deep.equal([
      'empire-acme_web',
      1,
      { kind: 'given', value: '256' },
    ]);
    expect(shown.value.containers).to.deep.equal([
      {
        name: 'web',
        image: 'acme:v1',
        command: ['bin/web'],
        logGroup: { kind: 'given', value: '/empire/default/acme' },
        streamPrefix: { kind: 'given', value: 'web' },
      },
    ]);
    expect(await services.taskDefinition(web.replace(/1$/, '9'))).to.deep.equal({ kind: 'none' });
  });
});
