import type { Given } from '../model/given.js';
import type { ReleaseRecord } from '../model/release.js';
import { renderColumns } from './columns.js';
import { whoOf } from './progress-lines.js';
import { renderMoment } from './time.js';

/** `v1  Jun  4 14:27  Deploy remind101/acme-inc:latest  alice  current`, a line per release in the order given. */
export function renderReleases(records: readonly ReleaseRecord[], current: Given<number>): string {
  return renderColumns(
    records.map((record) => [
      `v${record.number}`,
      renderMoment(record.createdAt),
      describe(record),
      whoOf(record.reason.by),
      statusOf(record, current),
    ]),
  );
}

function describe({ reason }: ReleaseRecord): string {
  return reason.message.kind === 'given' ? `${reason.description} (${reason.message.value})` : reason.description;
}

/** `current` is the one that serves. */
export function statusOf({ number, status }: ReleaseRecord, current: Given<number>): string {
  return current.kind === 'given' && current.value === number ? 'current' : status;
}
