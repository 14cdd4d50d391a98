import { Failure } from '../../failure.js';
import type { Given } from '../../model/given.js';
import type { SourceMap, Template } from '../../model/template.js';
import { objectAt, readJson } from '../../plan/template-json.js';
import type { Engine } from '../../release/engine.js';
import type { Situation } from '../../release/situation.js';

const NONE = { kind: 'none' } as const;

/**
 * The source map of the release that serves, when a resource of it goes: only that map names its line. Otherwise it is not asked for,
 * and one that was purged is done without.
 */
export async function mapOfGone(
  engine: Engine,
  { running, current }: Pick<Situation, 'running' | 'current'>,
  next: Template,
): Promise<Given<SourceMap>> {
  if (running.kind === 'none' || current.kind === 'none' || !loses(running.value, next)) return NONE;
  const { History } = await import('../../release/history.js');
  try {
    const text = await History.of(engine).object(current.value.content.sourceMap);
    return { kind: 'given', value: JSON.parse(text) as SourceMap };
  } catch (error) {
    if (error instanceof Failure && error.code === 'content-missing') return NONE;
    throw error;
  }
}

function loses(running: string, { resources }: Template): boolean {
  const kept = new Set(resources.map(({ id }) => id));
  return Object.keys(objectAt(readJson(running)?.['Resources'])).some((id) => !kept.has(id));
}
