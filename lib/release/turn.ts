import { Failure } from '../failure.js';
import type { Given } from '../model/given.js';
import type { Plan, PlanFinding } from '../model/plan.js';
import type { StackState } from '../model/windows.js';
import type { Engine } from './engine.js';
import { forcedResources } from './forced-resources.js';
import type { Hold } from './hold.js';
import type { Phases } from './phases.js';
import { waitForTurn } from './queue.js';
import { readSituation, type Situation } from './situation.js';
import { makeReady } from './stack-recovery.js';
import type { Submission } from './submission.js';
import { readBase } from './submitted-base.js';

/** Our turn: what there is now, and what the release does to it. */
export interface Turn {
  readonly situation: Situation;
  /** It takes a change set. None: it is to be created. */
  readonly stack: Given<StackState>;
  readonly plan: Plan;
  /** Nothing had to be waited for: what was known before the claim still holds. */
  readonly atOnce: boolean;
}

interface Wanted {
  readonly situation: Situation;
  readonly submission: Submission;
  readonly phases: Phases;
}

/**
 * Waits until ours is the lowest unfinished number, brings the stack to where it can be released, and plans again when something may
 * have changed meanwhile. None: there is nothing left to change, and the record is finished.
 *
 * @throws Failure `plan-changed` when the new plan has findings that nobody approved
 */
export async function takeTurn(engine: Engine, hold: Hold, wanted: Wanted): Promise<Given<Turn>> {
  const waited = !isNext(hold.record.number, wanted.situation);
  if (waited) await waitInPhase(engine, hold, wanted);
  const before = waited ? await readSituation(engine) : wanted.situation;
  const ready = await makeReady(engine, hold, before.stack);
  if (!waited && ready.untouched) {
    const { situation, submission } = wanted;
    return { kind: 'given', value: { situation, stack: ready.stack, plan: submission.plan, atOnce: true } };
  }
  const situation = ready.untouched ? before : await readSituation(engine);
  const plan = await planOnceMore(engine, hold, situation, wanted);
  if (plan.kind === 'none') return plan;
  return { kind: 'given', value: { situation, stack: ready.stack, plan: plan.value, atOnce: false } };
}

async function waitInPhase(engine: Engine, hold: Hold, { submission, phases }: Wanted): Promise<void> {
  phases.begin('waiting', 'waiting for its turn');
  await waitForTurn(engine, hold, submission.queue);
  phases.end();
}

/** The plan for what there is now. None: nothing is left to change, and the record is finished. */
async function planOnceMore(engine: Engine, hold: Hold, now: Situation, { submission, phases }: Wanted): Promise<Given<Plan>> {
  const plan = await planAgain(engine, now, submission);
  refuseNews(engine, submission.plan, plan);
  const forced = forcedResources([hold.record, ...now.recent.map(({ record }) => record)]);
  if (plan.kind !== 'none' || forced.length > 0) {
    const { current } = now;
    const previous = current.kind === 'given' ? ({ kind: 'given', value: current.value.number } as const) : current;
    await hold.update({ previous, phases: phases.all });
    return { kind: 'given', value: plan };
  }
  await hold.finish({ status: 'cancelled', summary: 'nothing to change', phases: phases.all });
  return { kind: 'none' };
}

/** All lower numbers were finished when they were read, and finished ones stay so. */
function isNext(number: number, { recent, unfinished }: Situation): boolean {
  return unfinished.length === 0 && number === (recent[0]?.record.number ?? 0) + 1;
}

/** Against what the stack's template was compiled to, where that is known. */
async function planAgain(engine: Engine, now: Situation, submission: Submission): Promise<Plan> {
  const base = await readBase(engine, now.running, now.recent, now.current);
  return submission.replan(base === undefined ? now.running : { kind: 'given', value: base.compiled });
}

function refuseNews({ place }: Engine, approved: Plan, plan: Plan): void {
  const key = ({ kind, resource }: PlanFinding) => `${kind} ${resource}`;
  const known = new Set(approved.findings.map(key));
  const [first] = plan.findings.filter((finding) => finding.kind !== 'note' && !known.has(key(finding)));
  if (first === undefined) return;
  throw new Failure(
    place.app,
    `the release before it changed the plan: ${first.text}`,
    'look at the plan with `empire diff`, then deploy again',
    'plan-changed',
  );
}
