import { Failure } from '../../failure.js';
import type { App } from '../../model/app.js';
import type { Folder } from '../../model/folder.js';
import type { Given } from '../../model/given.js';
import type { Platform } from '../../model/platform.js';
import type { Problem } from '../../model/problem.js';
import { type ParsedFolder, parseFolder } from '../../parse/folder.js';
import { type CompiledApp, compileParsed, hasErrors } from '../../pipeline.js';
import { appNamed } from './content.js';
import { applyEdits, type FileEdit } from './edits.js';
import type { AppSession } from './open.js';
import { Refusal } from './refusal.js';

/** The directory with the edits in it, parsed and compiled; throws what is wrong with it. */
export interface Drafted {
  readonly edits: readonly FileEdit[];
  readonly folder: Folder;
  readonly parsed: ParsedFolder;
  readonly compiled: CompiledApp;
  readonly problems: readonly Problem[];
}

/** Steps 1 and 3 of a deploy without digests: refuses whatever is wrong before anything outside is asked. */
export function draft(
  session: Pick<AppSession, 'folder' | 'name' | 'environment' | 'parsed'>,
  edits: readonly FileEdit[],
): Drafted {
  const folder = applyEdits(session.folder, session.name, edits);
  const only = { kind: 'given', value: [session.name] } as const;
  const parsed = edits.length === 0 ? session.parsed : parseFolder(folder, session.environment, only);
  const { compiled, problems } = compileParsed(parsed, parsed.ledger);
  if (hasErrors(problems)) throw new Refusal(problems);
  const one = appNamed(compiled, session.name);
  if (one === undefined) throw absent(session);
  return { edits, folder, parsed, compiled: one, problems };
}

function absent({ name, environment }: { name: string; environment: string }): Failure {
  return new Failure(
    'app',
    `\`${name}\` does not exist in the environment \`${environment}\``,
    `choose another environment with \`-e\`, or add the file \`${name}/image\``,
    'app-not-in-environment',
  );
}

/** Digests change no rule and no line, so what was sound without them is sound with them. */
export function compilePinned({ name, platform }: AppSession, { parsed, compiled }: Drafted, app: App): CompiledApp {
  const one = parsed.apps.map((each) => (each.name === name ? { ...each, app: { kind: 'given', value: app } as const } : each));
  const result = compileParsed({ ...parsed, platform: given<Platform>(platform), apps: one }, parsed.ledger);
  if (hasErrors(result.problems)) throw new Refusal(result.problems);
  return appNamed(result.compiled, compiled.app.name) as CompiledApp;
}

const given = <T>(value: T): Given<T> => ({ kind: 'given', value });
