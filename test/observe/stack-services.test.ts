import { expect } from 'chai';
import type { StackResource, StackState } from '../../lib/model/windows.js';
import { familyProcess, processNames, readServices } from '../../lib/observe/index.js';
import { given, NONE } from '../support/model-apps.js';
import { AT, OLD, RESOURCES, recordedWindows, WEB_SERVICE } from '../support/recorded.js';

const STACK: StackState = {
  id: 'arn:aws:cloudformation:us-east-1:123456789012:stack/empire-acme-inc/1',
  name: 'empire-acme-inc',
  status: 'UPDATE_IN_PROGRESS',
  reason: NONE,
  parameters: [],
  outputs: {},
  createdAt: AT,
  updatedAt: NONE,
};

const resource = (id: string, type: string, physicalId: string): StackResource => ({
  id,
  type,
  physicalId: physicalId === '' ? NONE : given(physicalId),
  status: 'CREATE_IN_PROGRESS',
  reason: NONE,
});

describe('what a stack has of ECS', () => {
  it('is read by process from its resources, before it has outputs', async () => {
    const found = await readServices(recordedWindows({}), STACK);
    expect(found).to.deep.include({
      cluster: given('empire'),
      services: { web: WEB_SERVICE },
      taskDefinitions: { web: OLD },
      logGroup: given('/empire/default/acme-inc'),
      securityGroup: NONE,
    });
  });

  it('takes the cluster from the parameter when there is no service', async () => {
    const parameters = [{ name: 'PlatformClusterName', value: '/empire/default/cluster-name', resolved: given('blue') }];
    const found = await readServices(recordedWindows({ resources: [] }), { ...STACK, parameters });
    expect(found.cluster).to.deep.equal(given('blue'));
    expect((await readServices(recordedWindows({ resources: [] }), STACK)).cluster).to.deep.equal(NONE);
  });

  it('knows a process by the spelling of its family, since the logical id has lost it', () => {
    const resources = [
      resource(
        'WebpublicTaskDefinition',
        'AWS::ECS::TaskDefinition',
        'arn:aws:ecs:us-east-1:1:task-definition/empire-acme-inc_web_public:3',
      ),
      resource('WebpublicService', 'AWS::ECS::Service', ''),
      resource('WebpublicTargetGroup', 'AWS::ElasticLoadBalancingV2::TargetGroup', 'arn'),
    ];
    expect([...processNames(resources)]).to.deep.equal([
      ['WebpublicTaskDefinition', 'web_public'],
      ['WebpublicService', 'web_public'],
      ['WebpublicTargetGroup', 'web_public'],
    ]);
  });

  it('does not take a balancer for a process that is called internal', () => {
    const resources = [
      resource(
        'InternalTaskDefinition',
        'AWS::ECS::TaskDefinition',
        'arn:aws:ecs:us-east-1:1:task-definition/empire-a_internal:1',
      ),
      resource('InternalLoadBalancer', 'AWS::ElasticLoadBalancingV2::LoadBalancer', 'arn'),
    ];
    expect([...processNames(resources).keys()]).to.deep.equal(['InternalTaskDefinition']);
  });

  it('leaves out what was not made yet', async () => {
    const resources = [...RESOURCES.filter(({ id }) => id !== 'WebService'), resource('WebService', 'AWS::ECS::Service', '')];
    const found = await readServices(recordedWindows({ resources }), STACK);
    expect(found.services).to.deep.equal({});
  });

  it('reads the process from a family with and without its revision', () => {
    expect(familyProcess('empire-production--acme-inc_web')).to.equal('web');
    expect(familyProcess('arn:aws:ecs:us-east-1:1:task-definition/empire-acme-inc_web:12')).to.equal('web');
    expect(familyProcess('arn:aws:ecs:us-east-1:1:task-definition/other:12')).to.equal(undefined);
  });
});
