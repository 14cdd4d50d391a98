import { Failure } from '../../failure.js';
import { failureAsJson, problemsAsError } from '../../view/error-json.js';
import { renderFailure } from '../../view/failure.js';
import { renderProblems } from '../../view/problem.js';
import type { Change } from './change.js';
import type { ReleaseFlags } from './flags.js';
import type { AppSession } from './open.js';
import { type Ending, endingJson, exitCode, sayRelease } from './outcome.js';
import { Refusal } from './refusal.js';
import type { ReadyRelease } from './release-path.js';

/** What became of one app. */
export type Outcome =
  | { readonly kind: 'failed'; readonly app: string; readonly failure: Failure }
  | {
      readonly kind: 'ready';
      readonly app: string;
      readonly session: AppSession;
      readonly change: Change;
      readonly ready: ReadyRelease;
    }
  | { readonly kind: 'ended'; readonly app: string; readonly session: AppSession; readonly ending: Ending }
  | { readonly kind: 'left'; readonly app: string };

/** The last lines of several releases, and their exit code: 1 if any failed. */
export function sayOutcomes(outcomes: readonly Outcome[], flags: ReleaseFlags): number {
  const worst = outcomes.some((one) => code(one) !== 0) ? 1 : 0;
  if (flags.json || flags.events) {
    process.stdout.write(`${JSON.stringify({ apps: outcomes.map(json) }, null, flags.events ? 0 : 2)}\n`);
    return worst;
  }
  for (const one of outcomes) {
    process.stderr.write(`\n${one.app}\n`);
    if (one.kind === 'failed') process.stderr.write(words(one.failure));
    else if (one.kind === 'ended' && one.ending.kind === 'released')
      sayRelease(one.session, flags, one.ending.record, one.ending.done);
    else process.stderr.write(one.kind === 'left' ? 'not begun, since another failed\n' : 'nothing to change\n');
  }
  return worst;
}

/** A failure of one app is its own: the others go on. */
export async function caught(app: string, work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (failure) {
    if (failure instanceof Failure) return { kind: 'failed', app, failure };
    throw failure;
  }
}

export function code(one: Outcome): number {
  if (one.kind === 'ended') return exitCode(one.ending);
  return one.kind === 'ready' ? 0 : 1;
}

function json(one: Outcome): object {
  if (one.kind === 'ended') return { app: one.app, ...endingJson(one.ending) };
  if (one.kind === 'failed')
    return {
      app: one.app,
      ...(one.failure instanceof Refusal ? problemsAsError(one.failure.problems) : failureAsJson(one.failure)),
    };
  return { app: one.app, changed: false, begun: false };
}

const words = (failure: Failure): string =>
  failure instanceof Refusal ? renderProblems(failure.problems) : renderFailure(failure);
