import type { Report } from '../model/progress.js';
import type { ReleasePlace } from '../model/release.js';
import type { Windows } from '../model/windows.js';

/** What every part of the release engine is given: the outside, where the app is, and whom to tell. */
export interface Engine {
  readonly windows: Windows;
  readonly place: ReleasePlace;
  readonly report: Report;
  /** Version of empire, for the record. */
  readonly compiler: string;
  /** Ctrl-C: stop following. What was submitted goes on without us. */
  readonly signal: AbortSignal;
}
