import type { ECS, Session, Task } from '@aws-sdk/client-ecs';
import { Failure } from '../../failure.js';
import type { ExecAnswer, ServicesWindow } from '../../model/windows.js';
import type { ServiceError } from './service-error.js';
import type { AwsSession } from './session.js';

type ExecInput = Parameters<ServicesWindow['execute']>[0];

/**
 * ECS Exec. The answer lets Session Manager's plugin connect; the target is what the AWS CLI gives it beside.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ExecuteCommand.html
 */
export async function beginExec(
  aws: AwsSession,
  client: ECS,
  { cluster, task, container, command }: ExecInput,
): Promise<ExecAnswer> {
  const about = { action: 'ecs:ExecuteCommand', resource: `container ${container} of task ${lastSegment(task)}` };
  const begun = await aws.call<ExecAnswer | { readonly kind: 'begun'; readonly session: Session }>(
    about,
    async () => {
      const { session = {} } = await client.executeCommand({ cluster, task, container, command, interactive: true });
      return { kind: 'begun', session };
    },
    refusal,
  );
  // ECS has the same words for what is not allowed and for what has not started yet; the task says which it is.
  if (begun.kind === 'off' && (await describe(aws, client, { cluster, task }))?.enableExecuteCommand)
    return { ...begun, kind: 'not-ready' };
  if (begun.kind !== 'begun') return begun;
  const { sessionId: id = '', streamUrl: url = '', tokenValue: token = '' } = begun.session;
  if (url === '') throw noSession(container);
  const target = `ecs:${lastSegment(cluster)}_${lastSegment(task)}_${await runtimeId(aws, client, { cluster, task, container })}`;
  return { kind: 'session', session: { id, url, token, target, region: await aws.regionOf(client) } };
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec-troubleshooting.html */
function refusal({ name, message }: ServiceError): ExecAnswer | undefined {
  if (name === 'TargetNotConnectedException') return { kind: 'not-ready', reason: message };
  if (name !== 'InvalidParameterException') return undefined;
  if (/not enabled/i.test(message)) return { kind: 'off', reason: message };
  return /task.*(not found|stopped)/i.test(message) ? { kind: 'gone', reason: message } : undefined;
}

async function runtimeId(
  aws: AwsSession,
  client: ECS,
  { cluster, task, container }: Omit<ExecInput, 'command'>,
): Promise<string> {
  const found = await describe(aws, client, { cluster, task });
  return found?.containers?.find(({ name }) => name === container)?.runtimeId ?? '';
}

async function describe(
  aws: AwsSession,
  client: ECS,
  { cluster, task }: Pick<ExecInput, 'cluster' | 'task'>,
): Promise<Task | undefined> {
  const about = { action: 'ecs:DescribeTasks', resource: `task ${lastSegment(task)}` };
  return (await aws.call(about, () => client.describeTasks({ cluster, tasks: [task] }))).tasks?.[0];
}

const lastSegment = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

const noSession = (container: string): Failure =>
  new Failure(container, 'ECS began no session in it', 'run the command once more', 'outside-refused');
