import type { AppDirectory, Entry, Folder } from '../model/folder.js';
import type { Given } from '../model/given.js';
import type { Ground } from '../model/ground.js';
import type { Ledger } from '../model/ledger.js';
import type { Platform } from '../model/platform.js';
import type { Origins, Place, Problem } from '../model/problem.js';
import { Problems } from '../problems.js';
import { type ParsedApp, parseApp } from './app.js';
import { environmentsWith, readAppFiles } from './app-files.js';
import { isAppName } from './app-name.js';
import { checkEnvironment, checkEnvironmentNames, environmentsOf } from './environments.js';
import { refuseCase, sortedByName } from './files.js';
import { type Claim, checkClaims, checkSharedZones, claimsOf } from './fleet.js';
import { sortProblems } from './folder-problems.js';
import { assembleGround, groundOrigins } from './ground.js';
import { checkNeighbours } from './ground-fleet.js';
import { parseLedger } from './ledger.js';
import { didYouMean } from './nearest.js';
import { platformOrigins } from './platform-origins.js';
import { type PlatformFile, readPlatformFiles } from './platform-read.js';
import { decodeEntry } from './source-text.js';

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
  const problems = new Problems();
  const environments = environmentsOf(folder);
  const { ground, origins, groundOrigins: written } = parsePlatforms(folder, environment, environments, problems);
  const selected = ground.platform;
  const refused = problems.refused;
  refuseStrays(folder, problems);
  const ledger = readLedger(folder, problems);
  const directories = refuseCase(sortedByName(folder.apps), isAppName, problems);
  const wanted = wantedApps(folder, directories, only, problems);
  const apps = directories
    .filter(({ name }) => wanted(name))
    .map((directory) => parseOne(directory, selected, environments, origins));
  const others = directories.filter(({ name }) => !wanted(name)).flatMap((directory) => otherClaims(directory, environments));
  checkClaims([...others, ...apps.flatMap(({ claims }) => claims)], wanted, problems);
  return {
    platform: refused ? { kind: 'none' } : { kind: 'given', value: selected },
    ground: refused ? { kind: 'none' } : { kind: 'given', value: ground },
    groundOrigins: written,
    environments,
    apps: apps.filter((app) => app.environments.length === 0 || app.environments.includes(selected.environment)),
    ledger,
    problems: sortProblems([...problems.all, ...apps.flatMap((app) => app.problems)]),
  };
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

/** The platform of every environment is checked, whichever is selected. When the selected one does not exist, apps are read with the default. */
function parsePlatforms(
  folder: Folder,
  environment: string,
  environments: readonly string[],
  problems: Problems,
): { readonly ground: Ground; readonly origins: Origins; readonly groundOrigins: Origins } {
  checkEnvironmentNames(folder, problems);
  const files: ReadonlyMap<string, PlatformFile> = readPlatformFiles(folder, problems);
  const grounds = environments.map((each) => assembleGround(files, each, problems));
  const place = (each: string, key: string): Place =>
    files.get(each)?.values.get(key)?.place ?? { kind: 'file', file: each === 'default' ? 'platform' : `platform.${each}` };
  const platforms = grounds.map(({ platform }) => platform);
  checkSharedZones(platforms, (each) => place(each, 'ZONE'), problems);
  if (![...files.values()].some((file) => file.refused)) checkNeighbours(grounds, place, problems);
  checkEnvironment(environment, environments, problems);
  const ground = grounds.find(({ platform }) => platform.environment === environment) ?? (grounds[0] as Ground);
  const chosen = ground.platform.environment;
  return { ground, origins: platformOrigins(files, chosen), groundOrigins: groundOrigins(files, chosen) };
}

function readLedger({ ledger }: Folder, problems: Problems): Ledger {
  if (ledger.kind === 'none') return [];
  const source = decodeEntry(ledger.value, problems);
  return source.kind === 'given' ? parseLedger(source.value, problems) : [];
}

function refuseStrays(folder: Folder, problems: Problems): void {
  for (const stray of sortedByName(folder.strays)) {
    const place = { kind: 'file', file: stray.path } as const;
    if (stray.path === folder.appsPath && stray.content.kind === 'unreadable') {
      problems.error('apps-missing', place, `the apps folder \`${folder.appsPath}\` cannot be read: ${stray.content.reason}`, {
        hint: 'make it with `empire init`, or name another folder with --apps',
      });
    } else if (stray.content.kind === 'outside' || stray.content.kind === 'unreadable') decodeEntry(stray, problems);
    else if (!stray.name.startsWith('.')) refuseStray(stray, folder.appsPath, problems);
  }
}

function refuseStray({ name, path }: Entry, appsPath: string, problems: Problems): void {
  problems.error('apps-stray', { kind: 'file', file: path }, `\`${name}\` is not an app: an app is a directory`, {
    given: name,
    allowed: 'directories, and the file `ingress.lock`',
    hint: didYouMean(name, ['ingress.lock'], `move it out of \`${appsPath}\`, or into an app`),
  });
}

function wantedApps(folder: Folder, directories: readonly AppDirectory[], only: Given<readonly string[]>, problems: Problems) {
  if (only.kind === 'none') return () => true;
  const wanted = new Set(only.value);
  const known = directories.map(({ name }) => name);
  for (const name of [...wanted].filter((each) => !known.includes(each))) {
    problems.error('app-unknown', { kind: 'file', file: `${folder.appsPath}/${name}` }, `there is no app \`${name}\``, {
      given: name,
      allowed: known.length === 0 ? 'there are no apps' : known.join(', '),
      hint: didYouMean(name, known, `make it with \`empire init ${name}\``),
    });
  }
  return (name: string): boolean => wanted.has(name);
}

/** The names of an app that was not asked for. What is wrong in it is said when it is. */
function otherClaims(directory: AppDirectory, environments: readonly string[]): Claim[] {
  const entries = directory.entries.filter(({ name }) => /^(domains|image)(\.|$)/.test(name));
  const files = readAppFiles({ ...directory, entries }, environments, new Problems());
  return claimsOf(files, environmentsWith(files.image, environments));
}
