import { join } from 'node:path';
import type { AppDirectory, Entry, Folder } from '../../model/folder.js';
import { removeFile, writeWhenChanged } from '../../windows/written-files.js';
import type { LocalApp } from './local.js';

/** A file of an app directory as it is to be. */
export interface FileEdit {
  /** The bare name: `scale`, `env.production`. */
  readonly name: string;
  /** Undefined: the file is to go. */
  readonly text: string | undefined;
}

/** The text of a file of an app directory; empty when it is not there or not a text. */
export function textOf(app: AppDirectory, name: string): string {
  const entry = app.entries.find((one) => one.name === name);
  return entry?.content.kind === 'bytes' ? new TextDecoder().decode(entry.content.bytes) : '';
}

/** The folder with the edits in it; the disk is not touched. */
export function applyEdits(folder: Folder, app: string, edits: readonly FileEdit[]): Folder {
  if (edits.length === 0) return folder;
  return { ...folder, apps: folder.apps.map((one) => (one.name === app ? edited(one, edits) : one)) };
}

function edited(app: AppDirectory, edits: readonly FileEdit[]): AppDirectory {
  const names = new Set(edits.map(({ name }) => name));
  const made = edits.flatMap(({ name, text }): Entry[] =>
    text === undefined
      ? []
      : [{ name, path: `${app.path}/${name}`, content: { kind: 'bytes', bytes: new TextEncoder().encode(text) } }],
  );
  const entries = [...app.entries.filter(({ name }) => !names.has(name)), ...made];
  return { ...app, entries: entries.sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

/** Says which files were written or removed, where people read. */
export function sayWritten(
  paths: readonly string[],
  flags: { readonly json: boolean; readonly events: boolean },
  edits: readonly FileEdit[] = [],
): void {
  if (flags.json || flags.events) return;
  const gone = new Set(edits.flatMap(({ name, text }) => (text === undefined ? [name] : [])));
  for (const path of paths) process.stderr.write(`${gone.has(path.split('/').at(-1) ?? '') ? 'removed' : 'wrote'} ${path}\n`);
}

/** Writes the edits into the app directory; gives the paths of the files that changed, relative to the root. */
export function writeEdits(local: LocalApp, edits: readonly FileEdit[]): string[] {
  const directory = `${local.repository.appsPath}/${local.name}`;
  return edits.flatMap(({ name, text }) => {
    const path = `${directory}/${name}`;
    const file = join(local.repository.root, path);
    const done = text === undefined ? removeFile(file) : writeWhenChanged(file, text);
    return done === 'written' || done === 'removed' ? [path] : [];
  });
}
