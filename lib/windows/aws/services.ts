import type { ECS, ListTasksCommandInput, Task } from '@aws-sdk/client-ecs';
import type { Given } from '../../model/given.js';
import type { ClusterState, RunTaskInput, ServicesWindow, TaskDefinitionState, TaskQuery } from '../../model/windows.js';
import { beginExec } from './exec.js';
import { serviceState, taskDefinitionState, taskState } from './service-states.js';
import { type AwsSession, allPages, inBatches, once } from './session.js';

/** DescribeServices and DescribeTasks take so many. */
const SERVICES = 10;
const TASKS = 100;

/** Elastic Container Service. */
export function openServices(session: AwsSession): ServicesWindow {
  const client = once(() => {
    const { ECS } = require('@aws-sdk/client-ecs') as typeof import('@aws-sdk/client-ecs');
    return new ECS(session.settings());
  });
  return {
    async services(cluster, services) {
      const batches = await Promise.all(
        inBatches(services, SERVICES).map((batch) =>
          session.call(
            { action: 'ecs:DescribeServices', resource: `services ${batch.map(lastSegment).join(', ')}` },
            async () => {
              const { services: found = [] } = await client().describeServices({ cluster, services: batch });
              return found.map(serviceState);
            },
          ),
        ),
      );
      return batches.flat();
    },

    async tasks(cluster, query) {
      const arns = query.by === 'arn' ? query.tasks : await listTasks(session, client(), cluster, query);
      const batches = await Promise.all(inBatches(arns, TASKS).map((batch) => describeTasks(session, client(), cluster, batch)));
      return batches.flat().map(taskState);
    },

    async taskDefinition(arn) {
      return await session.call<Given<TaskDefinitionState>>(
        { action: 'ecs:DescribeTaskDefinition', resource: `task definition ${arn}` },
        async () => {
          const { taskDefinition } = await client().describeTaskDefinition({ taskDefinition: arn });
          return taskDefinition === undefined ? { kind: 'none' } : { kind: 'given', value: taskDefinitionState(taskDefinition) };
        },
        (error) => (error.name === 'ClientException' && /unable to describe/i.test(error.message) ? { kind: 'none' } : undefined),
      );
    },

    async runTask(input) {
      const about = { action: 'ecs:RunTask', resource: `task of ${lastSegment(input.taskDefinition)}` };
      const { tasks: [task] = [], failures: [failure] = [] } = await session.call(about, () =>
        client().runTask(runTaskRequest(input)),
      );
      if (task !== undefined) return { kind: 'started', task: taskState(task) };
      const reason = [failure?.reason, failure?.detail].filter((part) => part !== undefined && part !== '').join(': ');
      return { kind: 'not-placed', reason: reason === '' ? 'ECS gave no reason' : reason };
    },

    async stopTask(cluster, task, reason) {
      await session.call(
        { action: 'ecs:StopTask', resource: `task ${lastSegment(task)}` },
        async () => void (await client().stopTask({ cluster, task, reason: reason.slice(0, 1024) })),
        (error) => (/task was not found/i.test(error.message) ? null : undefined),
      );
    },

    execute: (input) => beginExec(session, client(), input),

    async cluster(name) {
      return await session.call<Given<ClusterState>>(
        { action: 'ecs:DescribeClusters', resource: `cluster ${name}` },
        async () => {
          const { clusters: [found] = [] } = await client().describeClusters({ clusters: [name] });
          if (found === undefined || found.status === 'INACTIVE') return { kind: 'none' };
          return { kind: 'given', value: { status: found.status ?? '', capacityProviders: found.capacityProviders ?? [] } };
        },
      );
    },
  };
}

/** `arn:…:service/cluster/name` → `name`. */
const lastSegment = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

async function listTasks(
  session: AwsSession,
  client: ECS,
  cluster: string,
  query: Exclude<TaskQuery, { by: 'arn' }>,
): Promise<readonly string[]> {
  const about = { action: 'ecs:ListTasks', resource: `tasks of ${nameOf(query)}` };
  const input: ListTasksCommandInput = { cluster, desiredStatus: query.status, ...filterOf(query) };
  return await session.call<readonly string[]>(
    about,
    () =>
      allPages(async (nextToken) => {
        const answer = await client.listTasks(nextToken === undefined ? input : { ...input, nextToken });
        return { items: answer.taskArns ?? [], next: answer.nextToken };
      }),
    (error) => (/^ServiceNot(Found|Active)Exception$/.test(error.name) ? [] : undefined),
  );
}

function filterOf(query: Exclude<TaskQuery, { by: 'arn' }>): ListTasksCommandInput {
  switch (query.by) {
    case 'service':
      return { serviceName: query.service };
    case 'startedBy':
      return { startedBy: query.startedBy };
    case 'family':
      return { family: query.family };
  }
}

function nameOf(query: Exclude<TaskQuery, { by: 'arn' }>): string {
  switch (query.by) {
    case 'service':
      return `service ${lastSegment(query.service)}`;
    case 'startedBy':
      return query.startedBy;
    case 'family':
      return query.family;
  }
}

/** Those that are gone since are left out: ECS forgets stopped tasks after an hour. */
async function describeTasks(session: AwsSession, client: ECS, cluster: string, tasks: string[]): Promise<readonly Task[]> {
  const about = { action: 'ecs:DescribeTasks', resource: `tasks ${tasks.map(lastSegment).join(', ')}` };
  return (await session.call(about, () => client.describeTasks({ cluster, tasks }))).tasks ?? [];
}

function runTaskRequest(input: RunTaskInput) {
  // The launch type is the same capacity as its provider, and does not need the cluster to list it.
  const fargate = input.capacityProvider === 'FARGATE';
  return {
    cluster: input.cluster,
    taskDefinition: input.taskDefinition,
    count: 1,
    startedBy: input.startedBy,
    clientToken: input.token,
    ...(input.exec ? { enableExecuteCommand: true } : {}),
    ...(fargate
      ? { launchType: 'FARGATE' as const }
      : { capacityProviderStrategy: [{ capacityProvider: input.capacityProvider, weight: 1 }] }),
    networkConfiguration: {
      awsvpcConfiguration: {
        subnets: [...input.subnets],
        securityGroups: [...input.securityGroups],
        assignPublicIp: input.publicAddress ? ('ENABLED' as const) : ('DISABLED' as const),
      },
    },
    overrides: input.overrides,
    tags: Object.entries(input.tags).map(([key, value]) => ({ key, value })),
  };
}
