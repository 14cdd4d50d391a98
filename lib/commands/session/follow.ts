import { Failure } from '../../failure.js';
import type { ReleaseRecord } from '../../model/release.js';
import type { Hold } from '../../release/hold.js';
import { type OutsideFlags, parseTimeout, type ReleaseFlags } from './flags.js';
import type { AppSession } from './open.js';
import { sentence } from './sentence.js';

/** Follows our own release to its end; `--no-wait` leaves it to anybody. */
export async function followRelease(session: AppSession, hold: Hold, flags: ReleaseFlags): Promise<ReleaseRecord> {
  if (flags['no-wait']) {
    await hold.release();
    return hold.record;
  }
  const { followOwn } = await import('../../release/index.js');
  const record = await followOwn(session.engine, hold, { timeoutSeconds: parseTimeout(flags.timeout) });
  return unlessInterrupted(session, flags, record);
}

/** Ctrl-C stopped the following: the release goes on, and the last lines say how to follow and how to stop it. */
export function unlessInterrupted(session: AppSession, flags: OutsideFlags, record: ReleaseRecord): ReleaseRecord {
  if (record.status !== 'running' && record.status !== 'pending') return record;
  throw new Failure(
    `${record.app} v${record.number}`,
    'it goes on without you',
    `follow it with \`${sentence('follow', session, flags)}\`, stop it with \`${sentence('abort', session, flags)}\``,
    'interrupted',
  );
}
