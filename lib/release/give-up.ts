import { Failure } from '../failure.js';
import type { Dossier } from '../model/release.js';
import type { Engine } from './engine.js';
import { type Hold, HoldLost, type ReleaseEnd } from './hold.js';
import { patiently } from './patience.js';
import type { Phases } from './phases.js';
import { stackAtRest } from './stack-operation.js';
import { deleteStack } from './stack-recovery.js';
import { stopWork } from './stop-work.js';
import { isFinished } from './stored-record.js';

/** What stopped a release, examined. */
export class ExaminedFailure extends Failure {
  constructor(
    readonly dossier: Dossier,
    where: string,
    what: string,
    hint: string,
    code: string,
  ) {
    super(where, what, hint, code);
  }
}

/** Nothing of these was the release's own fault: it never started. */
const NEVER_STARTED = new Set(['interrupted', 'plan-changed', 'stack-changed', 'change-set-differs', 'release-in-progress']);

/**
 * Ends a release that cannot go on, before its update began: nothing of it can begin any more, and its record says why. When that
 * cannot be written, the record is left to the next command.
 */
export async function giveUp(engine: Engine, hold: Hold, phases: Phases, error: unknown): Promise<void> {
  if (isFinished(hold.record.status)) return;
  const { app, number } = hold.record;
  try {
    await stopOwn(engine, hold);
    if (!(error instanceof HoldLost)) await hold.finish({ ...endFor(error), phases: phases.all });
  } catch (second) {
    if (!(second instanceof Failure)) throw second;
    const text = `the record of ${app} v${number} could not be finished (${second.what}): the next command does it`;
    if (!(second instanceof HoldLost)) engine.report({ kind: 'note', text });
  }
}

/** Leaves an unfinished record to anybody, at once. When that cannot be written, it counts as dead a little later. */
export async function leave(engine: Engine, hold: Hold): Promise<void> {
  try {
    await hold.release();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    engine.report({
      kind: 'note',
      text: `the record could not be left to others (${error.what}): they wait a minute and a half`,
    });
  }
}

async function stopOwn(engine: Engine, hold: Hold): Promise<void> {
  const stack = await patiently(engine, () => engine.windows.stacks.describe(engine.place.stack));
  if (stack.kind === 'none') return;
  await stopWork(engine, hold.record, stack.value, `empire: v${hold.record.number} was given up`);
  if (stack.value.status !== 'REVIEW_IN_PROGRESS') return;
  // only our change set was in it
  await deleteStack(engine, hold, stack.value, 1);
  await stackAtRest(engine, hold, stack.value.id);
}

function endFor(error: unknown): ReleaseEnd {
  if (error instanceof ExaminedFailure)
    return { status: 'failed', summary: error.what, dossier: { kind: 'given', value: error.dossier } };
  if (!(error instanceof Failure))
    return { status: 'failed', summary: 'a defect of empire stopped it before it changed anything' };
  return { status: NEVER_STARTED.has(error.code) ? 'cancelled' : 'failed', summary: `${error.where}: ${error.what}` };
}
