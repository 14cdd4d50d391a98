import type { Given } from '../model/given.js';
import type { ReleaseRecord } from '../model/release.js';
import type { Engine } from './engine.js';
import { refuseForeign } from './external.js';
import { reconcile } from './reconcile.js';
import { rollForward } from './rollback-forward.js';
import type { RollbackRequest, RollbackResult } from './rollback-request.js';
import { stopForRollback } from './rollback-running.js';
import { targetAtRest, targetWhileRunning } from './rollback-target.js';
import { readSituation, type Situation } from './situation.js';

export type { RollbackProposal, RollbackRequest, RollbackResult } from './rollback-request.js';

/**
 * Goes back to what a release was, as a new release from its stored template: no registry, no compiler. A release in progress is stopped
 * first of all, before anything else is written; so give the situation as it was read, not reconciled.
 */
export async function rollback(engine: Engine, situation: Situation, request: RollbackRequest): Promise<RollbackResult> {
  refuseForeign(situation);
  return situation.unfinished.length > 0
    ? rollbackRunning(engine, situation, request)
    : rollbackAtRest(engine, await reconcile(engine, situation), request, request.target);
}

async function rollbackRunning(engine: Engine, situation: Situation, request: RollbackRequest): Promise<RollbackResult> {
  const target = await targetWhileRunning(engine, situation, request.target);
  const wanted = target.kind === 'none' ? undefined : target.record;
  const stopped = await stopForRollback(engine, situation, request, wanted);
  if (stopped.kind === 'done') return stopped.result;
  const now = await reconcile(engine, await readSituation(engine));
  if (wanted === undefined) return rollbackAtRest(engine, now, request, request.target);
  if (stopped.kind === 'ended' && servesStill(now, wanted)) return stays(wanted, stopped.record);
  return rollbackAtRest(engine, now, request, { kind: 'given', value: wanted.number });
}

async function rollbackAtRest(
  engine: Engine,
  situation: Situation,
  request: RollbackRequest,
  wanted: Given<number>,
): Promise<RollbackResult> {
  const target = await targetAtRest(engine, situation, wanted);
  if (target.kind === 'serves') return { ...target, target: target.record };
  if (target.kind === 'none') throw new TypeError('at rest there is a target or a refusal');
  return rollForward(engine, situation, request, target.record);
}

const servesStill = ({ current }: Situation, { number }: ReleaseRecord): boolean =>
  current.kind === 'given' && current.value.number === number;

const stays = (record: ReleaseRecord, stopped: ReleaseRecord): RollbackResult => ({
  kind: 'serves',
  record,
  target: record,
  text: `v${record.number} still serves; v${stopped.number} was stopped before it changed a running process`,
});
