import { Failure, isTransient } from '../../failure.js';
import type { Given } from '../../model/given.js';
import type { SourceMap } from '../../model/template.js';
import type { StackEvent, StackState } from '../../model/windows.js';
import { plainReason } from '../../observe/cause-of-resource.js';
import type { Engine } from '../engine.js';
import { placeOf } from '../follow-events.js';
import type { Phases } from '../phases.js';
import { newNonce } from '../release-draft.js';
import { once, operationEvents } from '../stack-operation.js';
import { isBusy, isUpdated } from '../stack-states.js';
import { duration } from '../stop-late.js';
import { missingValues } from './verify.js';
import type { PlatformWatch } from './watch.js';

/** How a change of a platform ended. */
export type PlatformEnd =
  | { readonly kind: 'deployed' }
  /** As it was before, or never made. */
  | { readonly kind: 'failed'; readonly cause: string; readonly place: Given<string>; readonly status: string }
  /** One stopped following; it goes on. */
  | { readonly kind: 'left' };

export interface PlatformFollowing {
  /** Of the operation. */
  readonly token: string;
  readonly since: number;
  readonly watch: PlatformWatch;
  readonly phases: Phases;
  readonly template: string;
  readonly sourceMap: SourceMap;
  readonly timeoutSeconds: number;
}

/** Milliseconds between two looks, and in which an operation that was asked for must show. */
const LOOK_EVERY = 4_000;
const BEGINS_WITHIN = 60_000;
/** Looks in a row that may fail for reasons that pass. */
const BLIND_LOOKS = 200;

/** Follows an operation on the platform's stack to its end, and looks whether apps find what they need. */
export async function followPlatform(engine: Engine, following: PlatformFollowing): Promise<PlatformEnd> {
  const { windows, place } = engine;
  const { watch, phases, since, timeoutSeconds } = following;
  let name = place.stack;
  let late = false;
  for (let blind = 0; ; ) {
    if (engine.signal.aborted) return { kind: 'left' };
    const stack = await look(engine, name);
    blind = stack === undefined ? blind + 1 : 0;
    if (blind > BLIND_LOOKS) throw unanswered(engine);
    if (stack !== undefined) {
      if (stack.kind === 'given') name = stack.value.id;
      if (stack.kind === 'none' || (await isOver(engine, stack.value, following)))
        return conclude(engine, stack, following, late);
      if (/ROLLBACK|DELETE/.test(stack.value.status)) phases.begin('restore', 'going back to what was there before');
      await watch.look(name);
      if (!late && windows.clock.now() - since > timeoutSeconds * 1000) late = await stop(engine, stack.value, timeoutSeconds);
    }
    await windows.clock.sleep(LOOK_EVERY, engine.signal);
  }
}

/** Undefined: it cannot be asked now. */
async function look(engine: Engine, name: string): Promise<Given<StackState> | undefined> {
  try {
    return await engine.windows.stacks.describe(name);
  } catch (error) {
    if (!isTransient(error)) throw error;
    return undefined;
  }
}

/** At rest, and not because it has not begun yet. */
async function isOver(engine: Engine, { id, status }: StackState, { token, since }: PlatformFollowing): Promise<boolean> {
  if (isBusy(status)) return false;
  if (status !== 'REVIEW_IN_PROGRESS' && (await eventsOf(engine, id, token)).length > 0) return true;
  return engine.windows.clock.now() - since > BEGINS_WITHIN;
}

async function eventsOf(engine: Engine, stack: string, token: string): Promise<readonly StackEvent[]> {
  const events = await operationEvents(engine, stack);
  const from = events.findIndex((event) => event.token.kind === 'given' && event.token.value === token);
  return from < 0 ? [] : events.slice(from);
}

async function conclude(
  engine: Engine,
  stack: Given<StackState>,
  { token, phases, watch, template, sourceMap, timeoutSeconds }: PlatformFollowing,
  late: boolean,
): Promise<PlatformEnd> {
  const none = { kind: 'none' } as const;
  const tooLate = `not ready within ${duration(timeoutSeconds)}`;
  if (stack.kind === 'none')
    return {
      kind: 'failed',
      cause: late ? `${tooLate}: what was made was deleted` : 'its stack was deleted',
      place: none,
      status: 'gone',
    };
  await watch.look(stack.value.id);
  const { id, status } = stack.value;
  if (!isUpdated(status)) {
    const first = firstFailure(await eventsOf(engine, id, token));
    const cause = late ? tooLate : (first?.words ?? `the stack is ${status}`);
    return {
      kind: 'failed',
      cause,
      place: first === undefined || late ? none : placeOf(first.resource, { kind: 'given', value: sourceMap }),
      status,
    };
  }
  phases.begin('verify', 'looking for what apps need');
  const missing = await missingValues(engine, template);
  phases.end();
  if (missing.length === 0) return { kind: 'deployed' };
  return { kind: 'failed', cause: `apps would not find ${missing.join(', ')}`, place: none, status };
}

/** The first thing that went wrong, not the last event; what was only stopped because of it is not named. */
function firstFailure(events: readonly StackEvent[]): { readonly resource: string; readonly words: string } | undefined {
  const failed = events.filter(({ status, type }) => status.endsWith('_FAILED') && type !== 'AWS::CloudFormation::Stack');
  const own = failed.find(({ reason }) => reason.kind === 'none' || !/cancelled/i.test(reason.value)) ?? failed[0];
  if (own === undefined) return undefined;
  const why = own.reason.kind === 'given' ? `: ${plainReason(own.reason.value)}` : '';
  return { resource: own.resource, words: `${own.resource} (${own.type}) ${own.status}${why}` };
}

/** Undoes what takes too long; a first create has nothing to go back to and is deleted. False: there was nothing to stop any more. */
async function stop(engine: Engine, { id, status }: StackState, seconds: number): Promise<boolean> {
  const { stacks } = engine.windows;
  const token = newNonce();
  const creating = status === 'CREATE_IN_PROGRESS';
  if (!creating && status !== 'UPDATE_IN_PROGRESS') return false;
  const what = creating ? 'what was made is deleted' : 'the change is cancelled';
  engine.report({ kind: 'note', text: `not ready within ${duration(seconds)}: ${what}` });
  const happened = async () => {
    const now = await stacks.describe(id);
    return now.kind === 'none' || now.value.status !== status;
  };
  try {
    await once(
      engine,
      () => (creating ? stacks.delete({ stack: id, retain: [], token }) : stacks.cancelUpdate(id, token)),
      happened,
    );
    return true;
  } catch (error) {
    // it ended in the same moment, or nothing answers: the next look says how
    if (error instanceof Failure && (error.code === 'outside-refused' || isTransient(error))) return false;
    throw error;
  }
}

const unanswered = ({ place }: Engine): Failure =>
  new Failure(
    `stack ${place.stack}`,
    'nothing answers',
    'look again with `empire platform deploy`, which waits for what runs',
    'network',
  );
