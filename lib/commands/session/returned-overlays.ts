import type { App } from '../../model/app.js';
import type { AppDirectory, Folder } from '../../model/folder.js';
import type { Given } from '../../model/given.js';
import { editEnv } from '../../parse/env.js';
import { parseFolder } from '../../parse/folder.js';
import { editScale, type ScaleEdit } from '../../parse/scale-edit.js';
import { editSecrets, formatSecretReference } from '../../parse/secrets.js';
import { hasErrors } from '../../pipeline.js';
import { layerName } from './config-files.js';
import { applyEdits, type FileEdit } from './edits.js';
import type { AppSession } from './open.js';

/** Names of files of one app → their text. */
export type Texts = ReadonlyMap<string, string>;

/** Files whose overlay is laid over the base name by name; an overlay of any other takes its place. */
export const MERGED: ReadonlySet<string> = new Set(['env', 'secrets', 'scale']);

export interface MergedOverlays {
  /** File name → text; undefined: no such file. */
  readonly overlays: ReadonlyMap<string, string | undefined>;
  /** Files that could not be compared, since one of the two directories is not sound. */
  readonly left: readonly string[];
}

type Place = Pick<AppSession, 'folder' | 'name' | 'environment' | 'repository'>;

/**
 * Overlays of `env`, `secrets` and `scale` that make of the bases of now what the app was then: the overlays of then, and a line for each
 * name that the bases say otherwise today.
 *
 * @param wanted overlays as they will be: those of then, where nothing else is known
 */
export function mergedOverlays(
  place: Place,
  { then, now, wanted }: { readonly then: Texts; readonly now: Texts; readonly wanted: ReadonlyMap<string, string | undefined> },
): MergedOverlays {
  const bases = [...MERGED].filter((base) => then.get(base) !== now.get(base));
  if (bases.length === 0) return { overlays: new Map(), left: [] };
  const was = appOfTexts(place, then);
  const is = appOfTexts(place, new Map([...now, ...[...wanted].map(([name, text]) => [name, text ?? ''] as const)]));
  if (was.kind === 'none' || is.kind === 'none') return { overlays: new Map(), left: bases };
  const own = (base: string) => layerName(base, place.environment);
  const edited = (base: string, edit: (text: string) => string): [string, string | undefined] => {
    const text = edit(then.get(own(base)) ?? '');
    return [own(base), text === '' ? then.get(own(base)) : text];
  };
  return {
    overlays: new Map([
      edited('env', (text) => editEnv(text, variableEdits(was.value, is.value), true)),
      edited('secrets', (text) => editSecrets(text, secretEdits(was.value, is.value), true)),
      edited('scale', (text) => editScale(text, scaleEdits(was.value, is.value))),
    ]),
    left: [],
  };
}

/** The app that these files are in this environment; none: something in them is refused today. */
function appOfTexts({ folder, name, environment, repository }: Place, texts: Texts): Given<App> {
  const path = `${repository.appsPath}/${name}`;
  const bare: AppDirectory = { name, path, entries: [] };
  const others = folder.apps.filter((app) => app.name !== name);
  const edits = [...texts].map(([file, text]): FileEdit => ({ name: file, text }));
  const drafted: Folder = applyEdits({ ...folder, apps: [...others, bare] }, name, edits);
  const parsed = parseFolder(drafted, environment, { kind: 'given', value: [name] });
  const app = parsed.apps.find((one) => one.name === name)?.app;
  return app === undefined || hasErrors(parsed.problems) ? { kind: 'none' } : app;
}

function variableEdits(was: App, is: App): { readonly set: Map<string, string>; readonly unset: Set<string> } {
  const known = new Map(is.variables.map(({ name, value }) => [name, value]));
  const names = namesOf(was);
  return {
    set: new Map(was.variables.flatMap(({ name, value }) => (known.get(name) === value ? [] : [[name, value] as const]))),
    unset: new Set([...known.keys()].filter((name) => !names.has(name))),
  };
}

function secretEdits(
  was: App,
  is: App,
): { readonly set: Map<string, App['secrets'][number]['reference']>; readonly unset: Set<string> } {
  const known = new Map(is.secrets.map(({ name, reference }) => [name, formatSecretReference(reference)]));
  const names = namesOf(was);
  const changed = was.secrets.filter(({ name, reference }) => known.get(name) !== formatSecretReference(reference));
  return {
    set: new Map(changed.map(({ name, reference }) => [name, reference])),
    unset: new Set([...known.keys()].filter((name) => !names.has(name))),
  };
}

const namesOf = ({ variables, secrets }: App): ReadonlySet<string> => new Set([...variables, ...secrets].map(({ name }) => name));

function scaleEdits(was: App, is: App): ReadonlyMap<string, ScaleEdit> {
  const known = new Map(is.processes.map((process) => [process.name, JSON.stringify(scaleOf(process))]));
  return new Map(
    was.processes.flatMap((process) => {
      const scale = scaleOf(process);
      return known.get(process.name) === JSON.stringify(scale) ? [] : [[process.name, scale] as const];
    }),
  );
}

function scaleOf(process: App['processes'][number]): ScaleEdit {
  switch (process.kind) {
    case 'off':
      return { count: { kind: 'off' } };
    case 'service':
      return { count: process.count, size: process.size.asked };
    case 'cron':
      return { count: { kind: 'fixed', tasks: process.tasks }, size: process.size.asked };
    default:
      return { size: process.size.asked };
  }
}
