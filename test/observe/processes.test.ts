import { expect } from 'chai';
import type { ServiceDeployment, ServiceState, TaskState } from '../../lib/model/windows.js';
import { healthQuestions, observeProcesses } from '../../lib/observe/index.js';
import { given, NONE } from '../support/model-apps.js';
import { AT, NEW, OLD, type Recorded, recordedWindows, service, stopped, WEB_SERVICE } from '../support/recorded.js';

const deployment = (changes: Partial<ServiceDeployment>): ServiceDeployment => ({
  id: 'ecs-svc/2',
  status: 'PRIMARY',
  rollout: 'IN_PROGRESS',
  reason: NONE,
  taskDefinition: NEW,
  desired: 2,
  running: 0,
  pending: 2,
  failed: 0,
  createdAt: AT,
  ...changes,
});
const BEFORE = deployment({
  id: 'ecs-svc/1',
  status: 'ACTIVE',
  rollout: 'COMPLETED',
  taskDefinition: OLD,
  running: 2,
  pending: 0,
});
const task = (status: string, changes: Partial<TaskState> = {}): TaskState =>
  stopped(5, { status, desired: 'RUNNING', stoppedAt: NONE, stoppedReason: NONE, ...changes });

const OBSERVED = { cluster: given('empire'), services: { web: WEB_SERVICE }, taskDefinitions: { web: NEW } };

async function look(state: Partial<ServiceState>, recorded: Recorded = {}, path = '/') {
  const windows = recordedWindows({ services: [service(state)], ...recorded });
  const [web] = await observeProcesses(windows, OBSERVED, { web: { path, codes: '200-499' } });
  return web;
}

const target = (state: 'initial' | 'healthy' | 'unhealthy', code = '', description = '') => ({
  target: '10.0.1.7',
  state,
  code: code === '' ? NONE : given(code),
  description: description === '' ? NONE : given(description),
});

describe('how far a process is', () => {
  it('waits for CloudFormation before ECS knows the new definition', async () => {
    const web = await look({ deployments: [{ ...BEFORE, status: 'PRIMARY' }] });
    expect(web).to.deep.equal({
      name: 'web',
      old: { running: 2 },
      next: { wanted: 2, running: 0, healthy: 0, failed: 0 },
      done: false,
      waitingFor: '',
    });
  });

  const rolling = (running: number, failed = 0) => [deployment({ running, pending: 2 - running, failed }), BEFORE];
  const cases: readonly [string, Partial<ServiceState>, Recorded][] = [
    ['a task to start', { deployments: rolling(0) }, {}],
    ['a place to run', { deployments: rolling(0) }, { running: [task('PROVISIONING')] }],
    ['pulling the image', { deployments: rolling(0) }, { running: [task('PENDING')] }],
    ['the load balancer to know the task', { deployments: rolling(0) }, { running: [task('ACTIVATING')] }],
    ['the first health checks', { deployments: rolling(2) }, { health: [target('initial')] }],
    ['health check of the container', { deployments: rolling(2) }, { running: [task('RUNNING', { health: 'UNHEALTHY' })] }],
    ['another try of a task that stopped', { deployments: rolling(1, 3) }, {}],
    ['old tasks to drain', { deployments: rolling(2) }, { health: [target('healthy'), target('healthy')] }],
    ['the old deployment to end', { deployments: [deployment({ running: 2 }), { ...BEFORE, running: 0 }] }, {}],
    ['ECS to call it steady', { deployments: [deployment({ running: 2 })] }, {}],
    [
      'health check: 503 from /',
      { deployments: rolling(2) },
      { health: [target('unhealthy', 'Target.ResponseCodeMismatch', 'Health checks failed with these codes: [503]')] },
    ],
    ['health check: no answer from / in time', { deployments: rolling(2) }, { health: [target('unhealthy', 'Target.Timeout')] }],
    [
      'health check: no connection for /',
      { deployments: rolling(2) },
      { health: [target('unhealthy', 'Target.FailedHealthChecks')] },
    ],
    [
      'no capacity',
      {
        deployments: rolling(0),
        events: [
          {
            id: '1',
            at: AT + 1,
            message: '(service web) was unable to place a task because no container instance met all of its requirements.',
          },
        ],
      },
      {},
    ],
  ];
  for (const [words, state, recorded] of cases)
    it(`waits for: ${words}`, async () => {
      expect((await look(state, recorded))?.waitingFor).to.equal(words);
    });

  it('does not call an old failure to place a task no capacity', async () => {
    const events = [{ id: '1', at: AT - 1, message: 'was unable to place a task' }];
    expect((await look({ deployments: rolling(0), events }))?.waitingFor).to.equal('a task to start');
  });

  it('is done when ECS says so, with the deployment of our definition', async () => {
    const web = await look({ deployments: [deployment({ running: 2, pending: 0, rollout: 'COMPLETED' })] });
    expect(web).to.deep.include({ done: true, waitingFor: '', next: { wanted: 2, running: 2, healthy: 2, failed: 0 } });
  });

  it('is not done when ECS completed another definition', async () => {
    const web = await look({ deployments: [{ ...BEFORE, status: 'PRIMARY', rollout: 'COMPLETED' }] });
    expect(web?.done).to.equal(false);
  });

  it('counts as healthy only what its load balancer calls so', async () => {
    const web = await look({ deployments: rolling(2) }, { health: [target('healthy'), target('initial')] });
    expect(web?.next.healthy).to.equal(1);
  });

  it('asks nothing without a cluster', async () => {
    expect(await observeProcesses(recordedWindows({}), { ...OBSERVED, cluster: NONE })).to.deep.equal([]);
  });
});

describe('what a load balancer asks', () => {
  it('is read from the target groups of a template', () => {
    const group = (tag: string, properties: object) => ({
      Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
      Properties: { ...properties, Tags: [{ Key: 'empire:process', Value: tag }] },
    });
    const template = {
      Resources: {
        A: group('web', { HealthCheckPath: '/up', Matcher: { HttpCode: '200' } }),
        B: group('chat', { HealthCheckProtocol: 'TCP' }),
        C: { Type: 'AWS::ECS::Service', Properties: {} },
      },
    };
    expect(healthQuestions(template)).to.deep.equal({ web: { path: '/up', codes: '200' }, chat: { path: '', codes: '' } });
  });
});
