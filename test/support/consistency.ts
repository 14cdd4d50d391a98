import type { ReleaseRecord } from '../../lib/model/release.js';
import type { Rehearsal } from '../../lib/rehearsal/index.js';
import type { SimulatedStack } from '../../lib/rehearsal/stacks/state.js';
import { parseRecord } from '../../lib/release/record-format.js';

const FINISHED = ['succeeded', 'failed', 'cancelled', 'superseded'];
const AT_REST = ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE'];
const DONE = ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'];
const UNDONE = ['ROLLBACK_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'DELETE_COMPLETE'];

/** The releases of an app as the bucket has them, lowest number first. */
export function recordsOf(rehearsal: Rehearsal, app: string): ReleaseRecord[] {
  return rehearsal.look(({ state }) =>
    Object.values(state.store.buckets)
      .flatMap((bucket) => Object.entries(bucket))
      .filter(([key]) => key.includes(`/${app}/records/`))
      .map(([key, { body }]) => parseRecord(body, key))
      .sort((a, b) => a.number - b.number),
  );
}

export interface Expected {
  /** Whether a later command has run, which must have finished every record. */
  readonly finished: boolean;
  /** Whether the last command said that its release succeeded. */
  readonly succeeded: boolean;
}

/** What contradicts itself between the history and the account; nothing when all is well. */
export function consistencyOf(rehearsal: Rehearsal, app: string, { finished, succeeded }: Expected): string[] {
  const records = recordsOf(rehearsal, app);
  const stacks = rehearsal.look(({ state }) => state.stacks.stacks.filter(({ name }) => name === `empire-${app}`));
  const live = stacks.find(({ status }) => status !== 'DELETE_COMPLETE');
  return [
    ...numbers(records),
    ...records.flatMap((record) => truth(record, stacks)),
    ...(finished
      ? records.filter(({ status }) => !FINISHED.includes(status)).map(({ number, status }) => `v${number} is still ${status}`)
      : []),
    ...(finished ? rest(live) : []),
    ...(succeeded ? serving(records, live) : []),
  ];
}

function numbers(records: readonly ReleaseRecord[]): string[] {
  const found = records.map(({ number }) => number);
  const wanted = found.map((_, index) => index + 1);
  return found.join() === wanted.join() ? [] : [`the numbers are ${found.join(', ')}`];
}

/** A record claims exactly what the stack's own events show. */
function truth({ number, status, id, reason }: ReleaseRecord, stacks: readonly SimulatedStack[]): string[] {
  if (reason.kind === 'external') return [];
  const seen = stacks.flatMap(({ name, events }) =>
    events.filter((event) => event.resource === name && event.token === `${id}-execute`).map((event) => event.status as string),
  );
  const done = seen.some((one) => DONE.includes(one)) && !seen.some((one) => UNDONE.includes(one));
  if (status === 'succeeded' && !done) return [`v${number} says it succeeded; its events: ${seen.join(', ') || 'none'}`];
  if (['failed', 'cancelled', 'superseded'].includes(status) && done)
    return [`v${number} says ${status}, and it was carried out`];
  return [];
}

function rest(stack: SimulatedStack | undefined): string[] {
  if (stack === undefined) return ['there is no stack'];
  const left = stack.changeSets.filter(({ execution }) => execution === 'AVAILABLE').map(({ name }) => name);
  return [
    ...(AT_REST.includes(stack.status) ? [] : [`the stack is in ${stack.status}`]),
    ...(left.length === 0 ? [] : [`change sets are left: ${left.join(', ')}`]),
  ];
}

function serving(records: readonly ReleaseRecord[], stack: SimulatedStack | undefined): string[] {
  const newest = records.at(-1);
  const says = stack?.parameters.find(({ name }) => name === 'Release')?.value;
  if (newest?.status !== 'succeeded') return [`the command ended with 0, and v${newest?.number} is ${newest?.status}`];
  return says === `v${newest.number}` ? [] : [`v${newest.number} serves, and the stack says ${says}`];
}

/** A migration that ran twice for one release, or beside another one. */
export function migrationsAtOnce(rehearsal: Rehearsal): string[] {
  const tasks = rehearsal
    .look(({ state }) => Object.values(state.services.tasks))
    .filter(({ group }) => group.endsWith('_release'))
    .sort((a, b) => a.createdAt - b.createdAt);
  const wrong = tasks.flatMap((task, index) => {
    const earlier = tasks.slice(0, index);
    const again = earlier.some(({ startedBy }) => startedBy === task.startedBy);
    const beside = earlier.some(({ stoppedAt }) => stoppedAt === null || stoppedAt > task.createdAt);
    return [
      ...(again ? [`${task.startedBy} migrated twice`] : []),
      ...(beside ? [`${task.startedBy} migrated beside another`] : []),
    ];
  });
  return wrong;
}
