import { expect } from 'chai';
import { edited, exampleTemplate, refusal, StacksWorld, withImage } from '../support/stacks-world.js';

const ACME = 'empire-acme-inc';
const TEMPLATE = exampleTemplate('acme-inc');
const CRASHING = withImage(withImage(TEMPLATE, 'Web', 'remind101/acme-inc:v2-crash'), 'Worker', 'remind101/acme-inc:v2');

async function running(): Promise<StacksWorld> {
  const rehearsed = new StacksWorld();
  await rehearsed.deploy(ACME, TEMPLATE, 'one', { Release: 'v1' });
  return rehearsed;
}

const reasons = async (rehearsed: StacksWorld, token: string, status: string) =>
  (await rehearsed.events(ACME, token))
    .filter((event) => event.status === status)
    .map(({ resource, reason }) => [resource, reason.kind === 'given' ? reason.value : '']);

describe('a rehearsed update that goes wrong', () => {
  it('brings the old task definitions back when a service fails', async () => {
    const rehearsed = await running();
    const [web, worker] = [
      await rehearsed.physicalId(ACME, 'WebTaskDefinition'),
      await rehearsed.physicalId(ACME, 'WorkerTaskDefinition'),
    ];
    const state = await rehearsed.deploy(ACME, CRASHING, 'two', { Release: 'v2' });
    expect(state.status).to.equal('UPDATE_ROLLBACK_COMPLETE');
    expect(state.outputs['Release']).to.equal('v1');
    expect(state.parameters.find(({ name }) => name === 'Release')?.value).to.equal('v1');
    expect(await rehearsed.physicalId(ACME, 'WebTaskDefinition')).to.equal(web);
    expect(await rehearsed.physicalId(ACME, 'WorkerTaskDefinition')).to.equal(worker);
    expect(rehearsed.services.imageOf('WebService')).to.equal('remind101/acme-inc:latest');
    expect(rehearsed.services.imageOf('WorkerService')).to.equal('remind101/acme-inc:latest');
    expect(rehearsed.services.definitions.get(web)?.active).to.equal(true);
    expect(rehearsed.services.definitions.get(web.replace(/1$/, '2'))?.active).to.equal(false);
    expect(await rehearsed.window.template(ACME)).to.equal(TEMPLATE);
    const [[, reason] = []] = await reasons(rehearsed, 'two', 'UPDATE_ROLLBACK_IN_PROGRESS');
    expect(reason).to.match(/^The following resource\(s\) failed to update: \[.*WebService.*\]\. $/);
  });

  it('takes its time to bring services back, and deletes what it made afterwards', async () => {
    const rehearsed = await running();
    await rehearsed.deploy(ACME, CRASHING, 'two');
    const events = await rehearsed.events(ACME, 'two');
    const at = (resource: string, status: string) =>
      events.findLast((event) => event.resource === resource && event.status === status)?.at ?? 0;
    const back = at('WebService', 'UPDATE_COMPLETE') - at(ACME, 'UPDATE_ROLLBACK_IN_PROGRESS');
    expect(back).to.be.within(30_000, 60_000);
    expect(at('WebTaskDefinition', 'DELETE_COMPLETE')).to.be.above(at(ACME, 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS'));
    expect(at(ACME, 'UPDATE_ROLLBACK_COMPLETE')).to.be.at.least(at('WebTaskDefinition', 'DELETE_COMPLETE'));
  });

  it('is undone when a person cancels it, and only while it goes forward', async () => {
    const rehearsed = await running();
    expect(await refusal(rehearsed.window.cancelUpdate(ACME, 'stop'))).to.contain(
      'CancelUpdateStack cannot be called from current stack status',
    );
    rehearsed.services.hanging.add('WebService');
    await rehearsed.start(ACME, withImage(TEMPLATE, 'Web', 'remind101/acme-inc:v2'), 'two');
    rehearsed.pass(60);
    await rehearsed.window.cancelUpdate(ACME, 'stop');
    await rehearsed.window.cancelUpdate(ACME, 'stop');
    expect((await rehearsed.state(ACME)).status).to.equal('UPDATE_ROLLBACK_IN_PROGRESS');
    rehearsed.services.hanging.clear();
    rehearsed.pass(300);
    expect((await rehearsed.state(ACME)).status).to.equal('UPDATE_ROLLBACK_COMPLETE');
    expect(await reasons(rehearsed, 'two', 'UPDATE_FAILED')).to.deep.equal([['WebService', 'Resource update cancelled']]);
    expect(await reasons(rehearsed, 'stop', 'UPDATE_ROLLBACK_IN_PROGRESS')).to.deep.equal([[ACME, 'User Initiated']]);
    expect(rehearsed.services.imageOf('WebService')).to.equal('remind101/acme-inc:latest');
  });

  it('gives up on a service after three hours', async () => {
    const rehearsed = await running();
    rehearsed.services.hanging.add('WebService');
    await rehearsed.start(ACME, withImage(TEMPLATE, 'Web', 'remind101/acme-inc:v2'), 'two');
    rehearsed.pass(3 * 3600 - 60);
    expect((await rehearsed.state(ACME)).status).to.equal('UPDATE_IN_PROGRESS');
    rehearsed.pass(300);
    const [[, reason] = []] = await reasons(rehearsed, 'two', 'UPDATE_FAILED');
    expect(reason).to.contain('"Exceeded attempts to wait"').and.to.contain('HandlerErrorCode: NotStabilized');
  });

  it('deletes what is new in it', async () => {
    const rehearsed = await running();
    const wider = edited(CRASHING, ({ Resources }) => {
      Resources['ExtraGroup'] = { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'extra' } };
    });
    await rehearsed.deploy(ACME, wider, 'two');
    expect(await rehearsed.told(ACME, 'two')).to.include.members(['ExtraGroup CREATE_COMPLETE', 'ExtraGroup DELETE_COMPLETE']);
    expect(await rehearsed.resource(ACME, 'ExtraGroup')).to.equal(undefined);
  });

  it('changes back in place what was changed in place', async () => {
    const rehearsed = await running();
    const scaled = edited(CRASHING, ({ Resources }) => {
      Object.assign(Resources['WorkerService']?.Properties ?? {}, { DesiredCount: 5 });
    });
    await rehearsed.deploy(ACME, scaled, 'two');
    const worker = rehearsed.services.at(await rehearsed.physicalId(ACME, 'WorkerService'));
    expect([worker.properties['DesiredCount'], worker.updates]).to.deep.equal([1, 2]);
  });

  it('waits for a person when not even the way back works, and then goes on', async () => {
    const rehearsed = await running();
    rehearsed.failures.set('WebService rollback', 'Rate exceeded');
    const stuck = await rehearsed.deploy(ACME, CRASHING, 'two', { Release: 'v2' });
    expect(stuck.status).to.equal('UPDATE_ROLLBACK_FAILED');
    expect(stuck.reason).to.deep.equal({ kind: 'given', value: 'The following resource(s) failed to update: [WebService]. ' });
    expect(await refusal(rehearsed.changeSet(ACME, TEMPLATE))).to.contain(
      'is in UPDATE_ROLLBACK_FAILED state and can not be updated',
    );
    await rehearsed.window.continueRollback({ stack: ACME, skip: [], token: 'on' });
    rehearsed.pass(300);
    expect((await rehearsed.state(ACME)).status).to.equal('UPDATE_ROLLBACK_COMPLETE');
    expect(rehearsed.services.imageOf('WebService')).to.equal('remind101/acme-inc:latest');
  });

  it('believes that what was skipped is as it was, which it is not', async () => {
    const rehearsed = await running();
    rehearsed.failures.set('WebService rollback', 'Rate exceeded');
    await rehearsed.deploy(ACME, CRASHING, 'two');
    const wrong = rehearsed.window.continueRollback({ stack: ACME, skip: ['LogGroup'], token: 'wrong' });
    expect(await refusal(wrong)).to.contain('[LogGroup]');
    await rehearsed.window.continueRollback({ stack: ACME, skip: ['WebService'], token: 'on' });
    rehearsed.pass(300);
    expect((await rehearsed.state(ACME)).status).to.equal('UPDATE_ROLLBACK_COMPLETE');
    expect(rehearsed.services.imageOf('WebService')).to.equal('remind101/acme-inc:v2-crash');
    await rehearsed.deploy(ACME, TEMPLATE, 'three', { Release: 'v3' });
    expect((await rehearsed.told(ACME, 'three')).some((event) => event.startsWith('WebService'))).to.equal(false);
    expect(rehearsed.services.imageOf('WebService')).to.equal('remind101/acme-inc:v2-crash');
    const again = rehearsed.window.continueRollback({ stack: ACME, skip: [], token: 'again' });
    expect(await refusal(again)).to.contain('is in UPDATE_COMPLETE state and can not continue update rollback');
  });

  it('can be followed by a good update', async () => {
    const rehearsed = await running();
    await rehearsed.deploy(ACME, CRASHING, 'two');
    const good = withImage(TEMPLATE, 'Web', 'remind101/acme-inc:v3');
    expect((await rehearsed.deploy(ACME, good, 'three')).status).to.equal('UPDATE_COMPLETE');
    expect(rehearsed.services.imageOf('WebService')).to.equal('remind101/acme-inc:v3');
    expect(await rehearsed.physicalId(ACME, 'WebTaskDefinition')).to.match(/_web:3$/);
  });
});
