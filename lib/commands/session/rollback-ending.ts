import type { PlanFinding } from '../../model/plan.js';
import type { ReleaseRecord } from '../../model/release.js';
import type { RollbackResult } from '../../release/rollback.js';
import type { ReleaseFlags } from './flags.js';
import { followRelease } from './follow.js';
import type { AppSession } from './open.js';
import type { Ending } from './outcome.js';

/** `Rolled back acme-inc to v1 as v5.` */
const done = (target: ReleaseRecord) => (record: ReleaseRecord) =>
  `Rolled back ${record.app} to v${target.number} as v${record.number}.`;

/** Follows a rollback to its end. */
export async function rollbackEnding(
  session: AppSession,
  flags: ReleaseFlags,
  result: RollbackResult,
  findings: readonly PlanFinding[],
): Promise<Ending> {
  switch (result.kind) {
    case 'serves':
      return { kind: 'unchanged', written: [], current: { kind: 'given', value: result.record }, text: result.text };
    case 'stopped': {
      const text = `v${result.record.number} was stopped; nothing of ${session.name} serves`;
      return { kind: 'unchanged', written: [], current: { kind: 'none' }, text };
    }
    case 'restored':
      return { kind: 'released', record: result.record, done: done(result.target), written: [], findings };
    case 'submitted': {
      const record = await followRelease(session, result.hold, flags);
      return { kind: 'released', record, done: done(result.target), written: [], findings };
    }
  }
}
