import type { Given } from '../model/given.js';
import type { ProcessProgress, ProgressEvent } from '../model/progress.js';
import type { PhaseName, ReleaseRecord } from '../model/release.js';

/** What is known about a release that is being made: everything a screen can show of it. */
export interface Progress {
  readonly record: Given<ReleaseRecord>;
  /** Somebody else's release that is in front. */
  readonly waitingFor: Given<ReleaseRecord>;
  readonly phase: Given<{ readonly name: PhaseName; readonly text: string; readonly at: number }>;
  readonly processes: readonly ProcessProgress[];
  /** When the release was claimed, or the first thing was seen. */
  readonly startedAt: Given<number>;
  /** The newest time that was seen. */
  readonly at: number;
  readonly phases: readonly { readonly name: PhaseName; readonly seconds: number }[];
  /** What was last said of each resource. */
  readonly said: ReadonlyMap<string, string>;
}

export const NO_PROGRESS: Progress = {
  record: { kind: 'none' },
  waitingFor: { kind: 'none' },
  phase: { kind: 'none' },
  processes: [],
  startedAt: { kind: 'none' },
  at: 0,
  phases: [],
  said: new Map(),
};

/** What is known after one more event. */
export function advance(before: Progress, event: ProgressEvent): Progress {
  const at = event.kind === 'claimed' ? event.record.createdAt : 'at' in event ? event.at : before.at;
  const seen: Progress = {
    ...before,
    at: Math.max(before.at, at),
    startedAt: before.startedAt.kind === 'given' || at === 0 ? before.startedAt : { kind: 'given', value: at },
  };
  switch (event.kind) {
    case 'claimed':
      return { ...seen, record: { kind: 'given', value: event.record } };
    case 'waiting':
      return { ...seen, waitingFor: { kind: 'given', value: event.for } };
    case 'phase':
      return {
        ...seen,
        phase: { kind: 'given', value: { name: event.name, text: event.text, at: event.at } },
        waitingFor: event.name === 'waiting' ? seen.waitingFor : { kind: 'none' },
      };
    case 'phase-end':
      return { ...seen, phase: { kind: 'none' }, phases: [...seen.phases, { name: event.name, seconds: event.seconds }] };
    case 'processes':
      return { ...seen, processes: event.processes };
    case 'event':
      return { ...seen, said: new Map(seen.said).set(event.resource, event.text) };
    default:
      return seen;
  }
}

/** `v2`; empty while there is no number. */
export function releaseName({ record }: Progress): string {
  return record.kind === 'given' ? `v${record.value.number}` : '';
}

/** `web: 1 old, 1 of 2 new, waiting for: pulling the image`. */
export function renderProcess({ name, old, next, done, waitingFor }: ProcessProgress): string {
  const wanted = next.healthy === next.wanted ? `${next.wanted} new` : `${next.healthy} of ${next.wanted} new healthy`;
  const started = next.running > next.healthy ? `, ${next.running} started` : '';
  const failed = next.failed === 0 ? '' : `, ${next.failed} failed`;
  const before = old.running === 0 ? '' : `, ${old.running} old`;
  const wait = waitingFor === '' || done ? '' : ` · ${waitingFor}`;
  return `${name}: ${wanted}${started}${failed}${before}${done ? ' · done' : ''}${wait}`;
}
