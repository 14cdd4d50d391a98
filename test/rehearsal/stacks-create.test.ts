import { expect } from 'chai';
import { edited, exampleTemplate, refusal, START, StacksWorld } from '../support/stacks-world.js';

const ACME = 'empire-acme-inc';

describe('a rehearsed stack that is created', () => {
  it('is only reviewed until its change set is executed', async () => {
    const rehearsed = new StacksWorld();
    const changeSet = await rehearsed.changeSet(ACME, exampleTemplate('acme-inc'), { Release: 'v1' });
    expect(changeSet).to.include({ status: 'CREATE_COMPLETE', execution: 'AVAILABLE', empty: false });
    expect(new Set(changeSet.changes.map(({ action }) => action))).to.deep.equal(new Set(['Add']));
    expect((await rehearsed.state(ACME)).status).to.equal('REVIEW_IN_PROGRESS');
    expect(await rehearsed.window.resources(ACME)).to.deep.equal([]);
    expect(await rehearsed.window.template(ACME)).to.equal('');
    await rehearsed.window.delete({ stack: ACME, retain: [], token: 'away' });
    rehearsed.pass(5);
    expect((await rehearsed.window.describe(ACME)).kind).to.equal('none');
  });

  it('has everything in the end, with ids like those of AWS', async () => {
    const rehearsed = new StacksWorld();
    const state = await rehearsed.deploy(ACME, exampleTemplate('acme-inc'), 'one', { Release: 'v1' });
    expect(state.status).to.equal('CREATE_COMPLETE');
    expect(state.outputs['Release']).to.equal('v1');
    expect(state.outputs['TaskDefinitions']).to.contain(
      'web=arn:aws:ecs:us-east-1:123456789012:task-definition/empire-acme-inc_web:1',
    );
    expect(state.parameters.find(({ name }) => name === 'PlatformVpcId')).to.deep.equal({
      name: 'PlatformVpcId',
      value: '/empire/default/vpc-id',
      resolved: { kind: 'given', value: 'found:/empire/default/vpc-id' },
    });
    expect(await rehearsed.physicalId(ACME, 'AppSecurityGroup')).to.match(/^sg-0[0-9a-f]{16}$/);
    expect(await rehearsed.physicalId(ACME, 'InternalLoadBalancer')).to.match(
      /^arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer\/app\/[\w-]{1,32}\/[0-9a-f]{16}$/,
    );
    expect(await rehearsed.window.template(ACME)).to.equal(exampleTemplate('acme-inc'));
    const statuses = (await rehearsed.window.resources(ACME)).map(({ status }) => status);
    expect(new Set(statuses)).to.deep.equal(new Set(['CREATE_COMPLETE']));
  });

  it('evaluates what the template says before a service sees it', async () => {
    const rehearsed = new StacksWorld();
    await rehearsed.deploy(ACME, exampleTemplate('acme-inc'), 'one');
    const service = rehearsed.services.at(await rehearsed.physicalId(ACME, 'WebService'));
    expect(service.properties['Cluster']).to.equal('found:/empire/default/cluster-name');
    const group = await rehearsed.physicalId(ACME, 'AppSecurityGroup');
    expect(service.properties['NetworkConfiguration']).to.deep.equal({
      AwsvpcConfiguration: {
        AssignPublicIp: 'DISABLED',
        SecurityGroups: [group, 'found:/empire/default/app-tasks-group'],
        Subnets: ['subnet-0a', 'subnet-0b'],
      },
    });
    expect(rehearsed.services.targetGroups.has(await rehearsed.physicalId(ACME, 'WebTargetGroup'))).to.equal(true);
  });

  it('makes each resource after those it needs, and others at the same time', async () => {
    const rehearsed = new StacksWorld();
    await rehearsed.deploy(ACME, exampleTemplate('acme-inc'), 'one');
    const events = await rehearsed.events(ACME, 'one');
    const at = (id: string, status: string) => events.find((event) => event.resource === id && event.status === status)?.at ?? 0;
    expect(at('WebService', 'CREATE_IN_PROGRESS')).to.be.at.least(at('InternalListener80', 'CREATE_COMPLETE'));
    expect(at('InternalListener80', 'CREATE_IN_PROGRESS')).to.be.at.least(at('InternalLoadBalancer', 'CREATE_COMPLETE'));
    expect(at('WorkerService', 'CREATE_COMPLETE')).to.be.below(at('InternalLoadBalancer', 'CREATE_COMPLETE'));
    expect(at('InternalLoadBalancer', 'CREATE_COMPLETE') - at('InternalLoadBalancer', 'CREATE_IN_PROGRESS')).to.equal(121_000);
    expect(events[0]).to.deep.include({ resource: ACME, status: 'CREATE_IN_PROGRESS', at: START + 3000 });
    expect(
      events.filter(({ resource }) => resource === 'WebService').map(({ status, reason }) => [status, reason]),
    ).to.deep.equal([
      ['CREATE_IN_PROGRESS', { kind: 'none' }],
      ['CREATE_IN_PROGRESS', { kind: 'given', value: 'Resource creation Initiated' }],
      ['CREATE_COMPLETE', { kind: 'none' }],
    ]);
  });

  it('is undone when a service fails, and must be deleted before it is tried again', async () => {
    const rehearsed = new StacksWorld();
    const crashing = exampleTemplate('hello').replace(/"Image": "[^"]+"/g, '"Image": "x:v1-crash"');
    const state = await rehearsed.deploy('empire-hello', crashing, 'one');
    expect(state.status).to.equal('ROLLBACK_COMPLETE');
    const events = await rehearsed.events('empire-hello', 'one');
    const reasonOf = (resource: string, status: string) =>
      events.find((event) => event.resource === resource && event.status === status)?.reason;
    expect(reasonOf('WebService', 'CREATE_FAILED'))
      .to.have.property('value')
      .that.matches(
        /^Resource handler returned message: "Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'\." \(RequestToken: [0-9a-f-]{36}, HandlerErrorCode: GeneralServiceException\)$/,
      );
    expect(reasonOf('empire-hello', 'ROLLBACK_IN_PROGRESS')).to.deep.equal({
      kind: 'given',
      value: 'The following resource(s) failed to create: [WebService]. Rollback requested by user.',
    });
    expect(events.map(({ resource, status }) => `${resource} ${status}`)).to.include('LogGroup DELETE_SKIPPED');
    expect(await rehearsed.window.resources('empire-hello')).to.deep.equal([]);
    const update = rehearsed.changeSet('empire-hello', exampleTemplate('hello'));
    expect(await refusal(update)).to.match(
      /^outside-refused ValidationError: Stack:arn:.* is in ROLLBACK_COMPLETE state and can not be updated$/,
    );
    await rehearsed.window.delete({ stack: 'empire-hello', retain: [], token: 'away' });
    rehearsed.pass(10);
    expect((await rehearsed.deploy('empire-hello', exampleTemplate('hello'), 'two')).status).to.equal('CREATE_COMPLETE');
  });

  it('cancels what is on its way when something else fails', async () => {
    const rehearsed = new StacksWorld();
    rehearsed.failures.set('TaskRole create', 'You are not authorized');
    const state = await rehearsed.deploy(ACME, exampleTemplate('acme-inc'), 'one');
    expect(state.status).to.equal('ROLLBACK_COMPLETE');
    const events = await rehearsed.events(ACME, 'one');
    const failed = events.filter(({ status }) => status === 'CREATE_FAILED').map(({ resource, reason }) => [resource, reason]);
    expect(failed).to.deep.include(['InternalLoadBalancer', { kind: 'given', value: 'Resource creation cancelled' }]);
    expect(events.some(({ resource }) => resource === 'WebService')).to.equal(false);
  });

  it('can be deleted while it is created', async () => {
    const rehearsed = new StacksWorld();
    await rehearsed.start(ACME, exampleTemplate('acme-inc'), 'one');
    rehearsed.pass(40);
    expect((await rehearsed.state(ACME)).status).to.equal('CREATE_IN_PROGRESS');
    await rehearsed.window.delete({ stack: ACME, retain: [], token: 'away' });
    rehearsed.pass(600);
    expect((await rehearsed.window.describe(ACME)).kind).to.equal('none');
    expect([...rehearsed.services.services.values()].every(({ gone }) => gone)).to.equal(true);
  });

  it('refuses a template that CloudFormation would refuse', async () => {
    const rehearsed = new StacksWorld();
    const hello = exampleTemplate('hello');
    const says = async (body: string, parameters: Record<string, string> = {}) =>
      refusal(rehearsed.changeSet('empire-hello', body, parameters));
    expect(await says('nonsense')).to.contain('Template format error: JSON not well-formed');
    expect(await says('[]')).to.contain('Template format error: unsupported structure');
    expect(await says('{"Resources":{}}')).to.contain('At least one Resources member must be defined');
    const template = { kind: 'body', body: `${hello}${' '.repeat(51_200)}` } as const;
    const input = { stack: 'empire-hello', name: 'long', kind: 'create', parameters: {}, description: '', token: 'l' } as const;
    const long = await refusal(rehearsed.window.createChangeSet({ ...input, template }));
    expect(long).to.contain("'templateBody' failed to satisfy constraint");
    expect(await says(`${hello}${' '.repeat(1_000_000)}`)).to.contain('Template may not exceed 1000000 bytes in size');
    expect(await says(hello, { Color: 'red' })).to.contain('Parameters: [Color] do not exist in the template');
    const dangling = edited(hello, ({ Resources }) => {
      Object.assign(Resources['WebService'] ?? {}, { DependsOn: ['Ghost'] });
    });
    expect(await says(dangling)).to.contain('Unresolved resource dependencies [Ghost] in the Resources block of the template');
    const unknown = edited(hello, ({ Resources }) => {
      Resources['Queue'] = { Type: 'AWS::SQS::Queue', Properties: {} };
    });
    expect(await says(unknown)).to.contain('Unrecognized resource types: [AWS::SQS::Queue]');
    const circle = edited(hello, ({ Resources }) => {
      Object.assign(Resources['LogGroup'] ?? {}, { DependsOn: 'WebService' });
    });
    expect(await says(circle)).to.contain('Circular dependency between resources: [');
    rehearsed.values.set('/empire/default/vpc-id', 'missing');
    expect(await says(hello)).to.contain(
      'Unable to fetch parameters [/empire/default/vpc-id] from parameter store for this account',
    );
    expect(await rehearsed.window.list('empire-')).to.deep.equal([]);
  });

  it('takes a template from the store when it is too long to send', async () => {
    const rehearsed = new StacksWorld();
    const body = exampleTemplate('hello');
    rehearsed.objects.set('https://store/hello', body);
    const input = { stack: 'empire-hello', name: 'by-url', kind: 'create', parameters: {}, description: '', token: 'u' } as const;
    const missing = rehearsed.window.createChangeSet({ ...input, template: { kind: 'url', url: 'https://store/nothing' } });
    expect(await refusal(missing)).to.contain('S3 error: The specified key does not exist');
    const { id } = await rehearsed.window.createChangeSet({ ...input, template: { kind: 'url', url: 'https://store/hello' } });
    rehearsed.pass(3);
    await rehearsed.window.executeChangeSet({ stack: 'empire-hello', id, token: 'one' });
    rehearsed.pass(600);
    expect(await rehearsed.window.template('empire-hello')).to.equal(body);
  });
});
