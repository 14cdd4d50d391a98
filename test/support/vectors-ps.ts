import { observeTask } from '../../lib/observe/index.js';
import { sinceOf } from '../../lib/view/ps.js';
import { taskState } from '../../lib/windows/aws/service-states.js';
import type { Outcome, Vector } from './vectors.js';

const AT = new Date('2026-06-04T14:27:00Z');

/**
 * A task as ECS describes it, and what `ps` makes of it. The host is not compared: a task on Fargate has no instance that one could name.
 * What a container's name said in Empire, the family of the task definition says here.
 */
export function taskOf({ input, expected }: Vector): Outcome {
  const time = (text: string | undefined) => (text === undefined ? {} : { time: AT });
  const task = taskState({
    taskArn: input.taskArn,
    lastStatus: input.lastStatus,
    taskDefinitionArn: `arn:aws:ecs:us-east-1:012345678910:task-definition/empire-acme-inc_${input.containerName}:1`,
    group: input.startedBy === undefined ? 'service:empire-acme-inc-WebService-1' : 'family:empire-acme-inc_web',
    startedBy: input.startedBy,
    startedAt: time(input.startedAt).time,
    createdAt: time(input.createdAt).time,
    cpu: String(input.cpu),
    memory: String(input.memory),
  });
  const { process } = observeTask(task);
  const updatedAt = sinceOf(task) === AT.getTime() ? 'T' : sinceOf(task);
  const { host: _, ...wanted } = expected;
  const ours = {
    id: task.id,
    state: task.status,
    updatedAt,
    type: process,
    memoryBytes: task.memoryMiB * 1024 * 1024,
    cpu: task.cpu,
  };
  return { kind: 'value', ours, wanted };
}
