import type { ProgressEvent } from '../../lib/model/progress.js';
import type { ReleaseContent, ReleaseReason } from '../../lib/model/release.js';
import type { Windows } from '../../lib/model/windows.js';
import { openRehearsal, type Rehearsal } from '../../lib/rehearsal/index.js';
import type { Engine } from '../../lib/release/engine.js';
import type { ReleaseDraft } from '../../lib/release/release-draft.js';
import { NONE, PLACE, PLATFORM } from './model-apps.js';

/** 2026-06-04 14:27 UTC. */
export const START = Date.UTC(2026, 5, 4, 14, 27);

export { PLATFORM };

export const openTest = (): Rehearsal =>
  openRehearsal({
    platform: PLATFORM,
    root: NONE,
    speed: Number.POSITIVE_INFINITY,
    start: { kind: 'given', value: START },
  });

/** An engine for `acme-inc` on these windows, and everything it reports. */
export function engineOn(windows: Windows): Engine & { readonly events: ProgressEvent[]; readonly stop: () => void } {
  const events: ProgressEvent[] = [];
  const controller = new AbortController();
  return {
    windows,
    place: PLACE,
    report: (event) => {
      events.push(event);
    },
    compiler: '1.0.0',
    signal: controller.signal,
    events,
    stop: () => controller.abort(),
  };
}

export const reasonFor = (description: string): ReleaseReason => ({
  kind: 'deploy',
  description,
  message: NONE,
  by: 'arn:aws:sts::123456789012:assumed-role/rehearsal/you',
  commit: NONE,
  run: NONE,
});

export const emptyContent = (template = '{}'): ReleaseContent => ({
  template,
  sourceMap: '{"stack":"empire-acme-inc","resources":{}}',
  files: {},
  images: [],
  processes: [],
});

/** What a command would claim. */
export const draftFor = (description: string, change: Partial<ReleaseDraft> = {}): ReleaseDraft => ({
  reason: reasonFor(description),
  rollbackTo: NONE,
  previous: NONE,
  content: emptyContent(),
  parameters: {},
  platform: {},
  allowed: [],
  predictedSeconds: NONE,
  guard: NONE,
  notes: [],
  ...change,
});
