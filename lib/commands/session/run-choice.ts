import { Failure } from '../../failure.js';
import type { TaskDefinitionState, Windows } from '../../model/windows.js';
import type { StackServices } from '../../observe/index.js';

/** What is run, and from which task definition of the stack. */
export interface RunChoice {
  readonly process: string;
  /** ARN. */
  readonly taskDefinition: string;
  readonly container: string;
  /** Instead of the definition's own; empty: the definition's own, unchanged. */
  readonly override: readonly string[];
  /** What runs, for people; empty: the image's own command. */
  readonly command: readonly string[];
  /** Where it writes: the stream is `<prefix>/<container>/<task>`. Empty: it does not write to CloudWatch. */
  readonly group: string;
  readonly prefix: string;
}

/**
 * The first word that names a process is that process, with the other words behind its command; `verbatim` never looks for one. Everything
 * else is a command, with the definition of `web` or of the app's first process.
 */
export async function chooseRun(
  windows: Pick<Windows, 'services'>,
  app: string,
  { services, taskDefinitions }: StackServices,
  { words, verbatim }: { readonly words: readonly string[]; readonly verbatim: boolean },
): Promise<RunChoice> {
  const [first = '', ...rest] = words;
  const alias = !verbatim && first in taskDefinitions;
  const process = alias ? first : usualProcess(services, taskDefinitions);
  const arn = taskDefinitions[process] as string;
  const definition = await windows.services.taskDefinition(arn);
  if (definition.kind === 'none') throw gone(app, process);
  const container = containerOf(definition.value, process);
  const { name, command: own, logGroup, streamPrefix } = container;
  const override = alias ? added(app, process, own, rest) : words;
  return {
    process,
    taskDefinition: arn,
    container: name,
    override,
    command: override.length > 0 ? override : own,
    group: logGroup.kind === 'given' ? logGroup.value : '',
    prefix: streamPrefix.kind === 'given' ? streamPrefix.value : '',
  };
}

/** `web`; else the first that runs all the time; else the first that is not the release process. */
function usualProcess(services: StackServices['services'], definitions: StackServices['taskDefinitions']): string {
  const names = Object.keys(definitions);
  const [process = ''] = [
    ...names.filter((name) => name === 'web'),
    ...Object.keys(services),
    ...names.filter((name) => name !== 'release'),
    ...names,
  ];
  return process;
}

type Container = TaskDefinitionState['containers'][number];

const containerOf = ({ containers }: TaskDefinitionState, process: string): Container =>
  containers.find(({ name }) => name === process) ?? (containers[0] as Container);

function added(app: string, process: string, own: readonly string[], rest: readonly string[]): readonly string[] {
  if (rest.length === 0) return [];
  if (own.length > 0) return [...own, ...rest];
  throw new Failure(
    'run',
    `${process} of ${app} runs the image's own command, which nothing can be added to`,
    'write the whole command: `empire run -- <command…>`',
    'run-image-command',
  );
}

const gone = (app: string, process: string): Failure =>
  new Failure(
    app,
    `the task definition of ${process} is gone: somebody deleted it`,
    'deploy the app again, which makes it anew',
    'task-definition-gone',
  );
