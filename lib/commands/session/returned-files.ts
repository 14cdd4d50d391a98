import type { ReleaseRecord } from '../../model/release.js';
import { environmentsOf } from '../../parse/folder.js';
import { layerName } from './config-files.js';
import { type FileEdit, textOf, writeEdits } from './edits.js';
import type { AppSession } from './open.js';
import { MERGED, mergedOverlays, type Texts } from './returned-overlays.js';

/** The files of the release that is served again, compared with the app directory. */
export interface ReturnedFiles {
  /** Something other than empire made the release: it came from no directory. */
  readonly unknown: boolean;
  readonly edits: readonly FileEdit[];
  /** What no file of this environment alone can say, and other environments that read what is written: a line each. */
  readonly notes: readonly string[];
  /** Gives the paths that changed, relative to the root. */
  readonly write: () => readonly string[];
}

/**
 * What `--write` would do. A file without an overlay holds for every environment, so with `-e` only overlays are written, such that the
 * app is what it was in this one. Scale and maintenance stay as they are now, as they do in what runs.
 */
export async function returnedFiles(session: AppSession, target: ReleaseRecord, withScale: boolean): Promise<ReturnedFiles> {
  const { History } = await import('../../release/history.js');
  const files = JSON.parse(await History.of(session.engine).object(target.content.files)) as Record<string, string>;
  if (Object.keys(files).length === 0) return { unknown: true, edits: [], notes: [], write: () => [] };
  const then = textsThen(files, session.name);
  const now = textsNow(session);
  const stays = (base: string) => base === 'maintenance' || (!withScale && base === 'scale');
  const { edits, notes } =
    session.environment === 'default' ? inBase(session, { then, now, stays }) : inOverlays(session, { then, now, stays });
  return { unknown: false, edits, notes, write: () => writeEdits(session, edits) };
}

interface Compared {
  readonly then: Texts;
  readonly now: Texts;
  readonly stays: (base: string) => boolean;
}

/** The app's files of a release: path relative to the root → text, as the release keeps them. */
function textsThen(files: Readonly<Record<string, string>>, app: string): Texts {
  const own = Object.entries(files).flatMap(([path, text]): [string, string][] => {
    const [name = '', directory] = path.split('/').reverse();
    return directory === app ? [[name, text]] : [];
  });
  return new Map(own.filter(([name]) => isOfApp(name)));
}

function textsNow({ folder, name }: AppSession): Texts {
  const app = folder.apps.find((one) => one.name === name);
  if (app === undefined) return new Map();
  const names = app.entries.map((entry) => entry.name).filter(isOfApp);
  return new Map(names.map((file) => [file, textOf(app, file)]));
}

/** No files of the app: a README, and what begins with a dot. */
const isOfApp = (name: string): boolean => !name.startsWith('.') && !name.startsWith('README');

/** Names of both sides, sorted. */
const basesOf = ({ then, now, stays }: Compared): string[] =>
  [...new Set([...then.keys(), ...now.keys()].map((name) => name.split('.')[0] as string))].filter((base) => !stays(base)).sort();

/** The default environment has no files of its own: what it reads, others read too. */
function inBase(session: AppSession, compared: Compared): Pick<ReturnedFiles, 'edits' | 'notes'> {
  const { then, now } = compared;
  const edits = basesOf(compared).flatMap((base) =>
    then.get(base) === now.get(base) ? [] : [{ name: base, text: then.get(base) }],
  );
  const others = environmentsOf(session.folder).filter((one) => one !== 'default');
  const notes = edits.flatMap(({ name }) => {
    const readers = others.filter((one) => MERGED.has(name) || !now.has(layerName(name, one)));
    return readers.length === 0 ? [] : [`${readers.join(', ')} ${readers.length === 1 ? 'reads' : 'read'} ${name} too`];
  });
  return { edits, notes };
}

function inOverlays(session: AppSession, compared: Compared): Pick<ReturnedFiles, 'edits' | 'notes'> {
  const { then, now } = compared;
  const wanted = new Map<string, string | undefined>();
  const left: string[] = [];
  for (const base of basesOf(compared)) {
    const own = layerName(base, session.environment);
    const whole = then.get(own) ?? then.get(base) ?? (base === 'domains' ? '' : undefined);
    if (then.get(base) === now.get(base) || MERGED.has(base)) wanted.set(own, then.get(own));
    else if (whole !== undefined) wanted.set(own, whole);
    else left.push(base);
  }
  const merged = mergedOverlays(session, { then, now, wanted });
  const goes = (name: string) => !compared.stays(name.split('.')[0] as string);
  for (const [name, text] of merged.overlays) if (goes(name)) wanted.set(name, text);
  const edits = [...wanted].flatMap(([name, text]) => (now.get(name) === text ? [] : [{ name, text }]));
  const notes = [...left, ...merged.left.filter(goes)].map(
    (base) => `${base} holds for every environment and is left as it is: correct it by hand`,
  );
  return { edits, notes };
}
