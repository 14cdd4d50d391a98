import type { Engine } from './engine.js';
import { adoptExternal, refuseForeign } from './external.js';
import { finishDead } from './finish-dead.js';
import { readSituation, type Situation } from './situation.js';

/**
 * Makes the history say what is so: ends releases nobody works on with what the stack says of them, and adopts what something else changed.
 * Releases that somebody works on are let be. Refuses a stack that is not ours.
 */
export async function reconcile(engine: Engine, situation: Situation): Promise<Situation> {
  refuseForeign(situation);
  const ended = await endDead(engine, situation);
  const now = ended ? await readSituation(engine) : situation;
  return (await adoptExternal(engine, now)) ? readSituation(engine) : now;
}

async function endDead(engine: Engine, { unfinished }: Situation): Promise<boolean> {
  let ended = false;
  for (const stored of unfinished) {
    if (stored.dead) ended = (await finishDead(engine, stored)) || ended;
  }
  return ended;
}
