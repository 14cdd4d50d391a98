import { clearScreenDown, cursorTo, moveCursor } from 'node:readline';
import type { Clock } from '../../model/windows.js';

/** Milliseconds between two looks. */
const LOOK_EVERY = 2000;

export interface Watching {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** The whole picture as it is now. */
  readonly look: () => Promise<string>;
}

/**
 * Shows a picture again and again until Ctrl-C: on a terminal in place, elsewhere (and on a dumb terminal) each time that it is another
 * one, with an empty line between. Gives the exit code.
 */
export async function watch({ clock, signal, look }: Watching): Promise<number> {
  const inPlace = process.stdout.isTTY === true && process.env['TERM'] !== 'dumb';
  let shown = '';
  while (!signal.aborted) {
    const picture = await look();
    if (picture !== shown || inPlace) process.stdout.write(`${shown === '' || inPlace ? '' : '\n'}${picture}`);
    shown = picture;
    await clock.sleep(LOOK_EVERY, signal);
    if (inPlace && !signal.aborted) erase(picture);
  }
  return 130;
}

/** A picture higher than the screen has scrolled: then what is visible is drawn over. */
function erase(picture: string): void {
  const lines = picture.split('\n').length - 1;
  moveCursor(process.stdout, 0, -Math.min(lines, Math.max(1, (process.stdout.rows || 24) - 1)));
  cursorTo(process.stdout, 0);
  clearScreenDown(process.stdout);
}
