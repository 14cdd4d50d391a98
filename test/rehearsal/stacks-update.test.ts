import { expect } from 'chai';
import { edited, exampleTemplate, refusal, StacksWorld, withImage } from '../support/stacks-world.js';

const ACME = 'empire-acme-inc';
const TEMPLATE = exampleTemplate('acme-inc');

/** A stack with two services that rests. */
async function running(parameters: Record<string, string> = { Release: 'v1' }): Promise<StacksWorld> {
  const rehearsed = new StacksWorld();
  await rehearsed.deploy(ACME, TEMPLATE, 'one', parameters);
  return rehearsed;
}

const serviceIn = (rehearsed: StacksWorld, part: string) =>
  [...rehearsed.services.services].find(([arn]) => arn.includes(part))?.[1] ?? { updates: -1 };

describe('a rehearsed stack that is updated', () => {
  it('touches only what changed: one task definition, its service', async () => {
    const rehearsed = await running();
    const before = await rehearsed.physicalId(ACME, 'WebTaskDefinition');
    const next = withImage(TEMPLATE, 'Web', 'remind101/acme-inc:v2');
    const state = await rehearsed.deploy(ACME, next, 'two', { Release: 'v2' });
    expect(state.status).to.equal('UPDATE_COMPLETE');
    expect(state.outputs['Release']).to.equal('v2');
    expect(await rehearsed.told(ACME, 'two')).to.deep.equal([
      `${ACME} UPDATE_IN_PROGRESS`,
      'WebTaskDefinition UPDATE_IN_PROGRESS',
      'WebTaskDefinition UPDATE_IN_PROGRESS',
      'WebTaskDefinition UPDATE_COMPLETE',
      'WebService UPDATE_IN_PROGRESS',
      'WebService UPDATE_COMPLETE',
      `${ACME} UPDATE_COMPLETE_CLEANUP_IN_PROGRESS`,
      'WebTaskDefinition DELETE_IN_PROGRESS',
      'WebTaskDefinition DELETE_COMPLETE',
      `${ACME} UPDATE_COMPLETE`,
    ]);
    expect(rehearsed.services.imageOf('WebService')).to.equal('remind101/acme-inc:v2');
    expect([serviceIn(rehearsed, 'WebService').updates, serviceIn(rehearsed, 'WorkerService').updates]).to.deep.equal([1, 0]);
    expect(before).to.match(/_web:1$/);
    expect(await rehearsed.physicalId(ACME, 'WebTaskDefinition')).to.match(/_web:2$/);
    expect(rehearsed.services.definitions.get(before)?.active).to.equal(false);
  });

  it('says beforehand what will be replaced, and what only may be', async () => {
    const rehearsed = await running();
    const { changes } = await rehearsed.changeSet(ACME, withImage(TEMPLATE, 'Web', 'remind101/acme-inc:v2'));
    const brief = changes.map(({ action, id, replacement, properties }) => [action, id, replacement, ...properties]);
    expect(brief).to.deep.equal([
      ['Modify', 'WebTaskDefinition', 'True', 'ContainerDefinitions'],
      ['Modify', 'WebService', 'False', 'TaskDefinition'],
    ]);
  });

  it('lists what reads an attribute of something that changes, as CloudFormation does', async () => {
    const rehearsed = await running();
    const wider = edited(TEMPLATE, ({ Resources }) => {
      Object.assign(Resources['TaskRole']?.Properties ?? {}, { Policies: [] });
    });
    const { changes } = await rehearsed.changeSet(ACME, wider);
    const replacement = (id: string) => changes.find((change) => change.id === id)?.replacement;
    expect(replacement('TaskRole')).to.equal('False');
    expect(replacement('WebTaskDefinition')).to.equal('Conditional');
    const state = await rehearsed.deploy(ACME, wider, 'two');
    expect(state.status).to.equal('UPDATE_COMPLETE');
    expect(await rehearsed.physicalId(ACME, 'WebTaskDefinition')).to.match(/_web:1$/);
    expect((await rehearsed.told(ACME, 'two')).some((event) => event.startsWith('Web'))).to.equal(false);
  });

  it('makes the new thing before it deletes the old one', async () => {
    const rehearsed = await running();
    const outside = edited(TEMPLATE, ({ Resources }) => {
      Object.assign(Resources['InternalLoadBalancer']?.Properties ?? {}, { Scheme: 'internet-facing' });
    });
    const before = await rehearsed.physicalId(ACME, 'InternalLoadBalancer');
    const changeSet = await rehearsed.changeSet(ACME, outside);
    const of = (id: string) => changeSet.changes.find((change) => change.id === id);
    expect(of('InternalLoadBalancer')).to.include({ replacement: 'True', policy: 'Delete' });
    expect(of('InternalListener80')).to.include({ replacement: 'Conditional' });
    await rehearsed.deploy(ACME, outside, 'two');
    const events = await rehearsed.events(ACME, 'two');
    const [first] = events.filter(({ resource }) => resource === 'InternalLoadBalancer');
    expect(first?.reason).to.deep.equal({
      kind: 'given',
      value: 'Requested update requires the creation of a new physical resource; hence creating one.',
    });
    const gone = events.find(
      ({ physicalId, status }) => physicalId.kind === 'given' && physicalId.value === before && status === 'DELETE_COMPLETE',
    );
    const cleaning = events.find(({ status }) => status === 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
    expect(gone?.at).to.be.above(cleaning?.at ?? Number.POSITIVE_INFINITY);
    expect(await rehearsed.physicalId(ACME, 'InternalListener80')).to.contain('/app/');
  });

  it('deletes what left the template at the end, each after what needs it', async () => {
    const rehearsed = await running();
    const without = edited(TEMPLATE, ({ Resources, Outputs }) => {
      delete Resources['WorkerService'];
      delete Resources['WorkerTaskDefinition'];
      for (const name of ['Services', 'TaskDefinitions']) Object.assign(Outputs[name] ?? {}, { Value: 'less' });
    });
    const { changes } = await rehearsed.changeSet(ACME, without);
    expect(changes.map(({ action, id, policy }) => [action, id, policy])).to.have.deep.members([
      ['Remove', 'WorkerService', 'Delete'],
      ['Remove', 'WorkerTaskDefinition', 'Delete'],
    ]);
    await rehearsed.deploy(ACME, without, 'two');
    expect(await rehearsed.told(ACME, 'two')).to.deep.equal([
      `${ACME} UPDATE_IN_PROGRESS`,
      `${ACME} UPDATE_COMPLETE_CLEANUP_IN_PROGRESS`,
      'WorkerService DELETE_IN_PROGRESS',
      'WorkerService DELETE_COMPLETE',
      'WorkerTaskDefinition DELETE_IN_PROGRESS',
      'WorkerTaskDefinition DELETE_COMPLETE',
      `${ACME} UPDATE_COMPLETE`,
    ]);
    expect(await rehearsed.resource(ACME, 'WorkerService')).to.equal(undefined);
  });

  it('is complete though something old could not be deleted', async () => {
    const rehearsed = await running();
    rehearsed.failures.set('WebTaskDefinition delete', 'Rate exceeded');
    const state = await rehearsed.deploy(ACME, withImage(TEMPLATE, 'Web', 'remind101/acme-inc:v2'), 'two');
    expect(state.status).to.equal('UPDATE_COMPLETE');
    expect(state.reason).to.deep.equal({
      kind: 'given',
      value: 'Update successful. One or more resources could not be deleted.',
    });
  });

  it('gives the new template while it goes forward', async () => {
    const rehearsed = await running();
    const next = withImage(TEMPLATE, 'Web', 'remind101/acme-inc:v2');
    await rehearsed.start(ACME, next, 'two', { Release: 'v2' });
    rehearsed.pass(10);
    expect(await rehearsed.window.template(ACME)).to.equal(next);
    const state = await rehearsed.state(ACME);
    expect([state.status, state.outputs['Release']]).to.deep.equal(['UPDATE_IN_PROGRESS', 'v1']);
    expect(state.parameters.find(({ name }) => name === 'Release')?.value).to.equal('v2');
  });

  it('has nothing to do when neither template nor parameters differ', async () => {
    const rehearsed = await running();
    const changeSet = await rehearsed.changeSet(ACME, JSON.stringify(JSON.parse(TEMPLATE)), { Release: 'v1' });
    expect(changeSet).to.include({ status: 'FAILED', execution: 'UNAVAILABLE', empty: true });
    expect(changeSet.reason).to.deep.equal({
      kind: 'given',
      value: "The submitted information didn't contain changes. Submit different information to create a change set.",
    });
    const execute = rehearsed.window.executeChangeSet({ stack: ACME, id: changeSet.id, token: 'never' });
    expect(await refusal(execute)).to.match(
      /^outside-refused InvalidChangeSetStatus: ChangeSet \[.*\] cannot be executed in its current status of \[FAILED\]$/,
    );
    const unused = edited(TEMPLATE, ({ Parameters }) => {
      Parameters['Unused'] = { Type: 'String', Default: 'x' };
    });
    expect((await rehearsed.changeSet(ACME, unused, { Release: 'v1', Unused: 'y' })).empty).to.equal(true);
  });

  it('can change its outputs only', async () => {
    const rehearsed = await running();
    const changeSet = await rehearsed.changeSet(ACME, TEMPLATE, { Release: 'v2' });
    expect(changeSet).to.include({ status: 'CREATE_COMPLETE', execution: 'AVAILABLE', empty: false });
    expect(changeSet.changes).to.deep.equal([]);
    expect((await rehearsed.deploy(ACME, TEMPLATE, 'two', { Release: 'v3' })).outputs['Release']).to.equal('v3');
  });

  it('notices that a value of the platform is another one', async () => {
    const rehearsed = await running();
    rehearsed.values.set('/empire/default/private-subnets', 'subnet-0a,subnet-0c');
    const { changes } = await rehearsed.changeSet(ACME, TEMPLATE, { Release: 'v1' });
    expect(changes.find(({ id }) => id === 'WebService')?.properties).to.deep.equal(['NetworkConfiguration']);
    expect(changes.find(({ id }) => id === 'InternalLoadBalancer')?.properties).to.deep.equal(['Subnets']);
  });

  it('makes other change sets worthless, and refuses them', async () => {
    const rehearsed = await running();
    const late = await rehearsed.changeSet(ACME, withImage(TEMPLATE, 'Web', 'remind101/acme-inc:v3'));
    await rehearsed.deploy(ACME, withImage(TEMPLATE, 'Web', 'remind101/acme-inc:v2'), 'two');
    const now = await rehearsed.window.changeSet(ACME, late.id);
    expect(now.kind === 'given' && now.value.execution).to.equal('OBSOLETE');
    const execute = rehearsed.window.executeChangeSet({ stack: ACME, id: late.id, token: 'late' });
    expect(await refusal(execute)).to.contain('cannot be executed in its current execution status of [OBSOLETE]');
  });

  it('works a change set out in a while, and does not let go of it meanwhile', async () => {
    const rehearsed = await running();
    const template = { kind: 'body', body: withImage(TEMPLATE, 'Web', 'remind101/acme-inc:v2') } as const;
    const input = { stack: ACME, name: 'next', kind: 'update', parameters: {}, description: '', token: 'x' } as const;
    const { id } = await rehearsed.window.createChangeSet({ ...input, template });
    const status = async () => {
      const found = await rehearsed.window.changeSet(ACME, id);
      return found.kind === 'given' ? [found.value.status, found.value.changes.length] : ['gone'];
    };
    expect(await status()).to.deep.equal(['CREATE_PENDING', 0]);
    expect(await refusal(rehearsed.window.deleteChangeSet(ACME, id))).to.contain(
      'An operation on this ChangeSet is currently in progress',
    );
    rehearsed.pass(1);
    expect(await status()).to.deep.equal(['CREATE_IN_PROGRESS', 0]);
    rehearsed.pass(1);
    expect(await status()).to.deep.equal(['CREATE_COMPLETE', 2]);
    await rehearsed.window.deleteChangeSet(ACME, id);
    await rehearsed.window.deleteChangeSet(ACME, id);
    expect(await status()).to.deep.equal(['gone']);
  });

  it('refuses a second change while one goes on, and takes a repeated one for a retry', async () => {
    const rehearsed = await running();
    const next = withImage(TEMPLATE, 'Web', 'remind101/acme-inc:v2');
    const { id, name } = await rehearsed.changeSet(ACME, next);
    const input = { stack: ACME, name, kind: 'update', parameters: {}, description: '', token: 'x' } as const;
    const again = await rehearsed.window.createChangeSet({ ...input, template: { kind: 'body', body: next } });
    expect(again).to.deep.equal({ kind: 'exists', id });
    await rehearsed.window.executeChangeSet({ stack: ACME, id, token: 'two' });
    await rehearsed.window.executeChangeSet({ stack: ACME, id, token: 'two' });
    rehearsed.pass(5);
    const busy =
      /Stack:arn:aws:cloudformation:us-east-1:123456789012:stack\/empire-acme-inc\/[0-9a-f-]{36} is in UPDATE_IN_PROGRESS state and can not be updated$/;
    expect(await refusal(rehearsed.changeSet(ACME, TEMPLATE))).to.match(busy);
    const deletion = rehearsed.window.delete({ stack: ACME, retain: [], token: 'away' });
    expect(await refusal(deletion)).to.contain('cannot be deleted while in status UPDATE_IN_PROGRESS');
    const missing = rehearsed.window.executeChangeSet({ stack: ACME, id: 'nothing', token: 'three' });
    expect(await refusal(missing)).to.contain('ChangeSetNotFoundException: ChangeSet [nothing] does not exist');
    expect(await refusal(rehearsed.window.resources('empire-nothing'))).to.contain('Stack with id empire-nothing does not exist');
  });

  it('can be saved between any two events', async () => {
    const [whole, saved] = [await running(), await running()];
    const next = withImage(TEMPLATE, 'Web', 'remind101/acme-inc:v2');
    await whole.start(ACME, next, 'two');
    await saved.start(ACME, next, 'two');
    for (let minute = 0; minute < 10; minute += 1) {
      whole.pass(12);
      saved.pass(12);
      saved.world.state.stacks = JSON.parse(JSON.stringify(saved.world.state.stacks));
    }
    expect((await saved.state(ACME)).status).to.equal('UPDATE_COMPLETE');
    expect(saved.world.state).to.deep.equal(whole.world.state);
  });

  it('reads events from where one left off', async () => {
    const rehearsed = await running();
    const all = await rehearsed.window.events(ACME, { after: { kind: 'none' }, limit: 1000 });
    const newest = await rehearsed.window.events(ACME, { after: { kind: 'none' }, limit: 3 });
    expect(newest).to.deep.equal(all.slice(-3));
    const after = { kind: 'given', value: all[3]?.id ?? '' } as const;
    expect(await rehearsed.window.events(ACME, { after, limit: 1000 })).to.deep.equal(all.slice(4));
    expect(new Set(all.map(({ id }) => id)).size).to.equal(all.length);
  });

  it('leaves behind what its policies say, when it is replaced and when it is removed', async () => {
    const rehearsed = await running();
    const renamed = edited(TEMPLATE, ({ Resources }) => {
      Object.assign(Resources['LogGroup']?.Properties ?? {}, { LogGroupName: '/another/name' });
    });
    const { changes } = await rehearsed.changeSet(ACME, renamed);
    expect(changes.find(({ id }) => id === 'LogGroup')).to.include({ replacement: 'True', policy: 'Retain' });
    await rehearsed.deploy(ACME, renamed, 'two');
    expect(await rehearsed.told(ACME, 'two')).to.include('LogGroup DELETE_SKIPPED');
    expect(await rehearsed.physicalId(ACME, 'LogGroup')).to.equal('/another/name');
    const bare = edited(renamed, (template) => {
      template.Resources = { Extra: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'x' } } };
      template.Outputs = {};
    });
    const removal = await rehearsed.changeSet(ACME, bare);
    expect(removal.changes.find(({ id }) => id === 'LogGroup')).to.include({ action: 'Remove', policy: 'Retain' });
    expect(removal.changes.find(({ id }) => id === 'TaskRole')).to.include({ action: 'Remove', policy: 'Delete' });
    await rehearsed.deploy(ACME, bare, 'three');
    expect(await rehearsed.told(ACME, 'three')).to.include('LogGroup DELETE_SKIPPED');
    expect((await rehearsed.window.resources(ACME)).map(({ id }) => id)).to.deep.equal(['Extra']);
  });

  it('makes a change set worthless that is not even worked out', async () => {
    const rehearsed = await running();
    const { id } = await rehearsed.changeSet(ACME, withImage(TEMPLATE, 'Web', 'remind101/acme-inc:v2'));
    const template = { kind: 'body', body: withImage(TEMPLATE, 'Web', 'remind101/acme-inc:v3') } as const;
    const input = { stack: ACME, name: 'late', kind: 'update', parameters: {}, description: '', token: 'x' } as const;
    const late = await rehearsed.window.createChangeSet({ ...input, template });
    await rehearsed.window.executeChangeSet({ stack: ACME, id, token: 'two' });
    expect(await refusal(rehearsed.window.deleteChangeSet(ACME, id))).to.contain('[EXECUTE_IN_PROGRESS]');
    rehearsed.pass(4);
    const found = await rehearsed.window.changeSet(ACME, late.id);
    expect(found.kind === 'given' && [found.value.status, found.value.execution]).to.deep.equal(['CREATE_COMPLETE', 'OBSOLETE']);
  });

  it('refuses to be created again, and to change the type of a resource', async () => {
    const rehearsed = await running();
    const template = { kind: 'body', body: TEMPLATE } as const;
    const input = { stack: ACME, name: 'again', kind: 'create', parameters: {}, description: '', token: 'x' } as const;
    const again = rehearsed.window.createChangeSet({ ...input, template });
    expect(await refusal(again)).to.contain('already exists and cannot be created again with the changeSet [again]');
    const absent = rehearsed.window.createChangeSet({ ...input, stack: 'empire-nothing', kind: 'update', template });
    expect(await refusal(absent)).to.contain('Stack [empire-nothing] does not exist');
    const other = edited(TEMPLATE, ({ Resources }) => {
      Object.assign(Resources['WorkerTaskDefinition'] ?? {}, { Type: 'AWS::IAM::Role' });
    });
    expect(await refusal(rehearsed.changeSet(ACME, other))).to.contain(
      'modifies resource type of the following resources: [WorkerTaskDefinition]',
    );
    const large = edited(TEMPLATE, ({ Resources }) => {
      for (let number = 0; number < 500; number += 1)
        Resources[`Group${number}`] = { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'x' } };
    });
    expect(await refusal(rehearsed.changeSet(ACME, large))).to.contain('is greater than maximum allowed, 500');
  });

  it('fails when a service is deleted behind its back', async () => {
    const rehearsed = await running();
    await rehearsed.start(ACME, withImage(TEMPLATE, 'Web', 'remind101/acme-inc:v2'), 'two');
    rehearsed.pass(10);
    rehearsed.services.at(await rehearsed.physicalId(ACME, 'WebService')).gone = true;
    rehearsed.pass(60);
    const events = await rehearsed.events(ACME, 'two');
    const failed = events.find(({ resource, status }) => resource === 'WebService' && status === 'UPDATE_FAILED');
    expect(failed?.reason).to.have.property('value').that.contains('HandlerErrorCode: NotFound');
    expect((await rehearsed.state(ACME)).status).to.equal('UPDATE_ROLLBACK_FAILED');
  });
});

describe('a rehearsed world', () => {
  it('says so when something in it does not move forward', () => {
    const { world, services } = new StacksWorld();
    services.nextAt = () => world.now;
    expect(() => world.settle(world.now + 1)).to.throw('the rehearsed world stands still');
  });

  it('does nothing when nothing is due', () => {
    const { world } = new StacksWorld();
    const before = world.now;
    expect(world.nextAt()).to.equal(Number.POSITIVE_INFINITY);
    world.settle(before + 5000);
    expect(world.now).to.equal(before + 5000);
    world.settle(before);
    expect(world.now).to.equal(before + 5000);
  });
});
