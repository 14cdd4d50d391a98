import type { AppEvent } from '../model/running.js';
import { cut, type Look, paint } from './look.js';
import { shortened } from './progress-lines.js';
import { isoTime, renderMomentWithSeconds } from './time.js';

/** `Jun  4 14:27:08  WebService  UPDATE_COMPLETE  (apps/acme-inc/Procfile:1:1)`, a line per event, in the order given. */
export function renderEvents(events: readonly AppEvent[], look: Look): string {
  return events.map((event) => `${renderEvent(event, look)}\n`).join('');
}

function renderEvent({ at, resource, status, text, place, bad }: AppEvent, look: Look): string {
  const said = [status, shortened(text)].filter((part) => part !== '').join(': ');
  const where = place.kind === 'given' ? `  (${place.value})` : '';
  const time = renderMomentWithSeconds(at);
  const line = cut(`${time}  ${resource}  ${said}${where}`, look.width);
  const rest = line.slice(time.length);
  return `${paint(line.slice(0, time.length), 'dim', look)}${bad ? paint(rest, 'red', look) : rest}`;
}

/**
 * `empire events --json`: `app`, and `events`, oldest first, each with `at` (ISO 8601 UTC), `from` (`cloudformation` or `ecs`), `resource`
 * (logical id; the stack's own events have its name), `status` (in the words of CloudFormation; null for ECS), `text` (the reason, or
 * what ECS says; may be empty), `place` (the manifest line that made the resource, or null), `bad` (something failed).
 */
export function eventsJson(app: string, events: readonly AppEvent[]): object {
  return { app, events: events.map(eventJson) };
}

/** One event, for `--json` and `--follow --json`. */
export function eventJson({ at, from, resource, status, text, place, bad }: AppEvent): object {
  return {
    at: isoTime(at),
    from,
    resource,
    status: status || null,
    text,
    place: place.kind === 'given' ? place.value : null,
    bad,
  };
}
