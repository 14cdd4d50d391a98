import type { Given } from '../model/given.js';
import type { ProcessProgress, ProgressEvent } from '../model/progress.js';
import type { ReleaseRecord } from '../model/release.js';
import { cut, type Look, paint } from './look.js';
import { type Progress, releaseName, renderProcess } from './progress.js';
import { renderClock, renderDuration, renderMoment } from './time.js';

/**
 * The lines that one event leaves on the screen for good. `every`: nothing is drawn in place, so changes of processes and phases are
 * lines too. `before` and `after` are what was known before and after the event.
 */
export function renderProgressLines(
  event: ProgressEvent,
  { before, after, every, look }: { before: Progress; after: Progress; every: boolean; look: Look },
): string[] {
  const clock = paint(renderClock(elapsed(after)).padStart(5), 'dim', look);
  const line = (text: string) => [`${clock}  ${text}`];
  switch (event.kind) {
    case 'claimed':
      return line(renderClaim(event.record));
    case 'waiting':
      return isSaid(before, event.for) ? [] : line(renderWaiting(event.for));
    case 'phase':
      return every ? line(`${event.name}${event.text === '' ? '' : `: ${event.text}`}`) : [];
    case 'processes':
      return every
        ? event.processes.filter((process) => differs(process, before.processes)).flatMap((one) => line(renderProcess(one)))
        : [];
    case 'event':
      return (event.bad || every) && before.said.get(event.resource) !== event.text ? line(renderEvent(event, look)) : [];
    case 'output':
      return line(`release | ${event.text}`);
    case 'note':
      return line(event.text);
    case 'phase-end':
      return [];
  }
}

const isSaid = ({ waitingFor }: Progress, { number }: ReleaseRecord): boolean =>
  waitingFor.kind === 'given' && waitingFor.value.number === number;

/** Seconds since the release was claimed. */
export function elapsed({ startedAt, at }: Progress): number {
  return startedAt.kind === 'given' ? (at - startedAt.value) / 1000 : 0;
}

function renderClaim({ number, reason, predictedSeconds }: ReleaseRecord): string {
  const about = predictedSeconds.kind === 'given' ? `, about ${renderDuration(predictedSeconds.value)}` : '';
  return `v${number}: ${reason.description}${about}`;
}

/** Whose release is in front: `waiting for v3 (Scale web=2, by alice, since Jun  4 14:27)`. */
export function renderWaiting({ number, reason, createdAt }: ReleaseRecord): string {
  return `waiting for v${number} (${reason.description}, by ${whoOf(reason.by)}, since ${renderMoment(createdAt)})`;
}

/** The person in an ARN: the last segment of `arn:aws:sts::123456789012:assumed-role/admin/alice`. */
export function whoOf(arn: string): string {
  return arn.split('/').at(-1)?.split(':').at(-1) ?? arn;
}

function renderEvent(event: Extract<ProgressEvent, { kind: 'event' }>, look: Look): string {
  const place = placeWords(event.place);
  return paint(`${event.resource}: ${shortened(event.text)}${place}`, event.bad ? 'red' : 'dim', look);
}

/** Without what only programs read: ARNs by their name, task ids by their first eight digits, no request tokens. */
export function shortened(text: string): string {
  return text
    .replaceAll(/ \(RequestToken: [^)]*\)/g, '')
    .replaceAll(/\barn:aws[\w-]*:elasticloadbalancing:[^\s)]*?\/([^/\s)]+)\/[0-9a-f]{16}/g, '$1')
    .replaceAll(/\b([0-9a-f]{8})[0-9a-f]{24}\b/g, '$1');
}

/** A value that nobody wrote has no line. */
const placeWords = (place: Given<string>): string =>
  place.kind === 'given' && place.value !== 'default' ? ` (${place.value})` : '';

function differs(process: ProcessProgress, before: readonly ProcessProgress[]): boolean {
  const old = before.find(({ name }) => name === process.name);
  return old === undefined || renderProcess(old) !== renderProcess(process);
}

/** What is drawn again and again at the bottom of a terminal: the phase with its clock, then a line per process. */
export function renderProgressBlock(progress: Progress, now: number, look: Look): string[] {
  if (progress.startedAt.kind === 'none') return [];
  // a platform has no releases
  if (progress.record.kind === 'none' && progress.phase.kind === 'none') return [];
  const predictedSeconds = progress.record.kind === 'given' ? progress.record.value.predictedSeconds : progress.record;
  const passed = Math.max(0, now - progress.startedAt.value) / 1000;
  const about = predictedSeconds.kind === 'given' ? ` of about ${renderClock(predictedSeconds.value)}` : '';
  const doing = progress.phase.kind === 'given' ? phaseWords(progress.phase.value) : 'working';
  const head = `${releaseName(progress) || 'platform'}  ${renderClock(passed)}${about}  ${doing}`;
  const lines = [head, ...resourcesInProgress(progress), ...progress.processes.map((process) => `  ${renderProcess(process)}`)];
  return lines.map((line) => cut(line, look.width));
}

/** What CloudFormation is at, by the last thing it said of each resource. */
function resourcesInProgress({ said, phase }: Progress): string[] {
  const names = [...said].filter(([, text]) => text.startsWith('is being ')).map(([name]) => name);
  if (names.length === 0 || phase.kind === 'none' || !['update', 'restore', 'prepare'].includes(phase.value.name)) return [];
  const more = names.length > MOST_RESOURCES ? ` and ${names.length - MOST_RESOURCES} more` : '';
  return [`  CloudFormation: ${names.slice(0, MOST_RESOURCES).join(', ')}${more}`];
}

const MOST_RESOURCES = 4;

const phaseWords = ({ name, text }: { name: string; text: string }): string => (text === '' ? name : `${name}: ${text}`);

/** The real time of each phase, when it is over: `change set 4 s, update 1 min 12 s, verify 1 s: 1 min 17 s in all`. */
export function renderPhases(record: ReleaseRecord): string {
  const parts = record.phases.flatMap(({ name, startedAt, endedAt }) =>
    endedAt.kind === 'given' ? [`${name} ${renderDuration((endedAt.value - startedAt) / 1000)}`] : [],
  );
  if (parts.length === 0 || record.finishedAt.kind === 'none') return '';
  const whole = renderDuration((record.finishedAt.value - record.createdAt) / 1000);
  const { predictedSeconds } = record;
  const predicted = predictedSeconds.kind === 'given' ? `, predicted ${renderDuration(predictedSeconds.value)}` : '';
  return `${parts.join(', ')}: ${whole} in all${predicted}`;
}
