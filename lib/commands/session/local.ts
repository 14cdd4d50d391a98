import { Failure } from '../../failure.js';
import type { AppDirectory, Folder } from '../../model/folder.js';
import type { Given } from '../../model/given.js';
import type { Platform } from '../../model/platform.js';
import { environmentsOf, FolderParser, type ParsedFolder } from '../../parse/folder.js';
import { didYouMean } from '../../parse/nearest.js';
import { openEnvironment, openFolder, refuseAbsentApps, refuseUnknownApp } from '../../pipeline.js';
import type { Look } from '../../view/look.js';
import { readFolder } from '../../windows/disk.js';
import type { Repository } from '../../windows/working-directory.js';
import { chooseApp, chooseEnvironment, chooseRepository } from './choose.js';
import type { SharedFlags } from './flags.js';
import { lookOf } from './look.js';
import { Refusal } from './refusal.js';

/** An app as it is on this computer, before anything outside is asked. */
export interface LocalApp {
  readonly repository: Repository;
  readonly environment: string;
  readonly name: string;
  readonly platform: Platform;
  readonly folder: Folder;
  /** Of this app only. Its problems are not looked at yet: an edit may repair them. */
  readonly parsed: ParsedFolder;
  /** Of standard error, where people read. */
  readonly look: Look;
}

/**
 * `needed`: the app must have its directory. `optional`: it may have gone from git, while its stack and releases are still there
 * (`destroy`, `releases`, `why`).
 */
export type DirectoryNeed = 'needed' | 'optional';

/** Chooses the app and reads its directory and platform. */
export function openLocal(command: string, named: string | undefined, flags: SharedFlags, need: DirectoryNeed): LocalApp {
  const repository = chooseRepository(flags);
  const name = chooseApp(named, flags, repository, command);
  const environment = chooseEnvironment(flags);
  const question = { ...repository, environment, only: { kind: 'given', value: [name] } as const };
  const folder = need === 'needed' ? openFolder(question) : openAny(repository, environment, name);
  return localApp(repository, environment, name, folder, new FolderParser(folder, environment));
}

/** The folder of a command that is about many apps. It is read once, and what all apps share is parsed once: each app costs what it holds. */
export class LocalFolder {
  private read: { readonly folder: Folder; readonly parser: FolderParser } | undefined;

  /** `only`: as in a question; nothing is read yet. */
  constructor(
    private readonly repository: Repository,
    private readonly environment: string,
    private readonly only: Given<readonly string[]>,
  ) {}

  get folder(): Folder {
    return this.whole.folder;
  }

  /** What `openLocal` gives for an app that needs its directory. */
  open(name: string): LocalApp {
    const { folder, parser } = this.whole;
    refuseUnknownApp(name, folder);
    return localApp(this.repository, this.environment, name, folder, parser);
  }

  /** What `readParsed` gives for these apps. */
  parse(names: readonly string[]): ParsedFolder {
    const { folder, parser } = this.whole;
    for (const name of names) refuseUnknownApp(name, folder);
    const only = { kind: 'given', value: names } as const;
    const parsed = parser.parse(only);
    refuseAbsentApps({ only, environment: this.environment }, parsed);
    return parsed;
  }

  private get whole(): { readonly folder: Folder; readonly parser: FolderParser } {
    if (this.read === undefined) {
      const folder = openEnvironment({ ...this.repository, environment: this.environment, only: this.only });
      this.read = { folder, parser: new FolderParser(folder, this.environment) };
    }
    return this.read;
  }
}

function localApp(repository: Repository, environment: string, name: string, folder: Folder, parser: FolderParser): LocalApp {
  const known = folder.apps.some((app) => app.name === name);
  const parsed = parser.parse({ kind: 'given', value: known ? [name] : [] });
  if (parsed.platform.kind === 'none') throw new Refusal(parsed.problems);
  const { value: platform } = parsed.platform;
  return { repository, environment, name, platform, folder, parsed, look: lookOf(process.stderr) };
}

/** The app's directory in a folder; `openLocal` with `needed` has made sure that it is there. */
export function directoryOf(folder: Folder, name: string): AppDirectory {
  return folder.apps.find((app) => app.name === name) as AppDirectory;
}

function openAny(repository: Repository, environment: string, name: string): Folder {
  const folder = readFolder(repository.root, { appsPath: repository.appsPath, only: { kind: 'given', value: [name] } });
  const known = environmentsOf(folder);
  if (known.includes(environment)) return folder;
  const hint = didYouMean(environment, known, `use one of: ${known.join(', ')}`);
  throw new Failure('environment', `there is no environment \`${environment}\``, hint, 'environment-unknown');
}
