import { Failure } from '../../failure.js';
import type { Given } from '../../model/given.js';
import type { Plan } from '../../model/plan.js';
import type { SourceMap } from '../../model/template.js';
import type { ChangeSetState, StackState } from '../../model/windows.js';
import { createChangeSet, executeChangeSet } from '../change-set.js';
import type { Engine } from '../engine.js';
import { patiently } from '../patience.js';
import type { Phases } from '../phases.js';
import { newNonce } from '../release-draft.js';
import { confirmPlan } from '../submit-change-set.js';
import { followPlatform, type PlatformEnd } from './follow.js';
import { refuseTorn, tornFromApps } from './in-use.js';
import { readyPlatform, stopped } from './ready.js';
import { makeServiceRoles } from './service-roles.js';
import { type PlatformSituation, readPlatformSituation } from './situation.js';
import { PlatformWatch } from './watch.js';

/** A change of a platform that somebody has agreed to. */
export interface PlatformChange {
  /** As it is sent: within what a request takes, since there may be no bucket yet. */
  readonly template: string;
  readonly sourceMap: SourceMap;
  readonly plan: Plan;
  /** What would change now. */
  readonly replan: (situation: PlatformSituation) => Promise<Plan>;
  readonly timeoutSeconds: number;
  /** Returns as soon as the update has started. */
  readonly noWait: boolean;
}

export type PlatformResult =
  | { readonly kind: 'unchanged' }
  /** Nobody waited for it. */
  | { readonly kind: 'started' }
  | PlatformEnd;

/**
 * Makes or changes the platform. There are no release records of it: a platform has one line of history, that of its stack, and its
 * bucket may not be there yet. That only one change runs at a time is CloudFormation's own rule for a stack.
 */
export async function deployPlatform(engine: Engine, change: PlatformChange, phases: Phases): Promise<PlatformResult> {
  const { windows } = engine;
  const watch = new PlatformWatch(engine, { kind: 'given', value: change.sourceMap }, windows.clock.now());
  const before = await readPlatformSituation(engine);
  const each = async () => (before.stack.kind === 'given' ? watch.look(before.stack.value.id) : undefined);
  const stack = await readyPlatform(engine, before.stack, each);
  const situation = stack === before.stack ? before : await readPlatformSituation(engine);
  const plan = await refreshed(engine, change, situation);
  if (plan.kind === 'none') return { kind: 'unchanged' };
  if (stack.kind === 'none') await makeServiceRoles(engine);
  const changeSet = await submitted(engine, change, { stack, plan, phases });
  if (changeSet.kind === 'none') return { kind: 'unchanged' };
  const token = newNonce();
  phases.begin('update', stack.kind === 'none' ? 'making the platform' : 'changing the platform');
  const since = windows.clock.now();
  await executeChangeSet(engine, changeSet.value, engine.place.stack, token);
  if (change.noWait) return { kind: 'started' };
  return followPlatform(engine, { token, since, watch, phases, ...change });
}

/** The plan as it is now; whoever agreed to another one is asked again. */
async function refreshed(engine: Engine, change: PlatformChange, situation: PlatformSituation): Promise<Plan> {
  const plan = await change.replan(situation);
  if (situation.running.kind === 'given')
    refuseTorn(engine.place.environment, situation.apps, tornFromApps(plan, situation.running.value, change.template));
  if (plan.kind !== 'none' && change.plan.kind !== 'none' && said(plan) !== said(change.plan)) throw changed(engine);
  return plan;
}

const said = ({ kind, resources, findings }: Plan): string => JSON.stringify([kind, resources, findings]);

interface Submitting {
  readonly stack: Given<StackState>;
  readonly plan: Plan;
  readonly phases: Phases;
}

/** None: CloudFormation finds nothing to change. */
async function submitted(
  engine: Engine,
  { template }: PlatformChange,
  { stack, plan, phases }: Submitting,
): Promise<Given<ChangeSetState>> {
  const { stacks } = engine.windows;
  phases.begin('change set', 'CloudFormation checks the change');
  const name = `empire-platform-${newNonce().slice(0, 8)}`;
  const changeSet = await createChangeSet(
    engine,
    { keep: async () => undefined },
    {
      name,
      kind: stack.kind === 'none' ? 'create' : 'update',
      template: { text: template, sha: '' },
      parameters: {},
      description: `Platform of ${engine.place.environment}`,
      token: name,
    },
  );
  try {
    if (!changeSet.empty) confirmPlan(engine, plan, changeSet);
    phases.end();
    if (engine.signal.aborted) throw stopped(engine);
    if (!changeSet.empty) return { kind: 'given', value: changeSet };
  } catch (error) {
    await patiently(engine, () => stacks.deleteChangeSet(engine.place.stack, changeSet.id));
    throw error;
  }
  await patiently(engine, () => stacks.deleteChangeSet(engine.place.stack, changeSet.id));
  return { kind: 'none' };
}

const changed = ({ place }: Engine): Failure =>
  new Failure(
    `platform of ${place.environment}`,
    'something else changed it in the meantime: the plan is another one now',
    'deploy it again and look at the new plan',
    'plan-changed',
  );
