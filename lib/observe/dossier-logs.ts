import type { Given } from '../model/given.js';
import type { LogLine, TaskState, Windows } from '../model/windows.js';

const LINES = 10;

/**
 * The last log lines of a task: of the container that died, or the first one. Streams are `<prefix>/<container>/<task>`; group and
 * prefix are asked of the task definition, and when it is gone taken as we write them.
 */
export async function lastLines(
  windows: Pick<Windows, 'services' | 'logs'>,
  task: TaskState | undefined,
  known: { readonly logGroup: Given<string>; readonly subject: { readonly process: string } },
): Promise<readonly string[]> {
  const container = task === undefined ? undefined : containerToRead(task);
  if (task === undefined || container === undefined) return [];
  const definition = await windows.services.taskDefinition(task.taskDefinition);
  const found = definition.kind === 'given' ? definition.value.containers.find(({ name }) => name === container) : undefined;
  const group = found?.logGroup.kind === 'given' ? found.logGroup : known.logGroup;
  if (group.kind === 'none') return [];
  const prefix = found?.streamPrefix.kind === 'given' ? found.streamPrefix.value : known.subject.process;
  const stream = `${prefix}/${container}/${task.id}`;
  const { lines } = await windows.logs.read({ group: group.value, stream, from: { kind: 'last', lines: LINES } });
  return lines.map(({ text }: LogLine) => text.trimEnd()).filter((text) => text !== '');
}

function containerToRead({ containers }: TaskState): string | undefined {
  const dead = containers.find(({ exitCode }) => exitCode.kind === 'given' && exitCode.value !== 0);
  return (dead ?? containers[0])?.name;
}
