import { Failure } from '../failure.js';
import type { Given } from '../model/given.js';
import type { JsonObject } from '../model/json.js';
import type { RunTaskInput, StackState, TaskState } from '../model/windows.js';
import { readServices, type StackServices } from '../observe/index.js';
import type { Engine } from './engine.js';
import { findPlacement } from './find-placement.js';
import { History } from './history.js';
import type { Hold } from './hold.js';
import { startedBy, tokenOf } from './operation-names.js';
import { patiently } from './patience.js';
import { RELEASE_DEFINITION } from './prepared-template.js';
import type { RunPlacement } from './run-placement.js';
import { interrupted } from './stack-recovery.js';
import { TaskOutput } from './task-output.js';

const PROCESS = 'release';

/** Milliseconds between two looks at the task. */
const LOOK_EVERY = 2_000;
/** How long to try when there is no room for the task. */
const PLACING = 120_000;
/** Looks after the end at which the log may still grow. */
const LATE_LOOKS = 3;
/** Looks at which a task that was just started may not be known yet. */
const UNKNOWN_LOOKS = 15;

export interface ReleaseProcessInput {
  /** It has the task definition by now. */
  readonly stack: StackState;
  /** The template that is released. */
  readonly template: JsonObject;
  /** Values of the platform, by template parameter. */
  readonly platform: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
}

export interface ReleaseProcessEnd {
  readonly exitCode: Given<number>;
  readonly task: TaskState;
  readonly services: StackServices;
}

/**
 * Runs the release process from the stack's own task definition, says its log as it comes, and waits for its end. The token makes
 * that one release starts one task only, whatever answers are lost. Whoever gives the release up stops it.
 */
export async function runReleaseProcess(engine: Engine, hold: Hold, input: ReleaseProcessInput): Promise<ReleaseProcessEnd> {
  const services = await patiently(engine, () => readServices(engine.windows, input.stack));
  const definition = definitionOf(engine, services);
  const placement = await findPlacement(engine, input, services);
  const task = await startTask(engine, hold, { ...placement, taskDefinition: definition });
  const group = services.logGroup.kind === 'given' ? services.logGroup.value : '';
  const output = new TaskOutput(engine, group, `${PROCESS}/${PROCESS}/${task.id}`);
  await hold.update({ releaseProcess: { kind: 'given', value: { task: task.arn, exitCode: NONE, output: NONE } } });
  const ended = await whenEnded(engine, hold, { cluster: placement.cluster, task, output, seconds: input.timeoutSeconds });
  const exitCode = ended.containers.find(({ name }) => name === PROCESS)?.exitCode ?? NONE;
  const stored = { kind: 'given', value: await History.of(engine).putObject(output.text) } as const;
  await hold.update({ releaseProcess: { kind: 'given', value: { task: task.arn, exitCode, output: stored } } });
  return { exitCode, task: ended, services };
}

const NONE = { kind: 'none' } as const;

function definitionOf({ place }: Engine, services: StackServices): string {
  const found = services.resources.find(({ id }) => id === RELEASE_DEFINITION);
  if (found?.physicalId.kind === 'given') return found.physicalId.value;
  throw new Failure(
    `stack ${place.stack}`,
    'it has no task definition for the release process',
    'deploy again: the next release makes it',
    'release-process-missing',
  );
}

async function startTask(
  engine: Engine,
  hold: Hold,
  where: RunPlacement & { readonly taskDefinition: string },
): Promise<TaskState> {
  const { record } = hold;
  const { clock, services } = engine.windows;
  const input: RunTaskInput = {
    ...where,
    startedBy: startedBy(record),
    token: tokenOf(record, 'release'),
    overrides: {},
    exec: false,
    tags: { 'empire:app': record.app, 'empire:environment': record.environment, 'empire:process': PROCESS },
  };
  const begun = clock.now();
  for (;;) {
    const answer = await patiently(engine, () => services.runTask(input));
    if (answer.kind === 'started') return answer.task;
    if (clock.now() - begun > PLACING) throw notPlaced(answer.reason);
    engine.report({ kind: 'note', text: `no room for the release process yet: ${answer.reason}` });
    await clock.sleep(10_000, engine.signal);
    if (engine.signal.aborted) throw interrupted(engine);
    await hold.keep();
  }
}

interface Watched {
  readonly cluster: string;
  readonly task: TaskState;
  readonly output: TaskOutput;
  readonly seconds: number;
}

async function whenEnded(engine: Engine, hold: Hold, { cluster, task, output, seconds }: Watched): Promise<TaskState> {
  const { clock, services } = engine.windows;
  const begun = clock.now();
  for (let unknown = 0; unknown < UNKNOWN_LOOKS; ) {
    await clock.sleep(LOOK_EVERY, engine.signal);
    if (engine.signal.aborted) throw interrupted(engine);
    await hold.keep();
    const [now] = await patiently(engine, () => services.tasks(cluster, { by: 'arn', tasks: [task.arn] }));
    await output.read();
    if (now === undefined) unknown += 1;
    else if (now.status === 'STOPPED') return readRest(engine, output, now);
    if (clock.now() - begun > seconds * 1000) throw tooLong(seconds);
  }
  throw new Failure(PROCESS, 'its task is not known to ECS any more', 'deploy again', 'release-process-lost');
}

/** Lines arrive a little later than the end. */
async function readRest(engine: Engine, output: TaskOutput, task: TaskState): Promise<TaskState> {
  for (let look = 0; look < LATE_LOOKS; look += 1) {
    if (!(await output.read())) return task;
    await engine.windows.clock.sleep(1_000);
  }
  return task;
}

const notPlaced = (reason: string): Failure =>
  new Failure(
    PROCESS,
    `the release process could not be started: ${reason}`,
    'give the cluster room, then deploy again',
    'release-process-not-placed',
  );

const tooLong = (seconds: number): Failure =>
  new Failure(
    PROCESS,
    `the release process did not end within ${Math.round(seconds / 60)} minutes`,
    'look at its output with `empire releases output`, or give it more time with `--timeout`',
    'release-process-timeout',
  );
