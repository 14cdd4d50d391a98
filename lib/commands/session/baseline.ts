import { createHash } from 'node:crypto';
import type { Given } from '../../model/given.js';
import type { ReleaseRecord } from '../../model/release.js';
import type { Engine } from '../../release/engine.js';

const shaOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * The template to compare a new one with. CloudFormation may have been given settings for one update only; then the compiled template
 * of that release is what counts.
 */
export async function baseline(engine: Engine, running: Given<string>, current: Given<ReleaseRecord>): Promise<Given<string>> {
  if (running.kind === 'none' || current.kind === 'none') return running;
  const { template, submitted } = current.value.content;
  if (submitted.kind === 'none' || submitted.value === template || shaOf(running.value) !== submitted.value) return running;
  const { History } = await import('../../release/history.js');
  return { kind: 'given', value: await History.of(engine).object(template) };
}
