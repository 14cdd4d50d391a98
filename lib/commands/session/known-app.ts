import type { Situation } from '../../release/situation.js';
import { notDeployed } from './deployed.js';
import type { AppSession } from './open.js';

/**
 * Refuses an app that has neither directory nor stack nor releases: a name that somebody mistyped.
 *
 * @throws Failure `app-unknown`
 */
export function refuseUnknownApp(session: AppSession, { stack, recent }: Pick<Situation, 'stack' | 'recent'>): void {
  if (stack.kind === 'given' || recent.length > 0) return;
  if (!session.folder.apps.some(({ name }) => name === session.name)) throw notDeployed(session);
}
