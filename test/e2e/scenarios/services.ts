import type { RunTaskInput, TaskState } from '../../../lib/model/windows.js';
import { ACCOUNT, type Network, REGION } from './ground.js';
import type { Scenario } from './scenario.js';

const CLUSTER = 'empire-default';
const ECS = `arn:aws:ecs:${REGION}:${ACCOUNT}`;
const FAMILY = 'empire-acme-inc_release';
const STARTED_BY = 'empire-v1-0badcafe';

const properties = {
  Family: FAMILY,
  NetworkMode: 'awsvpc',
  RequiresCompatibilities: ['FARGATE'],
  Cpu: '256',
  Memory: '512',
  ContainerDefinitions: [
    {
      Name: 'release',
      Image: 'remind101/acme-inc:v1',
      Command: ['rake', 'db:migrate'],
      Essential: true,
      // moto starts nothing without it.
      Memory: 512,
      LogConfiguration: {
        LogDriver: 'awslogs',
        Options: {
          'awslogs-group': '/empire/default/acme-inc',
          'awslogs-region': REGION,
          'awslogs-stream-prefix': 'release',
        },
      },
    },
  ],
};

const task = (taskDefinition: string, token: string, { subnet, group }: Network): RunTaskInput => ({
  cluster: CLUSTER,
  taskDefinition,
  startedBy: STARTED_BY,
  token,
  subnets: [subnet],
  securityGroups: [group],
  publicAddress: false,
  capacityProvider: 'FARGATE',
  overrides: { containerOverrides: [{ name: 'release', command: ['rake', 'db:seed'] }] },
  exec: false,
  tags: { 'empire:app': 'acme-inc' },
});

const definitions: Scenario = {
  name: 'services: task definitions',
  against: 'plain',
  async play({ windows: { services }, ground, step }) {
    await step('none', services.taskDefinition(`${ECS}:task-definition/${FAMILY}:1`));
    const first = await ground.taskDefinition(properties);
    await step('the first revision', services.taskDefinition(first));
    await step('the second revision', services.taskDefinition(await ground.taskDefinition(properties)));
    await step('by its family', services.taskDefinition(FAMILY));
    await step('a revision that is not there', services.taskDefinition(first.replace(/1$/, '9')));
  },
};

const tasks: Scenario = {
  name: 'services: tasks',
  against: 'plain',
  async play({ windows: { services, clock }, ground, step }) {
    await ground.cluster(CLUSTER);
    const definition = await ground.taskDefinition(properties);
    const network = await ground.network();
    const startedBy = (status: 'RUNNING' | 'STOPPED') =>
      services.tasks(CLUSTER, { by: 'startedBy', startedBy: STARTED_BY, status });
    await step('nothing was started', startedBy('RUNNING'));
    const ran = await step('run', services.runTask(task(definition, 'token-1', network)));
    const arn = ran?.kind === 'started' ? ran.task.arn : '';
    await clock.sleep(1);
    await step('found by who started it', startedBy('RUNNING'), named);
    await step('not among the stopped ones', startedBy('STOPPED'), named);
    await step('started by nobody', services.tasks(CLUSTER, { by: 'startedBy', startedBy: 'nobody', status: 'RUNNING' }));
    await step('found by its family', services.tasks(CLUSTER, { by: 'family', family: FAMILY, status: 'RUNNING' }), named);
    await step('found by its ARN', services.tasks(CLUSTER, { by: 'arn', tasks: [arn] }), named);
    await step('run again with the same token', services.runTask(task(definition, 'token-1', network)), (again) =>
      again.kind === 'started' ? again.task.arn : again,
    );
    await step('stop', services.stopTask(CLUSTER, arn, 'superseded by v2'));
    await step('to be stopped', services.tasks(CLUSTER, { by: 'arn', tasks: [arn] }), (found) =>
      found.map(({ desired, stopCode, stoppedReason }) => ({ desired, stopCode, stoppedReason })),
    );
    await clock.sleep(1);
    await step('among the stopped ones', startedBy('STOPPED'), named);
    await step('stop it again', services.stopTask(CLUSTER, arn, 'once more'));
  },
};

const named = (found: readonly TaskState[]) =>
  found.map(({ arn, id, taskDefinition, group, startedBy, desired }) => ({ arn, id, taskDefinition, group, startedBy, desired }));

const missing: Scenario = {
  name: 'services: what is not there',
  against: 'plain',
  async play({ windows: { services, balancers }, ground, step }) {
    await ground.cluster(CLUSTER);
    const definition = await ground.taskDefinition(properties);
    const gone = `${ECS}:task/${CLUSTER}/0123456789abcdef0123456789abcdef`;
    const service = `${ECS}:service/${CLUSTER}/no-such`;
    await step('no service asked', services.services(CLUSTER, []));
    await step('a service', services.services(CLUSTER, [service]));
    await step('tasks of a service', services.tasks(CLUSTER, { by: 'service', service, status: 'RUNNING' }));
    await step('tasks of a family', services.tasks(CLUSTER, { by: 'family', family: 'no-such', status: 'RUNNING' }));
    await step('a task', services.tasks(CLUSTER, { by: 'arn', tasks: [gone] }));
    await step('stop a task', services.stopTask(CLUSTER, gone, 'gone'));
    await step(
      'run what is no task definition',
      services.runTask(task(definition.replace(/1$/, '9'), 'token-2', await ground.network())),
    );
    await step('services of a cluster', services.services('no-such', [service]));
    await step(
      'run in a cluster',
      services.runTask({ ...task(definition, 'token-3', await ground.network()), cluster: 'no-such' }),
      ({ kind }) => kind,
    );
    const elb = `arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT}`;
    await step('targets of a group', balancers.targetHealth(`${elb}:targetgroup/no-such/0123456789abcdef`));
    await step(
      'weights of a rule',
      balancers.ruleWeights(`${elb}:listener-rule/app/no/0123456789abcdef/0123456789abcdef/0123456789abcdef`),
    );
  },
};

const logs: Scenario = {
  name: 'logs of nothing',
  against: 'plain',
  async play({ windows: { logs: window }, ground, step }) {
    const read = { group: '/empire/default/acme-inc', stream: 'release/release/0123456789abcdef' };
    await step('no group', window.read({ ...read, from: { kind: 'start' } }));
    await ground.logGroup(read.group);
    await step('no stream', window.read({ ...read, from: { kind: 'start' } }));
    await step('the last lines of no stream', window.read({ ...read, from: { kind: 'last', lines: 20 } }));
    await step('on from a place in no stream', window.read({ ...read, from: { kind: 'token', token: 'f/0' } }));
  },
};

export const serviceScenarios: readonly Scenario[] = [definitions, tasks, missing, logs];
