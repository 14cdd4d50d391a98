import type { ProgressEvent } from '../model/progress.js';
import { releaseJson } from './release-json.js';
import { isoTime } from './time.js';

/** One event of `--events`, for programs. */
export function progressJson(event: ProgressEvent): object {
  switch (event.kind) {
    case 'claimed':
      return { kind: 'claimed', release: releaseJson(event.record) };
    case 'waiting':
      return { kind: 'waiting', for: releaseJson(event.for) };
    case 'phase':
      return { ...event, at: isoTime(event.at) };
    case 'phase-end':
      return { ...event, at: isoTime(event.at) };
    case 'processes':
      return { ...event, at: isoTime(event.at) };
    case 'event':
      return { ...event, at: isoTime(event.at), place: event.place.kind === 'given' ? event.place.value : null };
    case 'output':
      return { ...event, at: isoTime(event.at) };
    case 'note':
      return event;
  }
}
