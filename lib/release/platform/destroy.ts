import { Failure } from '../../failure.js';
import type { SourceMap } from '../../model/template.js';
import { deleteStack } from '../destroy.js';
import type { Engine } from '../engine.js';
import { patiently } from '../patience.js';
import { newNonce } from '../release-draft.js';
import { refuseStanding } from './in-use.js';
import { platformAtRest } from './ready.js';
import { appsOn, readPlatformSituation } from './situation.js';
import { PlatformWatch } from './watch.js';

export interface DestroyedPlatform {
  /** False: there was no stack. */
  readonly deleted: boolean;
  /** What could not be deleted and stays behind: logical id and type. */
  readonly retained: readonly string[];
  /** Objects that the bucket of releases held; none: it was left alone. */
  readonly purged: number;
}

/**
 * Deletes the platform's stack. The bucket of releases stays, unless it is purged: a platform of the same name takes it in again.
 *
 * @throws Failure `platform-in-use`: apps stand on it
 */
export async function destroyPlatform(
  engine: Engine,
  { purge, sourceMap }: { readonly purge: boolean; readonly sourceMap: SourceMap },
): Promise<DestroyedPlatform> {
  const { windows, place } = engine;
  const watch = new PlatformWatch(engine, { kind: 'given', value: sourceMap }, windows.clock.now());
  const first = await readPlatformSituation(engine);
  const each = async () => (first.stack.kind === 'given' ? watch.look(first.stack.value.id) : undefined);
  await platformAtRest(engine, first.stack, each);
  // somebody may have deployed an app while this waited, or while the name was typed
  refuseStanding(place.environment, await appsOn(engine));
  const stack = await patiently(engine, () => windows.stacks.describe(place.stack));
  const retained = stack.kind === 'given' ? await deleteStack(engine, stack.value, each) : [];
  if (stack.kind === 'none' && first.published) await removePublished(engine);
  const purged = purge ? await patiently(engine, () => windows.store.removeBucket(place.bucket)) : 0;
  return { deleted: stack.kind === 'given' || first.published, retained, purged };
}

/** Nothing to delete, and yet apps find a platform: deleting a stack that is not there does no harm, and then one looks again. */
async function removePublished(engine: Engine): Promise<void> {
  const { windows, place } = engine;
  await patiently(engine, () => windows.stacks.delete({ stack: place.stack, retain: [], token: newNonce() }));
  if (!(await readPlatformSituation(engine)).published) return;
  throw new Failure(
    `platform of ${place.environment}`,
    `the stack ${place.stack} is not there, but its parameters below \`/${place.prefix}/${place.environment}/\` are`,
    'something else made them: remove them by hand in SSM Parameter Store',
    'platform-foreign',
  );
}
