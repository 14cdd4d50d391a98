import type { App, Command, ContainerHealth, Image, Sidecar } from '../../lib/model/app.js';
import type { Given } from '../../lib/model/given.js';
import type { Json, JsonObject } from '../../lib/model/json.js';
import { filled, processPointer, ref } from '../resource.js';
import { environmentOf, ownPorts, secretsOf, sidecarEnvironmentOf, type TaskProcess } from './environment.js';
import { imageName } from './image.js';
import { notableOf } from './notable.js';
import { credentialsArn } from './secret-arn.js';
import { mountPoints } from './volumes.js';

/** Seconds a container that others wait for may take. */
const START_TIMEOUT = 120;

/** A container definition and, for each notable property inside it, where it was written. */
export interface Container {
  readonly definition: JsonObject;
  readonly notable: { readonly [property: string]: string };
}

/** The process's own container first, then its sidecars by name. */
export function containersOf(app: App, process: TaskProcess): Container[] {
  return [processContainer(app, process), ...process.sidecars.map((sidecar) => sidecarContainer(process, sidecar))];
}

function processContainer(app: App, process: TaskProcess): Container {
  const environment = environmentOf(app, process);
  const secrets = secretsOf(app, environment);
  const definition = filled({
    Name: process.name,
    Image: imageName(app.image),
    RepositoryCredentials: repositoryCredentials(app.image),
    Essential: true,
    Command: commandWords(process.command),
    PortMappings: portMappings(ownPorts(process)),
    Environment: environment.map(({ json }) => json),
    Secrets: secrets.map(({ json }) => json),
    LogConfiguration: logConfiguration(process.name),
    HealthCheck: healthCheck(process.containerHealth),
    StartTimeout: startTimeout(process, process.name),
    StopTimeout: process.stop.timeoutSeconds,
    User: given(process.user),
    ReadonlyRootFilesystem: process.readOnly ? true : undefined,
    LinuxParameters: linuxParameters(process),
    Ulimits: ulimits(process),
    MountPoints: mountPoints(process),
  });
  return { definition, notable: notableOf('/image', processPointer(process.name), definition, environment, secrets) };
}

function sidecarContainer(process: TaskProcess, sidecar: Sidecar): Container {
  const environment = sidecarEnvironmentOf(process, sidecar);
  const definition = filled({
    Name: sidecar.name,
    Image: imageName(sidecar.image),
    RepositoryCredentials: repositoryCredentials(sidecar.image),
    Essential: sidecar.essential,
    Command: commandWords(sidecar.command),
    Cpu: given(sidecar.cpu),
    Memory: given(sidecar.memoryMiB),
    PortMappings: portMappings(sidecar.ports),
    Environment: environment.map(({ json }) => json),
    LogConfiguration: logConfiguration(`${process.name}-${sidecar.name}`),
    HealthCheck: healthCheck(sidecar.health),
    StartTimeout: startTimeout(process, sidecar.name),
    StopTimeout: process.stop.timeoutSeconds,
    DependsOn: sidecar.dependsOn.map(({ container, condition }) => ({ ContainerName: container, Condition: condition })),
  });
  const pointer = processPointer(process.name, 'sidecars', sidecar.name);
  return { definition, notable: notableOf(`${pointer}/image`, pointer, definition, environment, []) };
}

const commandWords = (command: Command): Json | undefined => (command.kind === 'words' ? command.words : undefined);

const portMappings = (ports: readonly number[]): Json => ports.map((port) => ({ ContainerPort: port, Protocol: 'tcp' }));

function repositoryCredentials({ credentials }: Image): Json | undefined {
  return credentials.kind === 'given' ? { CredentialsParameter: credentialsArn(credentials.value) } : undefined;
}

/** Non-blocking: an app must not stand still because its logs do. One stream prefix a process. */
const logConfiguration = (prefix: string): JsonObject => ({
  LogDriver: 'awslogs',
  Options: {
    'awslogs-group': ref('LogGroup'),
    'awslogs-region': ref('AWS::Region'),
    'awslogs-stream-prefix': prefix,
    mode: 'non-blocking',
  },
});

function healthCheck(health: Given<ContainerHealth>): Json | undefined {
  if (health.kind === 'none') return undefined;
  const { command, intervalSeconds, timeoutSeconds, retries, startSeconds } = health.value;
  const dialect = ['CMD', 'CMD-SHELL', 'NONE'].includes(command[0] ?? '');
  return {
    Command: dialect ? command : ['CMD', ...command],
    Interval: intervalSeconds,
    Timeout: timeoutSeconds,
    Retries: retries,
    StartPeriod: startSeconds,
  };
}

const startTimeout = ({ sidecars }: TaskProcess, name: string): number | undefined =>
  sidecars.some(({ dependsOn }) => dependsOn.some(({ container }) => container === name)) ? START_TIMEOUT : undefined;

function linuxParameters({ linux, init }: TaskProcess): Json {
  return filled({
    InitProcessEnabled: init,
    Capabilities: filled({ Add: linux.capAdd, Drop: linux.capDrop }),
    SharedMemorySize: given(linux.sharedMemoryMiB),
    Tmpfs: linux.tmpfs.map(({ path, sizeMiB }) => ({ ContainerPath: path, Size: sizeMiB })),
  });
}

/** Those that were written; the size's `nproc` beside them unless it is among them. */
function ulimits({ ulimits: written, size }: TaskProcess): Json {
  const { nproc } = size.runs;
  const named = written.map(({ name, soft, hard }) => ({ Name: name, SoftLimit: soft, HardLimit: hard }));
  if (nproc.kind === 'none' || written.some(({ name }) => name === 'nproc')) return named;
  return [...named, { Name: 'nproc', SoftLimit: nproc.value, HardLimit: nproc.value }];
}

const given = <T extends Json>(value: Given<T>): T | undefined => (value.kind === 'given' ? value.value : undefined);
