import { Failure } from '../failure.js';
import type { ReleaseRecord } from '../model/release.js';
import type { StackState, TaskState } from '../model/windows.js';
import type { Engine } from './engine.js';
import { changeSetName, prepareSetName, startedBy } from './operation-names.js';
import { patiently } from './patience.js';

/** Milliseconds between two looks at a task that stops, and after which it is no longer waited for. */
const LOOK_EVERY = 2_000;
const STOPPING = 180_000;
/** Attempts to delete a change set that is being made. */
const DELETING = 10;

/**
 * Takes from a release the means to go on, before anybody writes that it is over: its change sets first, so that an owner who only slept
 * can no longer execute them; then its release task.
 */
export async function stopWork(
  engine: Engine,
  record: ReleaseRecord,
  stack: StackState,
  reason: string,
  keep: () => Promise<void> = async () => undefined,
): Promise<void> {
  await deleteChangeSets(engine, record, stack);
  await stopReleaseTask(engine, record, stack, reason, keep);
}

/** One that is being made cannot be deleted yet; one that is being executed no more: then the stack says so. */
export async function deleteChangeSets(engine: Engine, record: ReleaseRecord, stack: StackState): Promise<void> {
  for (const name of [changeSetName(record), prepareSetName(record)]) {
    for (let attempt = 1; !(await isDeleted(engine, stack.id, name)) && attempt < DELETING; attempt += 1) {
      await engine.windows.clock.sleep(1_000);
    }
  }
}

async function isDeleted(engine: Engine, stack: string, name: string): Promise<boolean> {
  const { stacks } = engine.windows;
  try {
    await patiently(engine, () => stacks.deleteChangeSet(stack, name));
    return true;
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'outside-refused') throw error;
    const now = await patiently(engine, () => stacks.changeSet(stack, name));
    return now.kind === 'none' || now.value.execution.startsWith('EXECUTE_');
  }
}

/** Stops the task of its release process, if one runs, and waits until it is over. */
async function stopReleaseTask(
  engine: Engine,
  record: ReleaseRecord,
  stack: StackState,
  reason: string,
  keep: () => Promise<void>,
): Promise<void> {
  const cluster = clusterOf(stack, record);
  if (cluster === undefined) return;
  const { services } = engine.windows;
  for (const task of await releaseTasks(engine, cluster, record)) {
    await patiently(engine, () => services.stopTask(cluster, task.arn, reason));
    await untilStopped(engine, cluster, task.arn, keep);
  }
}

/** A migration that is being stopped still runs: nobody may start the next one before it is over. */
async function untilStopped(engine: Engine, cluster: string, task: string, keep: () => Promise<void>): Promise<void> {
  const { services, clock } = engine.windows;
  for (let waited = 0; waited < STOPPING; waited += LOOK_EVERY) {
    const [state] = await patiently(engine, () => services.tasks(cluster, { by: 'arn', tasks: [task] }));
    if (state === undefined || state.status === 'STOPPED') return;
    await keep();
    await clock.sleep(LOOK_EVERY);
  }
}

async function releaseTasks(engine: Engine, cluster: string, record: ReleaseRecord): Promise<readonly TaskState[]> {
  const query = { by: 'startedBy', startedBy: startedBy(record), status: 'RUNNING' } as const;
  try {
    return await patiently(engine, () => engine.windows.services.tasks(cluster, query));
  } catch (error) {
    // a cluster that is not there has no tasks
    if (error instanceof Failure && error.code === 'outside-refused' && /cluster/i.test(error.what)) return [];
    throw error;
  }
}

function clusterOf(stack: StackState, record: ReleaseRecord): string | undefined {
  const parameter = stack.parameters.find(({ name }) => name === 'PlatformClusterName');
  return parameter?.resolved.kind === 'given' ? parameter.resolved.value : record.platform['PlatformClusterName'];
}
