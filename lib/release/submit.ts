import type { Engine } from './engine.js';
import { History } from './history.js';
import type { Hold } from './hold.js';
import { keepImages } from './keep-images.js';
import { parameterValues } from './parameter-values.js';
import type { Situation } from './situation.js';
import type { Submission } from './submission.js';
import { readGround } from './submit-ground.js';
import { Submitting } from './submitting.js';
import { parseTemplateObject } from './template-references.js';

/**
 * Steps 6 to 8: claims the number, waits for its turn, runs the release process, and starts the update. Gives the hold on the running
 * release; when it turned out that there is nothing to change, on a cancelled one.
 *
 * Whatever it throws, the record says what happened, unless it could no longer be written: then the next command finishes it.
 */
export async function submit(engine: Engine, situation: Situation, submission: Submission): Promise<Hold> {
  const { reason, rollbackTo, content, platform, plan, allowed, guard, notes } = submission;
  const [ground, hold] = await Promise.all([
    settled(readGround(engine, situation, content.template)),
    History.of(engine).claim({
      reason,
      rollbackTo,
      previous: situation.current.kind === 'given' ? { kind: 'given', value: situation.current.value.number } : { kind: 'none' },
      content,
      parameters: withoutRelease(parameterValues(parseTemplateObject(content.template), situation.stack, submission.parameters)),
      platform,
      allowed,
      predictedSeconds: { kind: 'given', value: plan.predictedSeconds },
      guard,
      notes,
    }),
  ]);
  engine.report({ kind: 'claimed', record: hold.record });
  const keeping = later(submission.keepImages ? keepImages(engine, hold.record) : Promise.resolve([]));
  const submitting = new Submitting(engine, hold, submission);
  try {
    await submitting.run(situation, { ground: async () => unwrap(ground), notes: keeping });
  } catch (error) {
    await submitting.giveUp(error);
    throw error;
  }
  return hold;
}

/** The value comes with the number. */
function withoutRelease({ Release: _, ...others }: Readonly<Record<string, string>>): Record<string, string> {
  return others;
}

/** A result that is looked at later: until then its failure is nobody's. */
const settled = async <T>(promise: Promise<T>): Promise<PromiseSettledResult<T>> =>
  (await Promise.allSettled([promise]))[0] as PromiseSettledResult<T>;

function unwrap<T>(result: PromiseSettledResult<T>): T {
  if (result.status === 'rejected') throw result.reason;
  return result.value;
}

function later<T>(promise: Promise<T>): () => Promise<T> {
  const result = settled(promise);
  return async () => unwrap(await result);
}
