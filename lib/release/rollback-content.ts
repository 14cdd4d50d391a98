import type { Given } from '../model/given.js';
import type { ReleaseContent, ReleaseRecord } from '../model/release.js';
import type { Engine } from './engine.js';
import { History } from './history.js';
import { carryCounts, carryScale } from './scale-carry.js';

/** What a release held, read back. */
export async function contentOf(engine: Engine, { content, images, processes }: ReleaseRecord): Promise<ReleaseContent> {
  const history = History.of(engine);
  const [template, sourceMap, files] = await Promise.all([
    history.object(content.template),
    history.object(content.sourceMap),
    history.object(content.files),
  ]);
  return { template, sourceMap, files: JSON.parse(files) as ReleaseContent['files'], images, processes };
}

/**
 * What a release held, with the scale of the one that serves. What that one was compiled to counts, not what CloudFormation was given for
 * one update.
 *
 * @param serves none: the scale of then
 */
export async function carriedContent(
  engine: Engine,
  target: ReleaseRecord,
  serves: Given<ReleaseRecord>,
): Promise<{ readonly content: ReleaseContent; readonly notes: readonly string[] }> {
  if (serves.kind === 'none') return { content: await contentOf(engine, target), notes: [] };
  const [then, now] = await Promise.all([contentOf(engine, target), contentOf(engine, serves.value)]);
  const { template, sourceMap, notes } = carryScale(then, now);
  return { content: { ...then, template, sourceMap, processes: carryCounts(then.processes, now.processes) }, notes };
}
