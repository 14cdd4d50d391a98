import { expect } from 'chai';
import { edited, exampleTemplate, refusal, StacksWorld, withImage } from '../support/stacks-world.js';

const ACME = 'empire-acme-inc';
const TEMPLATE = exampleTemplate('acme-inc');

async function running(): Promise<StacksWorld> {
  const rehearsed = new StacksWorld();
  await rehearsed.deploy(ACME, TEMPLATE, 'one');
  return rehearsed;
}

describe('a rehearsed stack that is deleted', () => {
  it('deletes each resource after those that need it', async () => {
    const rehearsed = await running();
    const { id } = await rehearsed.state(ACME);
    await rehearsed.window.delete({ stack: ACME, retain: [], token: 'away' });
    expect((await rehearsed.state(ACME)).status).to.equal('DELETE_IN_PROGRESS');
    rehearsed.pass(600);
    expect((await rehearsed.window.describe(ACME)).kind).to.equal('none');
    const events = await rehearsed.events(id, 'away');
    const at = (resource: string, status: string) =>
      events.find((event) => event.resource === resource && event.status === status)?.at ?? -1;
    expect(at('InternalLoadBalancerSecurityGroup', 'DELETE_IN_PROGRESS')).to.be.at.least(
      at('InternalLoadBalancer', 'DELETE_COMPLETE'),
    );
    expect(at('InternalListener80', 'DELETE_IN_PROGRESS')).to.be.at.least(at('WebService', 'DELETE_COMPLETE'));
    expect(at('AppSecurityGroup', 'DELETE_IN_PROGRESS')).to.be.at.least(at('WorkerService', 'DELETE_COMPLETE'));
    expect(at('LogGroup', 'DELETE_SKIPPED')).to.be.above(0);
    expect([...rehearsed.services.definitions.values()].some(({ active }) => active)).to.equal(false);
    expect(rehearsed.services.targetGroups.size).to.equal(0);
  });

  it('is stuck when something cannot go, until that is left behind', async () => {
    const rehearsed = await running();
    const early = rehearsed.window.delete({ stack: ACME, retain: ['AppSecurityGroup'], token: 'early' });
    expect(await refusal(early)).to.contain('DELETE_FAILED');
    rehearsed.failures.set('AppSecurityGroup delete', 'resource sg-1 has a dependent object');
    await rehearsed.window.delete({ stack: ACME, retain: [], token: 'away' });
    rehearsed.pass(600);
    const stuck = await rehearsed.state(ACME);
    expect(stuck.status).to.equal('DELETE_FAILED');
    expect(stuck.reason).to.deep.equal({
      kind: 'given',
      value: 'The following resource(s) failed to delete: [AppSecurityGroup]. ',
    });
    expect((await rehearsed.window.resources(ACME)).map(({ id, status }) => [id, status])).to.deep.equal([
      ['AppSecurityGroup', 'DELETE_FAILED'],
    ]);
    const wrong = rehearsed.window.delete({ stack: ACME, retain: ['WebService'], token: 'wrong' });
    expect(await refusal(wrong)).to.contain('[WebService]');
    await rehearsed.window.delete({ stack: ACME, retain: ['AppSecurityGroup'], token: 'again' });
    rehearsed.pass(60);
    expect((await rehearsed.window.describe(ACME)).kind).to.equal('none');
  });

  it('goes by the second try when the cause is gone', async () => {
    const rehearsed = await running();
    rehearsed.failures.set('AppSecurityGroup delete', 'resource sg-1 has a dependent object');
    await rehearsed.window.delete({ stack: ACME, retain: [], token: 'away' });
    rehearsed.pass(600);
    await rehearsed.window.delete({ stack: ACME, retain: [], token: 'again' });
    rehearsed.pass(60);
    expect((await rehearsed.window.describe(ACME)).kind).to.equal('none');
    await rehearsed.window.delete({ stack: ACME, retain: [], token: 'once more' });
  });

  it('leaves its log group, and a stack of that name takes it in again', async () => {
    const rehearsed = await running();
    await rehearsed.window.delete({ stack: ACME, retain: [], token: 'away' });
    rehearsed.pass(600);
    const { changes } = await rehearsed.changeSet(ACME, TEMPLATE);
    expect(changes.find(({ id }) => id === 'LogGroup')?.action).to.equal('Import');
    expect((await rehearsed.deploy(ACME, TEMPLATE, 'two')).status).to.equal('CREATE_COMPLETE');
    expect(await rehearsed.told(ACME, 'two')).to.include.members(['LogGroup IMPORT_IN_PROGRESS', 'LogGroup IMPORT_COMPLETE']);
    expect(await rehearsed.physicalId(ACME, 'LogGroup')).to.equal('/empire/default/acme-inc');
    expect((await rehearsed.window.list('empire-')).map(({ name }) => name)).to.deep.equal([ACME]);
  });

  it('cannot take in what it would delete, nor what another stack has', async () => {
    const rehearsed = await running();
    const taken = await rehearsed.changeSet('empire-other', TEMPLATE);
    expect(taken).to.include({ status: 'FAILED', execution: 'UNAVAILABLE', empty: false });
    expect(taken.reason).to.have.property('value').that.contains('AWS::EarlyValidation::ResourceExistenceCheck');
    await rehearsed.window.delete({ stack: ACME, retain: [], token: 'away' });
    rehearsed.pass(600);
    const careless = edited(TEMPLATE, ({ Resources }) => {
      delete Resources['LogGroup']?.['DeletionPolicy'];
    });
    const { status, reason } = await rehearsed.changeSet('empire-third', careless);
    expect(status).to.equal('FAILED');
    expect(reason).to.have.property('value').that.contains("must have the DeletionPolicy attribute set to 'Retain'");
    expect(reason)
      .to.have.property('value')
      .that.matches(/The affected resources are LogGroup$/);
  });

  it('can be deleted when it is stuck half-way back, with everything the update made', async () => {
    const rehearsed = await running();
    rehearsed.failures.set('WebService rollback', 'Rate exceeded');
    const crashing = withImage(TEMPLATE, 'Web', 'remind101/acme-inc:v2-crash');
    expect((await rehearsed.deploy(ACME, crashing, 'two')).status).to.equal('UPDATE_ROLLBACK_FAILED');
    await rehearsed.window.delete({ stack: ACME, retain: [], token: 'away' });
    rehearsed.pass(600);
    expect((await rehearsed.window.describe(ACME)).kind).to.equal('none');
    expect([...rehearsed.services.definitions.values()].some(({ active }) => active)).to.equal(false);
  });

  it('says when a failed creation could not even be undone, and can be deleted then', async () => {
    const rehearsed = new StacksWorld();
    rehearsed.failures.set('TaskRole create', 'You are not authorized');
    rehearsed.failures.set('AppSecurityGroup delete', 'resource sg-1 has a dependent object');
    expect((await rehearsed.deploy(ACME, TEMPLATE, 'one')).status).to.equal('ROLLBACK_FAILED');
    await rehearsed.window.delete({ stack: ACME, retain: [], token: 'away' });
    rehearsed.pass(60);
    expect((await rehearsed.window.describe(ACME)).kind).to.equal('none');
  });

  it('forgets its oldest events and change sets, so that a rehearsal stays small', async () => {
    const rehearsed = await running();
    for (let version = 2; version <= 30; version += 1)
      await rehearsed.deploy(ACME, withImage(TEMPLATE, 'Web', `remind101/acme-inc:v${version}`), `release-${version}`);
    const [stack] = rehearsed.world.state.stacks.stacks;
    expect(stack?.changeSets.length).to.equal(10);
    expect(JSON.stringify(rehearsed.world.state).length).to.be.below(400_000);
  });
});
