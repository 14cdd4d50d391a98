import type { App } from '../../lib/model/app.js';
import type { Json } from '../../lib/model/json.js';
import type { Platform } from '../../lib/model/platform.js';
import type { Resource } from '../../lib/model/template.js';
import { filled, getAtt, logicalId, mergeRaw, processPointer, rawNotable, resource, stackName, tags } from '../resource.js';
import { type Container, containersOf } from './container.js';
import type { TaskProcess } from './environment.js';
import { ephemeralStorage, volumesOf } from './volumes.js';

export type { TaskProcess } from './environment.js';

export const taskDefinitionId = (process: string): string => `${logicalId(process)}TaskDefinition`;

/** `<stack>_<process>`: the name people and policies know the definition by. */
export const taskFamily = (platform: Platform, app: App, process: string): string =>
  `${stackName(platform, app.name)}_${process}`;

/** The task definition of a process: everything a task needs, and nothing that changes from release to release. */
export function taskDefinitionResources(app: App, platform: Platform, process: TaskProcess): Resource[] {
  const containers = containersOf(app, process);
  const pointer = processPointer(process.name);
  const ours = filled({
    Family: taskFamily(platform, app, process.name),
    NetworkMode: 'awsvpc',
    RequiresCompatibilities: [process.capacity === 'ec2' ? 'EC2' : 'FARGATE'],
    RuntimePlatform: { CpuArchitecture: process.arch.toUpperCase(), OperatingSystemFamily: 'LINUX' },
    Cpu: String(process.size.runs.cpu),
    Memory: String(process.size.runs.memoryMiB),
    ExecutionRoleArn: getAtt('ExecutionRole', 'Arn'),
    TaskRoleArn: getAtt('TaskRole', 'Arn'),
    ContainerDefinitions: containers.map(({ definition }) => definition),
    Volumes: volumesOf(process),
    EphemeralStorage: ephemeralStorage(process),
    PlacementConstraints: memberships(process),
    Tags: tags(app, platform, process.name),
  });
  return [
    resource({
      id: taskDefinitionId(process.name),
      type: 'AWS::ECS::TaskDefinition',
      properties: mergeRaw(ours, process.raw.task),
      from: [pointer],
      notable: {
        Cpu: `${pointer}/size`,
        Memory: `${pointer}/size`,
        RuntimePlatform: `${pointer}/arch`,
        ...notableOf(containers),
        ...rawNotable(process.raw.task, `${pointer}/raw/task`),
      },
    }),
  ];
}

/** A task definition knows `memberOf` only; `distinctInstance` belongs to the service. */
const memberships = ({ placementConstraints }: TaskProcess): Json =>
  placementConstraints
    .filter(({ type }) => type === 'memberOf')
    .map(({ type, expression }) =>
      filled({ Type: type, Expression: expression.kind === 'given' ? expression.value : undefined }),
    );

const notableOf = (containers: readonly Container[]): { readonly [path: string]: string } =>
  Object.fromEntries(
    containers.flatMap(({ notable }, index) =>
      Object.entries(notable).map(([path, pointer]) => [`ContainerDefinitions/${index}/${path}`, pointer]),
    ),
  );
