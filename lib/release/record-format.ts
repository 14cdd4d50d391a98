import { Failure } from '../failure.js';
import type {
  Dossier,
  PinnedReference,
  ReleasedProcess,
  ReleasePhase,
  ReleaseProcessRun,
  ReleaseReason,
  ReleaseRecord,
  RollbackGuard,
} from '../model/release.js';
import { dictionary, figure, flag, given, list, object, type Shape, ShapeError, text, word } from './record-shape.js';

const reason = object<ReleaseReason>({
  kind: word('deploy', 'rollback', 'scale', 'config', 'domains', 'restart', 'maintenance', 'external'),
  description: text,
  message: given(text),
  by: text,
  commit: given(object<{ sha: string; dirty: boolean }>({ sha: text, dirty: flag })),
  run: given(text),
});

const image = object<PinnedReference>({ reference: text, pinned: text, digest: text });

const process = object<ReleasedProcess>({
  name: text,
  kind: word('service', 'cron', 'run-only', 'release', 'off'),
  count: text,
  size: object<ReleasedProcess['size']>({ cpu: figure, memoryMiB: figure, nproc: figure, name: text }),
  command: list(text),
});

const phase = object<ReleasePhase>({
  name: word('waiting', 'prepare', 'change set', 'release process', 'update', 'restore', 'verify'),
  startedAt: figure,
  endedAt: given(figure),
});

const dossier = object<Dossier>({
  cause: text,
  process: given(text),
  resource: given(text),
  place: given(text),
  evidence: list(
    object<Dossier['evidence'][number]>({
      from: word('cloudformation', 'service', 'task', 'health', 'log', 'release process'),
      at: given(figure),
      text,
    }),
  ),
  changes: list(text),
  advice: list(text),
});

const record: Shape<ReleaseRecord> = object<ReleaseRecord>({
  format: word(1),
  app: text,
  environment: text,
  number: figure,
  id: text,
  nonce: text,
  stack: text,
  stackId: given(text),
  account: text,
  region: text,
  reason,
  rollbackTo: given(figure),
  previous: given(figure),
  content: object<ReleaseRecord['content']>({
    template: text,
    sourceMap: text,
    files: text,
    submitted: given(text),
    prepared: given(text),
  }),
  images: list(image),
  processes: list(process),
  parameters: dictionary(text),
  platform: dictionary(text),
  taskDefinitions: dictionary(text),
  compiler: text,
  allowed: list(text),
  status: word('pending', 'running', 'succeeded', 'failed', 'cancelled', 'superseded'),
  held: given(object<{ by: string; beat: number }>({ by: text, beat: figure })),
  summary: text,
  createdAt: figure,
  finishedAt: given(figure),
  phases: list(phase),
  predictedSeconds: given(figure),
  releaseProcess: given(object<ReleaseProcessRun>({ task: text, exitCode: given(figure), output: given(text) })),
  dossier: given(dossier),
  guard: given(object<RollbackGuard>({ from: figure, to: figure, bad: dictionary(text), good: dictionary(text) })),
  notes: list(text),
});

/** The record's text, as it is stored. */
export const formatRecord = (value: ReleaseRecord): string => `${JSON.stringify(value, null, 1)}\n`;

/** A stored record's text → record. Refuses what is no record, and the format of a newer version by its name. */
export function parseRecord(stored: string, where: string): ReleaseRecord {
  const value = parseJson(stored, where);
  refuseNewer(value, where);
  try {
    return record(value, '');
  } catch (error) {
    if (error instanceof ShapeError) throw broken(where, `${error.pointer || '/'} is ${error.what}`);
    throw error;
  }
}

function parseJson(stored: string, where: string): unknown {
  try {
    return JSON.parse(stored);
  } catch (error) {
    throw broken(where, `it is not JSON (${(error as Error).message})`);
  }
}

function refuseNewer(value: unknown, where: string): void {
  const format = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)['format'] : undefined;
  if (typeof format !== 'number' || format <= 1) return;
  throw new Failure(
    where,
    `this release was recorded in format ${format} by a newer version of empire; this version reads format 1`,
    'update empire',
    'record-newer',
  );
}

const broken = (where: string, what: string): Failure =>
  new Failure(where, `this is not the record of a release: ${what}`, 'restore an older version of the object', 'record-broken');
