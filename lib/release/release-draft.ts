import { randomUUID } from 'node:crypto';
import type { Given } from '../model/given.js';
import type { ReleaseContent, ReleaseReason, ReleaseRecord, RollbackGuard } from '../model/release.js';
import type { ContentStore } from './content-store.js';
import { shaOf } from './content-store.js';
import type { Engine } from './engine.js';
import { releaseId } from './release-id.js';

/** What is known of a release before it has a number. */
export interface ReleaseDraft {
  readonly reason: ReleaseReason;
  readonly rollbackTo: Given<number>;
  readonly previous: Given<number>;
  readonly content: ReleaseContent;
  readonly parameters: Readonly<Record<string, string>>;
  readonly platform: Readonly<Record<string, string>>;
  readonly allowed: readonly string[];
  readonly predictedSeconds: Given<number>;
  readonly guard: Given<RollbackGuard>;
  readonly notes: readonly string[];
}

/** The directory's files as one text: the same for the same files in any order. */
export function formatFiles(files: ReleaseContent['files']): string {
  const sorted = Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(Object.fromEntries(sorted), null, 1);
}

/** Stores template, source map and files, side by side. */
export async function storeContent(objects: ContentStore, content: ReleaseContent): Promise<void> {
  await Promise.all([content.template, content.sourceMap, formatFiles(content.files)].map((body) => objects.write(body)));
}

/** The record of a draft under a number: pending, held by its maker. */
export function pendingRecord(engine: Engine, draft: ReleaseDraft, number: number, nonce: string): ReleaseRecord {
  const { place, windows, compiler } = engine;
  const none = { kind: 'none' } as const;
  return {
    format: 1,
    app: place.app,
    environment: place.environment,
    number,
    id: releaseId(place, number),
    nonce,
    stack: place.stack,
    stackId: none,
    account: place.account,
    region: place.region,
    reason: draft.reason,
    rollbackTo: draft.rollbackTo,
    previous: draft.previous,
    content: {
      template: shaOf(draft.content.template),
      sourceMap: shaOf(draft.content.sourceMap),
      files: shaOf(formatFiles(draft.content.files)),
      submitted: none,
      prepared: none,
    },
    images: draft.content.images,
    processes: draft.content.processes,
    parameters: draft.parameters,
    platform: draft.platform,
    taskDefinitions: {},
    compiler,
    allowed: draft.allowed,
    status: 'pending',
    held: { kind: 'given', value: { by: nonce, beat: 0 } },
    summary: 'waiting to start',
    createdAt: windows.clock.now(),
    finishedAt: none,
    phases: [],
    predictedSeconds: draft.predictedSeconds,
    releaseProcess: none,
    dossier: none,
    guard: draft.guard,
    notes: draft.notes,
  };
}

/** A random name for one claim, and for one hold. */
export const newNonce = (): string => randomUUID();
