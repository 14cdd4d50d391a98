import type { AppDirectory, Folder } from '../model/folder.js';
import type { Given } from '../model/given.js';
import type { Ground } from '../model/ground.js';
import type { Ledger } from '../model/ledger.js';
import type { Platform } from '../model/platform.js';
import type { Origins, Problem } from '../model/problem.js';
import { Problems } from '../problems.js';
import { type ParsedApp, parseApp } from './app.js';
import { environmentsWith, readAppFiles } from './app-files.js';
import { isAppName } from './app-name.js';
import { environmentsOf } from './environments.js';
import { refuseCase, sortedByName } from './files.js';
import { checkClaims } from './fleet.js';
import { FleetNames } from './fleet-names.js';
import { sortProblems } from './folder-problems.js';
import { didYouMean } from './nearest.js';
import { parseSurroundings, type Surroundings } from './surroundings.js';

export type { ParsedApp } from './app.js';
export { environmentsOf } from './environments.js';

/** A whole folder as it was parsed for one environment. */
export interface ParsedFolder {
  /** None: the platform, or the choice of the environment, was refused. */
  readonly platform: Given<Platform>;
  /** What the platform's own stack makes or adopts; there when `platform` is. */
  readonly ground: Given<Ground>;
  /** Where each key of the platform files is written: `/VPC_CIDR`. */
  readonly groundOrigins: Origins;
  /** `default` first. */
  readonly environments: readonly string[];
  /** Sorted by name; those that exist in this environment, also when something in them was refused. */
  readonly apps: readonly ParsedApp[];
  readonly ledger: Ledger;
  /** All of them, of the platform, the apps and between them; sorted by file, line and column. */
  readonly problems: readonly Problem[];
}

/**
 * Texts → model, for one environment. With `only`, the other apps are looked at for their public names and nothing else. `parseOne` may know
 * already what `parseApp` would say.
 */
export function parseFolder(
  folder: Folder,
  environment: string,
  only: Given<readonly string[]>,
  parseOne: typeof parseApp = parseApp,
): ParsedFolder {
  return new FolderParser(folder, environment, parseOne).parse(only);
}

/** A folder that is asked about more than once: what all its apps share is parsed once, and each app costs what it holds. */
export class FolderParser {
  private readonly surroundings: Surroundings;
  private readonly directories: ReadonlyMap<string, AppDirectory>;
  private readonly names: FleetNames;

  constructor(
    private readonly folder: Folder,
    environment: string,
    private readonly parseOne: typeof parseApp = parseApp,
  ) {
    this.surroundings = parseSurroundings(folder, environment);
    const { directories, environments } = this.surroundings;
    this.directories = new Map(directories.map((directory) => [directory.name, directory]));
    this.names = new FleetNames(directories, environments);
  }

  /** What `parseFolder` gives. */
  parse(only: Given<readonly string[]>): ParsedFolder {
    const { environments, ground, origins, groundOrigins, refused, ledger, problems } = this.surroundings;
    const found = new Problems();
    const apps = this.wanted(only, found).map((directory) => this.parseOne(directory, ground.platform, environments, origins));
    this.checkNames(only, apps, found);
    return {
      platform: refused ? { kind: 'none' } : { kind: 'given', value: ground.platform },
      ground: refused ? { kind: 'none' } : { kind: 'given', value: ground },
      groundOrigins,
      environments,
      apps: apps.filter((app) => app.environments.length === 0 || app.environments.includes(ground.platform.environment)),
      ledger,
      problems: sortProblems([...problems, ...found.all, ...apps.flatMap((app) => app.problems)]),
    };
  }

  private wanted(only: Given<readonly string[]>, problems: Problems): readonly AppDirectory[] {
    if (only.kind === 'none') return this.surroundings.directories;
    const directories = [...new Set(only.value)].flatMap((name) => {
      const directory = this.directories.get(name);
      if (directory === undefined) this.refuseUnknown(name, problems);
      return directory ?? [];
    });
    return sortedByName(directories);
  }

  private refuseUnknown(name: string, problems: Problems): void {
    const known = [...this.directories.keys()];
    problems.error('app-unknown', { kind: 'file', file: `${this.folder.appsPath}/${name}` }, `there is no app \`${name}\``, {
      given: name,
      allowed: known.length === 0 ? 'there are no apps' : known.join(', '),
      hint: didYouMean(name, known, `make it with \`empire init ${name}\``),
    });
  }

  /** Other apps come first: they keep a name that both ask for, and the problem is shown in the app that was asked for. */
  private checkNames(only: Given<readonly string[]>, apps: readonly ParsedApp[], problems: Problems): void {
    const wanted = new Set(only.kind === 'given' ? only.value : this.directories.keys());
    const claims = apps.flatMap((app) => app.claims);
    const others = only.kind === 'given' ? this.names.claimedByOthers(claims, wanted) : [];
    checkClaims([...others, ...claims], (app) => wanted.has(app), problems);
  }
}

/** The names that `parseFolder` gives, from their `image` files alone: enough to know which apps there are. */
export function appsOf(folder: Folder, environment: string): string[] {
  const environments = environmentsOf(folder);
  const directories = refuseCase(sortedByName(folder.apps), isAppName, new Problems());
  return directories.flatMap((directory) => {
    const entries = directory.entries.filter(({ name }) => /^image(\.|$)/.test(name));
    const { image } = readAppFiles({ ...directory, entries }, environments, new Problems());
    const exists = environmentsWith(image, environments);
    return exists.length === 0 || exists.includes(environment) ? [directory.name] : [];
  });
}
