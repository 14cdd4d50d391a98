import type { ContainerState, TaskState } from '../model/windows.js';
import { causeOfCapacity, causeOfHealth, firstSentence } from './cause-of-service.js';
import { type Cause, type CauseSubject, cause } from './dossier-cause.js';

type Reader = (text: string, task: TaskState, subject: CauseSubject, log: string) => Cause | undefined;

/** Why a task that stopped did so. Undefined: it was stopped in good order (scaled in, replaced, by a person). */
export function causeOfTask(task: TaskState, subject: CauseSubject, log: readonly string[]): Cause | undefined {
  const texts = [task.stoppedReason, ...task.containers.map(({ reason }) => reason)];
  const text = texts.flatMap((each) => (each.kind === 'given' ? [each.value] : [])).join(' · ');
  for (const reader of READERS) {
    const found = reader(text, task, subject, log.join('\n'));
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * In the order in which a task lives: image, secrets, start, end, health.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
 */
const READERS: readonly Reader[] = [architecture, pull, secrets, notStarted, outOfMemory, exit, health, capacity];

function architecture(text: string, _task: TaskState, { process, architecture: wanted }: CauseSubject, log: string) {
  if (!/platform '?linux\/|no match(?:ing manifest)? for|exec format error/i.test(`${text}\n${log}`)) return undefined;
  return cause(
    'image-architecture',
    `the image of ${process} is not built for ${wanted}`,
    `build it for ${wanted} (\`docker buildx build --platform ${wanted === 'arm64' ? 'linux/arm64' : 'linux/amd64'}\`), or set \`arch\` in the Procfile`,
  );
}

function pull(text: string, _task: TaskState, { process, image }: CauseSubject) {
  const reason =
    /retrieve ecr registry auth: (.*)/.exec(text)?.[1] ??
    /CannotPull\w*:? ?(.*)/.exec(text)?.[1] ??
    /(pull image manifest.*|image manifest .* not found.*)/i.exec(text)?.[1];
  if (reason === undefined) return undefined;
  const which = image === '' ? '' : ` (${image})`;
  const advice = /timeout|dial tcp|i\/o|deadline/i.test(reason)
    ? 'the task cannot reach the registry: check the NAT, the routes and the endpoints of its subnets'
    : 'check that the image still exists and that a task may pull it: ECR must allow the execution role, other private registries need `credentials=` in `image`';
  return cause('image-not-pulled', `the image of ${process}${which} cannot be pulled: ${firstSentence(reason)}`, advice);
}

function secrets(text: string, _task: TaskState, { process }: CauseSubject) {
  if (!/ResourceInitializationError|unable to (?:pull|retrieve) secrets|execution resource retrieval/i.test(text))
    return undefined;
  if (!/secret|ssm|parameter/i.test(text)) return undefined;
  const name = /(arn:aws[\w-]*:(?:ssm|secretsmanager):[^\s"',]+|\/[\w./-]{3,}(?=[\s"',.]|$))/.exec(text)?.[1];
  const which = name === undefined ? 'a secret' : `the secret \`${name.replace(/[.:]$/, '')}\``;
  if (/AccessDenied|not authorized/i.test(text))
    return cause(
      'secret-denied',
      `${process} may not read ${which}`,
      'a secret with its own KMS key or policy, or of another account, must let the execution role of the app in',
    );
  if (/ResourceNotFound|invalid (?:ssm )?parameters|can't find|ParameterNotFound/i.test(text))
    return cause(
      'secret-missing',
      `${which} of ${process} does not exist`,
      'make it with `empire set --secret NAME`, or correct the reference in `secrets`; `empire secrets check` looks at all of them',
    );
  return cause(
    'secret-denied',
    `${process} could not read ${which}: ${firstSentence(text)}`,
    'check that the subnets of the task reach Secrets Manager and SSM (NAT or endpoints)',
  );
}

function notStarted(text: string, { stopCode }: TaskState, { process }: CauseSubject) {
  if (!/ResourceInitializationError|CannotStartContainer|CannotCreateContainer|CannotCreateVolume|DockerTimeout/.test(text)) {
    if (stopCode.kind === 'none' || stopCode.value !== 'TaskFailedToStart') return undefined;
    if (/RESOURCE|[Cc]apacity/.test(text)) return undefined;
  }
  const advice = /no such file|not found in \$PATH|executable file/i.test(text)
    ? 'the command names a program that is not in the image: correct it in the Procfile'
    : 'correct what is named, then deploy again';
  return cause('task-not-started', `a task of ${process} could not start: ${firstSentence(text)}`, advice);
}

function outOfMemory(text: string, { containers }: TaskState, { process, cpu, memoryMiB }: CauseSubject) {
  const said = /OutOfMemory/i.test(text);
  if (!said && !containers.some(({ exitCode }) => isCode(exitCode, 137))) return undefined;
  if (!said && !/Essential container/.test(text)) return undefined;
  const size = memoryMiB === 0 ? 'its memory' : `its ${memoryMiB} MiB of memory`;
  return cause(
    'out-of-memory',
    said ? `${process} used more than ${size}` : `${process} was killed (exit code 137), most likely for using more than ${size}`,
    `give it more: \`empire scale ${process}=:${cpu || 256}:${Math.max(128, memoryMiB) * 2}mb\``,
  );
}

function exit(text: string, task: TaskState, { process }: CauseSubject) {
  if (!/Essential container in task exited/i.test(text)) return undefined;
  const dead = diedFirst(task.containers);
  if (dead?.exitCode.kind !== 'given') return cause('crashed', `a container of ${process} stopped`, 'look at its last log lines');
  const code = dead.exitCode.value;
  const who = dead.name === process || process === 'the release process' ? process : `${dead.name}, a container of ${process},`;
  if (code === 0)
    return cause(
      'ended',
      `${who} ended by itself${lived(task)} (exit code 0), and a process must keep running`,
      'correct its command; what runs once belongs in `release`, what runs at times needs `cron`',
    );
  return cause('crashed', `${who} crashed with exit code ${code}${lived(task)}${meaning(code)}`, adviceOfExit(code));
}

function health(text: string, _task: TaskState, subject: CauseSubject) {
  const { process } = subject;
  if (/failed container health checks/i.test(text))
    return cause(
      'container-health',
      `the health check inside the container of ${process} fails`,
      'run the command of its `health` by hand in the image, and give a slow start more time',
    );
  return /failed ELB health checks/i.test(text) ? causeOfHealth(text, subject) : undefined;
}

function capacity(text: string, _task: TaskState, { process }: CauseSubject) {
  if (/spot task was interrupted|SpotInterruption/i.test(text))
    return cause('spot', `a Spot task of ${process} was taken away`, 'deploy again, or use `capacity: fargate` for it');
  if (!/RESOURCE:|[Cc]apacity is unavailable|insufficient capacity/i.test(text)) return undefined;
  return causeOfCapacity(process, text);
}

const isCode = (exitCode: ContainerState['exitCode'], code: number): boolean =>
  exitCode.kind === 'given' && exitCode.value === code;

/** The container that took the task with it: one that failed, or else one that ended. */
function diedFirst(containers: readonly ContainerState[]): ContainerState | undefined {
  const ended = containers.filter(({ exitCode }) => exitCode.kind === 'given');
  return ended.find(({ exitCode }) => !isCode(exitCode, 0) && !isCode(exitCode, 143) && !isCode(exitCode, 137)) ?? ended[0];
}

function lived({ startedAt, stoppedAt }: TaskState): string {
  if (startedAt.kind === 'none' || stoppedAt.kind === 'none') return '';
  const seconds = Math.max(0, Math.round((stoppedAt.value - startedAt.value) / 1000));
  return seconds < 120 ? ` ${seconds} s after its start` : ` ${Math.round(seconds / 60)} min after its start`;
}

function meaning(code: number): string {
  if (code === 127) return ': its command was not found in the image';
  if (code === 126) return ': its command is not executable';
  return code === 139 ? ': it touched memory that is not its own (SIGSEGV)' : '';
}

const adviceOfExit = (code: number): string =>
  code === 126 || code === 127
    ? 'correct the command in the Procfile; it is run without a shell'
    : 'its last log lines say why; repair it and deploy again';
