import { Failure } from '../failure.js';
import type { Given } from '../model/given.js';
import type { ReleaseRecord } from '../model/release.js';
import type { StackState } from '../model/windows.js';
import type { Engine } from './engine.js';
import type { Situation } from './situation.js';
import { serves } from './stack-states.js';
import { waitForRest } from './stack-wait.js';
import { stopRelease } from './stop-release.js';

/** What became of the release that was to be stopped. */
export type Aborted =
  | { readonly kind: 'nothing' }
  | {
      readonly kind: 'stopped';
      readonly record: ReleaseRecord;
      /** What serves now; none: nothing does, and the stack is gone. */
      readonly serves: Given<ReleaseRecord>;
      /** The stack as it was when we stopped looking; it still moves when one stopped following. */
      readonly stack: Given<StackState>;
    };

/**
 * Stops the release in progress and waits until the stack has what it had before. Those that wait behind it then have their turn.
 *
 * @param by ARN of who stops it
 */
export async function abort(engine: Engine, situation: Situation, by: string): Promise<Aborted> {
  const [first] = situation.unfinished;
  if (first === undefined) return { kind: 'nothing' };
  const stopped = await stopRelease(engine, first.record, {
    status: 'cancelled',
    summary: `stopped by ${by}`,
    before: async () => undefined,
  });
  if (stopped.kind === 'too-late') throw tooLate(stopped.record);
  if (stopped.kind !== 'ended') engine.report({ kind: 'note', text: noteOf(stopped.kind, situation.current) });
  const id = situation.stack.kind === 'given' ? situation.stack.value.id : engine.place.stack;
  const stack = await waitForRest(engine, id);
  return { kind: 'stopped', record: stopped.record, serves: serves(stack) ? situation.current : { kind: 'none' }, stack };
}

function noteOf(kind: 'restoring' | 'deleting' | 'undoing', current: Given<ReleaseRecord>): string {
  if (kind === 'deleting') return 'this is the first create: the stack is being deleted';
  const back = current.kind === 'given' ? ` to v${current.value.number}` : '';
  return kind === 'restoring' ? `the update is cancelled: going back${back}` : `it failed already: going back${back}`;
}

const tooLate = ({ app, number }: ReleaseRecord): Failure =>
  new Failure(
    `${app} v${number}`,
    'it is too late to stop this release: its update is through',
    `go back with \`empire rollback -a ${app}\` when it is done`,
    'abort-too-late',
  );
