import { join } from 'node:path';
import type { PlanFinding } from '../../model/plan.js';
import type { ReleaseRecord } from '../../model/release.js';
import type { RollbackResult } from '../../release/rollback.js';
import { removeFile, writeWhenChanged } from '../../windows/written-files.js';
import type { ReleaseFlags } from './flags.js';
import { followRelease } from './follow.js';
import type { AppSession } from './open.js';
import type { Ending } from './outcome.js';

/** `Rolled back acme-inc to v1 as v5.` */
const done = (target: ReleaseRecord) => (record: ReleaseRecord) =>
  `Rolled back ${record.app} to v${target.number} as v${record.number}.`;

/** Follows a rollback to its end. */
export async function rollbackEnding(
  session: AppSession,
  flags: ReleaseFlags,
  result: RollbackResult,
  findings: readonly PlanFinding[],
): Promise<Ending> {
  switch (result.kind) {
    case 'serves':
      return { kind: 'unchanged', written: [], current: { kind: 'given', value: result.record }, text: result.text };
    case 'stopped': {
      const text = `v${result.record.number} was stopped; nothing of ${session.name} serves`;
      return { kind: 'unchanged', written: [], current: { kind: 'none' }, text };
    }
    case 'restored':
      return { kind: 'released', record: result.record, done: done(result.target), written: [], findings };
    case 'submitted': {
      const record = await followRelease(session, result.hold, flags);
      return { kind: 'released', record, done: done(result.target), written: [], findings };
    }
  }
}

/** The files of the release that is served again, compared with the app directory. */
export interface ReturnedFiles {
  /** Something other than empire made the release: it came from no directory. */
  readonly unknown: boolean;
  /** Paths relative to the root. */
  readonly differing: readonly string[];
  readonly write: () => void;
}

/** What `--write` would do: this environment's files, and no other's. Scale and maintenance stay as they are now, as they do in what runs. */
export async function returnedFiles(session: AppSession, target: ReleaseRecord, withScale: boolean): Promise<ReturnedFiles> {
  const { History } = await import('../../release/history.js');
  const { rollbackFiles } = await import('../../release/rollback-files.js');
  const files = JSON.parse(await History.of(session.engine).object(target.content.files)) as Record<string, string>;
  if (Object.keys(files).length === 0) return { unknown: true, differing: [], write: () => undefined };
  const { root, appsPath } = session.repository;
  const directory = `${appsPath}/${session.name}`;
  const present = session.folder.apps.find(({ name }) => name === session.name)?.entries ?? [];
  const texts = new Map(
    present.map(({ name, content }) => [name, content.kind === 'bytes' ? new TextDecoder().decode(content.bytes) : '']),
  );
  const returned = rollbackFiles(files, session.place, [...texts.keys()]);
  const stays = (name: string) => /^maintenance(\.|$)/.test(name) || (!withScale && /^scale(\.|$)/.test(name));
  const changed = returned.write.filter(({ name, text }) => texts.get(name) !== text && !stays(name));
  const remove = returned.remove.filter((name) => !stays(name));
  return {
    unknown: false,
    differing: [...changed.map(({ name }) => name), ...remove].map((name) => `${directory}/${name}`),
    write: () => {
      for (const { name, text } of changed) writeWhenChanged(join(root, directory, name), text);
      for (const name of remove) removeFile(join(root, directory, name));
    },
  };
}
