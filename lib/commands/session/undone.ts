import { Failure } from '../../failure.js';
import type { Given } from '../../model/given.js';
import type { ReleaseRecord } from '../../model/release.js';
import type { GitWindow } from '../../model/windows.js';
import { renderUndone } from '../../view/undone.js';
import type { AppSession } from './open.js';
import type { PlannedRelease } from './planned.js';

/**
 * Values that the running release has from an uncommitted tree and that this one would take back: what the release had is in no
 * commit, the file now says what git says, and the command itself does not write it. One line each.
 */
export async function undoneValues(session: AppSession, planned: PlannedRelease): Promise<readonly string[]> {
  const { current } = planned.situation;
  // what a rollback left has its own guard
  if (current.kind === 'none' || current.value.reason.kind === 'rollback') return [];
  if (current.value.reason.commit.kind === 'none') return [];
  const { sha, dirty } = current.value.reason.commit.value;
  if (!dirty) return [];
  const { openGit } = await import('../../windows/git.js');
  const git = openGit();
  const committed = filesAt(session, git, sha);
  const present = filesAt(session, git, 'HEAD');
  const edited = new Set(planned.edits.map(({ name }) => `${session.repository.appsPath}/${session.name}/${name}`));
  const ran = await filesOf(session, current.value);
  return Object.keys(ran)
    .filter((path) => path.startsWith(`${session.repository.appsPath}/${session.name}/`) && !edited.has(path))
    .filter((path) => ran[path] !== committed.get(path))
    .filter((path) => planned.content.files[path] !== ran[path] && planned.content.files[path] === present.get(path))
    .map((path) => renderUndone(path, current.value.number, ran[path] as string, planned.content.files[path] ?? ''));
}

async function filesOf({ engine }: AppSession, { content }: ReleaseRecord): Promise<Readonly<Record<string, string>>> {
  const { History } = await import('../../release/history.js');
  return JSON.parse(await History.of(engine).object(content.files)) as Record<string, string>;
}

/** The app's files at a commit. A shallow clone may not have it: then nothing of the release counts as committed. */
function filesAt(session: AppSession, git: GitWindow, ref: string): ReadonlyMap<string, string> {
  const folder = atRef(session, git, ref);
  const app = folder.kind === 'given' ? folder.value.apps.find(({ name }) => name === session.name) : undefined;
  return new Map(
    (app?.entries ?? []).flatMap(({ path, content }): [string, string][] =>
      content.kind === 'bytes' ? [[path, new TextDecoder().decode(content.bytes)]] : [],
    ),
  );
}

function atRef({ repository }: AppSession, git: GitWindow, ref: string): Given<ReturnType<GitWindow['folderAt']>> {
  try {
    return { kind: 'given', value: git.folderAt(repository.root, ref, repository.appsPath) };
  } catch (error) {
    if (error instanceof Failure) return { kind: 'none' };
    throw error;
  }
}
