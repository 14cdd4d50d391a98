import { expect } from 'chai';
import { edited, exampleTemplate, refusal, StacksWorld, withImage } from '../support/stacks-world.js';

const ACME = 'empire-acme-inc';
const TEMPLATE = exampleTemplate('acme-inc');

/** Something of everything: another image, another balancer, a new group, a process less, another count. */
const NEXT = edited(withImage(TEMPLATE, 'Web', 'remind101/acme-inc:v2'), ({ Resources, Outputs }) => {
  delete Resources['WorkerService'];
  delete Resources['WorkerTaskDefinition'];
  for (const name of ['Services', 'TaskDefinitions']) Object.assign(Outputs[name] ?? {}, { Value: 'less' });
  Resources['ExtraGroup'] = { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'extra' } };
  Object.assign(Resources['InternalLoadBalancer']?.Properties ?? {}, { Scheme: 'internet-facing' });
  Object.assign(Resources['WebService']?.Properties ?? {}, { DesiredCount: 4 });
});

/** What the account has, as it matters after an operation. */
const account = (rehearsed: StacksWorld) => {
  const [stack] = rehearsed.world.state.stacks.stacks;
  const resources = Object.values(stack?.resources ?? {}).map(({ id, physicalId, properties, attributes }) => [
    id,
    { physicalId, properties, attributes },
  ]);
  return {
    resources: Object.fromEntries(resources),
    names: rehearsed.world.state.stacks.names,
    definitions: [...rehearsed.services.definitions].filter(([, { active }]) => active),
    services: [...rehearsed.services.services].flatMap(([arn, { gone, properties }]) => (gone ? [] : [[arn, properties]])),
    targetGroups: [...rehearsed.services.targetGroups],
  };
};

async function running(): Promise<StacksWorld> {
  const rehearsed = new StacksWorld();
  await rehearsed.deploy(ACME, TEMPLATE, 'one');
  return rehearsed;
}

describe('a rehearsed stack, stopped at any moment', () => {
  it('is exactly as before when an update is cancelled', async () => {
    const statuses = new Set<string>();
    for (let second = 0; second < 200; second += 7) {
      const rehearsed = await running();
      const before = structuredClone(account(rehearsed));
      await rehearsed.start(ACME, NEXT, 'two');
      rehearsed.pass(second);
      const { status } = await rehearsed.state(ACME);
      statuses.add(status);
      if (status !== 'UPDATE_IN_PROGRESS') continue;
      await rehearsed.window.cancelUpdate(ACME, 'stop');
      rehearsed.pass(900);
      expect((await rehearsed.state(ACME)).status, `after ${second} s`).to.equal('UPDATE_ROLLBACK_COMPLETE');
      expect(account(rehearsed), `after ${second} s`).to.deep.equal(before);
    }
    expect(statuses).to.include('UPDATE_IN_PROGRESS').and.to.include('UPDATE_COMPLETE');
  });

  it('leaves nothing behind but its log group when its creation is stopped by a deletion', async () => {
    for (let second = 0; second < 180; second += 11) {
      const rehearsed = new StacksWorld();
      await rehearsed.start(ACME, TEMPLATE, 'one');
      rehearsed.pass(second);
      await rehearsed.window.delete({ stack: ACME, retain: [], token: 'away' });
      rehearsed.pass(900);
      const { definitions, services, targetGroups, names } = account(rehearsed);
      expect([definitions, services, targetGroups], `after ${second} s`).to.deep.equal([[], [], []]);
      expect(
        Object.values(names)
          .map(({ stack }) => stack)
          .join(''),
        `after ${second} s`,
      ).to.equal('');
    }
  });

  it('is as the new template says when nobody stops it, whatever fails on the way back first', async () => {
    const rehearsed = await running();
    for (const id of ['WebService', 'InternalLoadBalancer', 'InternalListener80', 'ExtraGroup', 'WebTaskDefinition']) {
      const before = structuredClone(account(rehearsed));
      rehearsed.failures.set(`${id} create`, 'Rate exceeded');
      rehearsed.failures.set(`${id} update`, 'Rate exceeded');
      const { status } = await rehearsed.deploy(ACME, NEXT, `fails-${id}`);
      rehearsed.failures.clear();
      expect(status, id).to.equal('UPDATE_ROLLBACK_COMPLETE');
      expect(account(rehearsed), id).to.deep.equal(before);
    }
    expect((await rehearsed.deploy(ACME, NEXT, 'last')).status).to.equal('UPDATE_COMPLETE');
    const fresh = new StacksWorld();
    await fresh.deploy(ACME, NEXT, 'one');
    const shape = (world: StacksWorld) => {
      const { resources, services, targetGroups, definitions } = account(world);
      return [Object.keys(resources).sort(), services.length, targetGroups.length, definitions.length];
    };
    expect(shape(rehearsed)).to.deep.equal(shape(fresh));
  });

  it('refuses to be cancelled once the old things are being deleted', async () => {
    const rehearsed = await running();
    await rehearsed.start(ACME, NEXT, 'two');
    for (let second = 0; second < 400; second += 1) {
      rehearsed.pass(1);
      if ((await rehearsed.state(ACME)).status === 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS') break;
    }
    expect(await refusal(rehearsed.window.cancelUpdate(ACME, 'late'))).to.contain('CancelUpdateStack cannot be called');
  });
});
