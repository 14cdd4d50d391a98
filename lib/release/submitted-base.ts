import type { Given } from '../model/given.js';
import type { ReleaseRecord } from '../model/release.js';
import { shaOf } from './content-store.js';
import type { Engine } from './engine.js';
import { History, type StoredRecord } from './history.js';
import type { SubmittedInput } from './submitted-template.js';

/**
 * The release whose template the stack has, when it was not submitted as it was compiled. After a `prepare` of a release that failed
 * it is the one that serves.
 */
export async function readBase(
  engine: Engine,
  running: Given<string>,
  recent: readonly StoredRecord[],
  current: Given<ReleaseRecord>,
): Promise<SubmittedInput['base']> {
  if (running.kind === 'none') return undefined;
  const sha = shaOf(running.value);
  const has = ({ content }: ReleaseRecord) => content.submitted.kind === 'given' && content.submitted.value === sha;
  const found = recent.map(({ record }) => record).find(has) ?? (current.kind === 'given' ? current.value : undefined);
  const submitted = found?.content.submitted;
  if (found === undefined || submitted?.kind !== 'given' || submitted.value === found.content.template) return undefined;
  const history = History.of(engine);
  const [compiled, given] = await Promise.all([history.object(found.content.template), history.object(submitted.value)]);
  return { compiled, submitted: given };
}
