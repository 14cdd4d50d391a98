import type { Failure } from '../failure.js';

/** A failure as a person sees it: what, and what to do. */
export function renderFailure(failure: Failure): string {
  return `error: ${failure.message}\n  hint: ${failure.hint}\n`;
}
