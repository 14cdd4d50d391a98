import type { Given } from '../../model/given.js';
import type { PlanFinding } from '../../model/plan.js';
import type { ReleaseRecord } from '../../model/release.js';
import { renderDossier } from '../../view/dossier.js';
import { renderPhases, whoOf } from '../../view/progress-lines.js';
import { releaseViewJson } from '../../view/release-json.js';
import type { OutsideFlags, ReleaseFlags } from './flags.js';
import { MAINTENANCE } from './maintenance-change.js';
import type { AppSession } from './open.js';
import { sentence } from './sentence.js';
import { wayBack, writtenIn } from './written-secret.js';

/** How a writing command ended. */
export type Ending =
  /** `text`: why nothing had to be done. */
  | {
      readonly kind: 'unchanged';
      readonly written: readonly string[];
      readonly current: Given<ReleaseRecord>;
      readonly text: string;
    }
  | {
      readonly kind: 'released';
      /** As it is now: finished, or not when nobody waited for it. */
      readonly record: ReleaseRecord;
      readonly done: (record: ReleaseRecord) => string;
      readonly written: readonly string[];
      readonly findings: readonly PlanFinding[];
    };

/** The exit code and the last lines of one release: what happened, how long it took, what to type next, and what undoes it. */
export function sayEnding(session: AppSession, flags: ReleaseFlags, ending: Ending): number {
  if (flags.json || flags.events) {
    process.stdout.write(`${JSON.stringify(endingJson(ending), null, flags.events ? 0 : 2)}\n`);
    return exitCode(ending);
  }
  if (ending.kind === 'unchanged') process.stderr.write(`${ending.text}\n`);
  else sayRelease(session, flags, ending.record, ending.done);
  return exitCode(ending);
}

/** 0 for what succeeded or is left to go on, and for a release that found nothing to do when its turn came. */
export function exitCode(ending: Ending): number {
  return ending.kind === 'unchanged' ? 0 : codeOf(ending.record);
}

/** The exit code of a release as it is. */
export function codeOf({ status, summary }: ReleaseRecord): number {
  if (status === 'succeeded' || status === 'pending' || status === 'running') return 0;
  return status === 'cancelled' && summary.startsWith('nothing to change') ? 0 : 1;
}

/** The end of one release in words. */
export function sayRelease(
  session: AppSession,
  flags: OutsideFlags,
  record: ReleaseRecord,
  done: (record: ReleaseRecord) => string,
): void {
  const say = (text: string) => process.stderr.write(`${text}\n`);
  const next = (words: string) => sentence(words, session, flags);
  for (const note of record.notes) say(`note: ${note}`);
  if (record.status === 'succeeded') {
    const phases = renderPhases(record);
    if (phases !== '') say(phases);
    process.stdout.write(`${done(record)}\n`);
    say(`next: ${next('releases')}`);
    sayUndo(record, { next, flags });
  } else if (record.status === 'running' || record.status === 'pending') {
    process.stdout.write(`${record.app} v${record.number} is on its way.\n`);
    say(`next: ${next('follow')}`);
    say(`undo: ${next('abort')}`);
  } else sayUnsuccessful(session, flags, record);
}

/** A value that was written is in no release: it has a way back of its own. */
function sayUndo(record: ReleaseRecord, { next, flags }: Sentences): void {
  const written = writtenIn(record.notes);
  const lines = [
    ...(written?.only ? [] : [undoOf(record, next)]),
    ...(written === undefined ? [] : [wayBack(written.secret, record, flags)]),
  ];
  process.stderr.write(lines.map((line) => `undo: ${line}\n`).join(''));
}

interface Sentences {
  readonly next: (words: string) => string;
  readonly flags: OutsideFlags;
}

/** The first release has nothing to go back to; a rollback keeps the scale unless it is told otherwise;
 * what a rollback stopped halfway is in no release to go back to. */
function undoOf({ previous, reason, rollbackTo }: ReleaseRecord, next: (words: string) => string): string {
  if (reason.kind === 'restart') return 'nothing to take back: the same runs, in new tasks';
  // a rollback leaves maintenance as it is
  if (reason.kind === 'maintenance') return next(`maintenance ${reason.description === MAINTENANCE.on ? 'off' : 'on'}`);
  if (previous.kind === 'none') return next('destroy');
  const same = rollbackTo.kind === 'given' && rollbackTo.value === previous.value;
  if (same) return next('deploy --force');
  return next(`rollback v${previous.value}${reason.kind === 'scale' ? ' --with-scale' : ''}`);
}

function sayUnsuccessful(session: AppSession, flags: OutsideFlags, record: ReleaseRecord): void {
  const next = (words: string) => sentence(words, session, flags);
  const say = (text: string) => process.stderr.write(`${text}\n`);
  const { number, status, summary, dossier, previous, reason } = record;
  if (status === 'failed' && dossier.kind === 'given') process.stderr.write(renderDossier(dossier.value, session.look));
  say(`${status === 'failed' ? 'error: ' : ''}${record.app} v${number} ${status}: ${summary}`);
  say(`next: ${next(`why v${number}`)}`);
  const written = writtenIn(record.notes);
  if (written !== undefined) {
    say(`note: the new value of ${written.secret.name} stays: every task that starts from now on has it`);
    say(`undo: ${wayBack(written.secret, record, flags)}`);
    if (written.only) return;
  }
  if (status !== 'failed' || previous.kind === 'none' || reason.kind === 'restart') return;
  // a rollback leaves the file of maintenance as it is
  if (reason.kind === 'maintenance') say(`undo: ${undoOf(record, next)} --no-deploy puts the app directory back`);
  else say(`undo: ${next(`rollback v${previous.value} --write`)} puts the app directory back too`);
}

/** One object for programs. */
export function endingJson(ending: Ending): object {
  if (ending.kind === 'unchanged') {
    const { current } = ending;
    const number = current.kind === 'given' ? ({ kind: 'given', value: current.value.number } as const) : current;
    const release = current.kind === 'given' ? releaseViewJson(current.value, number) : null;
    return { changed: false, written: ending.written, release };
  }
  const { record, findings, written } = ending;
  const current =
    record.status === 'succeeded' ? ({ kind: 'given', value: record.number } as const) : ({ kind: 'none' } as const);
  const facts = { changed: true, written, findings, release: releaseViewJson(record, current) };
  return exitCode(ending) === 0 ? facts : { error: errorOf(record), ...facts };
}

/** A release that did not succeed, as `error` for programs. */
export function errorOf(record: ReleaseRecord): object {
  const { app, number, status, summary, dossier, reason } = record;
  const cause = dossier.kind === 'given' ? dossier.value.cause : summary;
  const place = dossier.kind === 'given' && dossier.value.place.kind === 'given' ? dossier.value.place.value : '';
  const [, file, line, column] = /^(.*?)(?::([0-9]+):([0-9]+))?$/.exec(place) ?? [];
  return {
    code: `release-${status}`,
    message: `${app} v${number} (${reason.description}, by ${whoOf(reason.by)}) ${status}: ${cause}`,
    file: file || null,
    line: line === undefined ? null : Number(line),
    column: column === undefined ? null : Number(column),
    given: null,
    allowed: null,
    hint: `see \`empire why v${number} -a ${app}\``,
  };
}
