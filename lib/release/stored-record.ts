import type { ReleaseRecord, ReleaseStatus } from '../model/release.js';

/** A record as the store has it. */
export interface StoredRecord {
  readonly record: ReleaseRecord;
  readonly etag: string;
  /** Its last write, by the store's own clock. */
  readonly renewedAt: number;
  /** Unfinished, and nobody works on it: 90 s without a renewal, or it was left to anybody. */
  readonly dead: boolean;
}

/** Milliseconds after its last renewal at which an unfinished record counts as dead. */
export const DEAD_AFTER = 90_000;

/** Milliseconds between renewals. */
export const RENEW_EVERY = 15_000;

export const isFinished = (status: ReleaseStatus): boolean => status !== 'pending' && status !== 'running';

/** `now` is the store's own clock. */
export function storedRecord(record: ReleaseRecord, etag: string, renewedAt: number, now: number): StoredRecord {
  const dead = !isFinished(record.status) && (record.held.kind === 'none' || now - renewedAt >= DEAD_AFTER);
  return { record, etag, renewedAt, dead };
}

/**
 * What the stack's parameter `Release` says while this release serves. It is the number, except for a release that was not made by an
 * update: what something else made, and what CloudFormation itself went back to.
 */
export function servingValue(record: ReleaseRecord): string {
  return record.parameters['Release'] ?? `v${record.number}`;
}
