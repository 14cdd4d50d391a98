import type { ReleasePlace } from '../model/release.js';
import type { Windows } from '../model/windows.js';

/** The first line of every command that writes: what, and where. */
export function renderHeadline(
  what: string,
  place: Pick<ReleasePlace, 'environment' | 'account' | 'region'>,
  kind: Windows['kind'],
): string {
  const rehearsed = kind === 'rehearsal' ? ' · rehearsal: nothing is real' : '';
  return `${what} in ${place.environment} (${place.account}, ${place.region})${rehearsed}\n`;
}
