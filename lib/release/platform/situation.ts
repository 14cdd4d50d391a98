import type { Given } from '../../model/given.js';
import type { StackState } from '../../model/windows.js';
import { readApps } from '../../observe/apps.js';
import type { Engine } from '../engine.js';
import { patiently } from '../patience.js';
import { isBusy } from '../stack-states.js';

/** What there is of a platform before anything is changed. */
export interface PlatformSituation {
  readonly stack: Given<StackState>;
  /** Template body of the stack; none when it has none. */
  readonly running: Given<string>;
  /** Apps that have a stack on it, sorted. */
  readonly apps: readonly string[];
  /** Whether apps find what a platform publishes, whoever published it. */
  readonly published: boolean;
}

/** Reads only. */
export async function readPlatformSituation(engine: Engine): Promise<PlatformSituation> {
  const { windows, place } = engine;
  const known = `/${place.prefix}/${place.environment}/vpc-id`;
  const [stack, apps, values] = await Promise.all([
    patiently(engine, () => windows.stacks.describe(place.stack)),
    appsOn(engine),
    patiently(engine, () => windows.parameters.values([known])),
  ]);
  const running = hasTemplate(stack) ? await patiently(engine, () => windows.stacks.template(place.stack)) : '';
  return {
    stack,
    running: running === '' ? { kind: 'none' } : { kind: 'given', value: running },
    apps,
    published: values[known] !== undefined,
  };
}

/** Apps that stand on the platform, in whatever state their stacks are. */
export async function appsOn(engine: Engine): Promise<readonly string[]> {
  const { windows, place } = engine;
  return (await patiently(engine, () => readApps(windows, place.prefix, place.environment))).map(({ name }) => name);
}

/** A stack that never came to be, or that goes, has nothing that a plan could be compared with. */
const EMPTY = ['REVIEW_IN_PROGRESS', 'CREATE_FAILED', 'ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'DELETE_FAILED', 'DELETE_COMPLETE'];

const hasTemplate = (stack: Given<StackState>): boolean =>
  stack.kind === 'given' && !EMPTY.includes(stack.value.status) && !stack.value.status.startsWith('DELETE_');

/** Whether somebody's operation runs on it. */
export const isMoving = ({ stack }: PlatformSituation): boolean => stack.kind === 'given' && isBusy(stack.value.status);
