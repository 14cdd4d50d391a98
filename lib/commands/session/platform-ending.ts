import { Failure } from '../../failure.js';
import type { PlatformResult } from '../../release/platform/index.js';
import type { OutsideFlags } from './flags.js';
import { type PlatformSession, platformSentence } from './platform-session.js';

export interface PlatformEnding {
  readonly result: PlatformResult;
  /** It was made, not changed. */
  readonly created: boolean;
}

/** For programs; a failure is thrown. */
export function platformEndingJson({ engine: { place } }: PlatformSession, { result, created }: PlatformEnding): object {
  const { environment, stack } = place;
  return { environment, stack, changed: result.kind !== 'unchanged', created, finished: result.kind !== 'started' };
}

/** @throws Failure `platform-failed`; `interrupted`: one stopped following */
export function throwUnsuccessful(
  { environment, engine }: PlatformSession,
  flags: OutsideFlags,
  { result, created }: PlatformEnding,
): void {
  const where = `platform of ${environment}`;
  const again = platformSentence('platform deploy', environment, flags);
  if (result.kind === 'left')
    throw new Failure(where, 'it goes on without you', `see how it ended with \`${again}\`, which waits for it`, 'interrupted');
  if (result.kind !== 'failed') return;
  const at = result.place.kind === 'given' && result.place.value !== 'default' ? ` (${result.place.value})` : '';
  const fate = /ROLLBACK_COMPLETE|^gone$/.test(result.status)
    ? created
      ? 'nothing was left of it'
      : 'it is as it was before'
    : `stack ${engine.place.stack} is ${result.status}`;
  throw new Failure(where, `${result.cause}${at}; ${fate}`, `correct that, then \`${again}\``, 'platform-failed');
}

/** The last lines: what happened, what to type next, and what undoes it. */
export function sayPlatformEnding(session: PlatformSession, flags: OutsideFlags, { result, created }: PlatformEnding): void {
  const { environment } = session;
  const next = (words: string) => platformSentence(words, environment, flags);
  const say = (text: string): void => {
    process.stderr.write(`${text}\n`);
  };
  if (result.kind === 'unchanged') say(`nothing to change in the platform of ${environment}`);
  else if (result.kind === 'started') {
    process.stdout.write(`The platform of ${environment} is on its way.\n`);
    say(`next: ${next('platform deploy')} waits until it is done`);
  } else sayDeployed(created, environment, { say, next });
}

interface Talk {
  readonly say: (text: string) => void;
  readonly next: (words: string) => string;
}

function sayDeployed(created: boolean, environment: string, { say, next }: Talk): void {
  process.stdout.write(`${created ? 'Made' : 'Changed'} the platform of ${environment}.\n`);
  say(`next: ${next('deploy <app>')}`);
  say(
    `undo: ${created ? next('platform destroy') : `take the change of the platform file back, then ${next('platform deploy')}`}`,
  );
}
