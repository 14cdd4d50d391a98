import type { Given } from '../model/given.js';
import type { Dossier, ReleaseRecord } from '../model/release.js';
import { isoTime } from './time.js';

const orNull = <T>(value: Given<T>): T | null => (value.kind === 'given' ? value.value : null);
const timeOrNull = (value: Given<number>): string | null => (value.kind === 'given' ? isoTime(value.value) : null);

/** A release for programs: absence is null, times are ISO 8601 in UTC. Only ever added to. */
export function releaseJson(record: ReleaseRecord): object {
  const { reason } = record;
  return {
    id: record.id,
    version: `v${record.number}`,
    number: record.number,
    app: record.app,
    environment: record.environment,
    stack: record.stack,
    stackId: orNull(record.stackId),
    account: record.account,
    region: record.region,
    kind: reason.kind,
    description: reason.description,
    message: orNull(reason.message),
    by: reason.by,
    commit: orNull(reason.commit),
    run: orNull(reason.run),
    rollbackTo: versionOrNull(record.rollbackTo),
    previous: versionOrNull(record.previous),
    status: record.status,
    summary: record.summary,
    createdAt: isoTime(record.createdAt),
    finishedAt: timeOrNull(record.finishedAt),
    predictedSeconds: orNull(record.predictedSeconds),
    phases: record.phases.map(({ name, startedAt, endedAt }) => ({
      name,
      startedAt: isoTime(startedAt),
      endedAt: timeOrNull(endedAt),
    })),
    images: record.images,
    processes: record.processes,
    parameters: record.parameters,
    platform: record.platform,
    taskDefinitions: record.taskDefinitions,
    compiler: record.compiler,
    allowed: record.allowed,
    content: { ...record.content, submitted: orNull(record.content.submitted), prepared: orNull(record.content.prepared) },
    releaseProcess: releaseProcessJson(record),
    guard: record.guard.kind === 'given' ? { from: `v${record.guard.value.from}`, to: `v${record.guard.value.to}` } : null,
    dossier: record.dossier.kind === 'given' ? dossierJson(record.dossier.value) : null,
    notes: record.notes,
  };
}

/** A release among the others: also whether it serves, and whether one can go back to it. */
export function releaseViewJson(record: ReleaseRecord, current: Given<number>): object {
  return {
    ...releaseJson(record),
    current: current.kind === 'given' && current.value === record.number,
    eligibleForRollback: record.status === 'succeeded',
  };
}

export function dossierJson(dossier: Dossier): object {
  return {
    cause: dossier.cause,
    process: orNull(dossier.process),
    resource: orNull(dossier.resource),
    place: orNull(dossier.place),
    evidence: dossier.evidence.map(({ from, at, text }) => ({ from, at: timeOrNull(at), text })),
    changes: dossier.changes,
    advice: dossier.advice,
  };
}

const versionOrNull = (number: Given<number>): string | null => (number.kind === 'given' ? `v${number.value}` : null);

function releaseProcessJson({ releaseProcess }: ReleaseRecord): object | null {
  if (releaseProcess.kind === 'none') return null;
  const { task, exitCode, output } = releaseProcess.value;
  return { task, exitCode: orNull(exitCode), output: orNull(output) };
}
