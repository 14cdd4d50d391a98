import type { App } from '../../model/app.js';
import type { AppDirectory, Folder } from '../../model/folder.js';
import type { Given } from '../../model/given.js';
import type { Plan } from '../../model/plan.js';
import type { ReleaseKind, ReleaseRecord } from '../../model/release.js';
import type { FileEdit } from './edits.js';
import type { ReleaseFlags } from './flags.js';

/** What a writing command wants: data over the one release path. */
export interface Change {
  readonly kind: ReleaseKind;
  /** In a person's words, for the history: `Deploy remind101/acme-inc:latest`, `Scale worker=2`. */
  readonly describe: (before: Given<ReleaseRecord>, app: App) => string;
  /** Files of the app directory as they are to be. They are on disk only when the plan was approved. */
  readonly edit: (folder: Folder, app: AppDirectory) => readonly FileEdit[];
  /** `fresh`: tags are looked up. `keep`: a reference that the running release has keeps its digest. */
  readonly pins: 'fresh' | 'keep';
  /** When a terminal is asked: before every release, or only before one that loses or opens something. */
  readonly asks: 'always' | 'destructive';
  /** Stack parameters that the command changes, given the processes of the app. */
  readonly parameters: (processes: readonly string[]) => Readonly<Record<string, string>>;
  /** What the history is to say beside. */
  readonly notes: (plan: Plan) => readonly string[];
  /** The line on stdout when it succeeded, without line end. */
  readonly done: (record: ReleaseRecord, app: App) => string;
  readonly flags: ReleaseFlags;
}
