import type { Command } from '@oclif/core';
import type { App } from '../../model/app.js';
import type { Given } from '../../model/given.js';
import { hasErrors } from '../../pipeline.js';
import type { Change } from './change.js';
import { draft } from './draft.js';
import { editOnly } from './edit-only.js';
import type { ReleaseFlags } from './flags.js';
import { directoryOf, type LocalApp, openLocal } from './local.js';
import { openApp } from './open.js';
import { Refusal } from './refusal.js';
import { releaseApp } from './release-path.js';

/** What `editFlags` parse to. */
export interface EditFlags extends ReleaseFlags {
  readonly 'no-deploy': boolean;
}

/** An edit of the app directory, released unless `--no-deploy`. What is wrong with it is said before anything outside is asked. */
export async function editAndRelease(command: Command, flags: EditFlags, make: (local: LocalApp) => Change): Promise<number> {
  const local = openLocal(commandName(command), undefined, flags, 'needed');
  const change = make(local);
  if (flags['no-deploy']) return editOnly(local, change);
  draft(local, change.edit(local.folder, directoryOf(local.folder, local.name)));
  return releaseApp(await openApp(command, undefined, flags), change);
}

export const commandName = ({ id }: Command): string => (id ?? '').replaceAll(':', ' ');

/** The app as its directory says; none when it was refused: an edit may repair it. */
export const appOf = ({ parsed, name }: LocalApp): Given<App> =>
  parsed.apps.find((one) => one.name === name)?.app ?? { kind: 'none' };

/** The app as its directory says; an app that was refused shows why. */
export function soundApp(local: LocalApp): App {
  const app = appOf(local);
  if (app.kind === 'none' || hasErrors(local.parsed.problems)) throw new Refusal(local.parsed.problems);
  return app.value;
}
