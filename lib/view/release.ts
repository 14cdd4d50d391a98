import type { Given } from '../model/given.js';
import type { ReleaseRecord } from '../model/release.js';
import { renderColumns } from './columns.js';
import { renderDossier } from './dossier.js';
import type { Look } from './look.js';
import { renderPhases } from './progress-lines.js';
import { statusOf } from './releases.js';
import { renderMoment } from './time.js';

/** Everything a person may want to know of one release. */
export function renderRelease(record: ReleaseRecord, current: Given<number>, look: Look): string {
  const rows: [string, string][] = [
    ['release', `v${record.number} of ${record.app} in ${record.environment}`],
    ['what', record.reason.description],
    ...given('message', record.reason.message),
    ['status', statusOf(record, current)],
    ['how', record.summary],
    ['who', record.reason.by],
    ...given('commit', commitOf(record)),
    ...given('run', record.reason.run),
    ['when', renderMoment(record.createdAt)],
    ['phases', renderPhases(record)],
    ...given('before', versionOf(record.previous)),
    ...record.images.map(({ reference, digest }): [string, string] => ['image', `${reference} ${digest}`]),
    ...record.processes.map(({ name, kind, count, size }): [string, string] => [
      'process',
      [name, kind, ...(count === '' ? [] : [`count ${count}`]), ...(kind === 'off' ? [] : [`size ${size.name}`])].join(', '),
    ]),
    ...Object.entries(record.parameters).map(([name, value]): [string, string] => ['parameter', `${name}=${value}`]),
    ...given('release process', exitOf(record)),
    ...(record.allowed.length === 0 ? [] : [['allowed', record.allowed.join(', ')] as [string, string]]),
    ['stack', `${record.stack} (${record.account}, ${record.region})`],
    ['compiler', `empire ${record.compiler}`],
    ...record.notes.map((note): [string, string] => ['note', note]),
  ];
  const dossier = record.dossier.kind === 'given' ? renderDossier(record.dossier.value, look) : '';
  return renderColumns(rows.filter(([, value]) => value !== '')) + dossier;
}

function given(label: string, value: Given<string>): [string, string][] {
  return value.kind === 'given' ? [[label, value.value]] : [];
}

function commitOf({ reason }: ReleaseRecord): Given<string> {
  if (reason.commit.kind === 'none') return reason.commit;
  const { sha, dirty } = reason.commit.value;
  return { kind: 'given', value: dirty ? `${sha} with uncommitted changes` : sha };
}

const versionOf = (number: Given<number>): Given<string> =>
  number.kind === 'given' ? { kind: 'given', value: `v${number.value}` } : number;

function exitOf({ releaseProcess }: ReleaseRecord): Given<string> {
  if (releaseProcess.kind === 'none') return releaseProcess;
  const { exitCode, task } = releaseProcess.value;
  return { kind: 'given', value: `${exitCode.kind === 'given' ? `exit ${exitCode.value}` : 'no exit code'}, task ${task}` };
}
