import type { AppDirectory, Entry, Folder } from '../model/folder.js';
import type { Ground } from '../model/ground.js';
import type { Ledger } from '../model/ledger.js';
import type { Origins, Place, Problem } from '../model/problem.js';
import { Problems } from '../problems.js';
import { isAppName } from './app-name.js';
import { checkEnvironment, checkEnvironmentNames, environmentsOf } from './environments.js';
import { refuseCase, sortedByName } from './files.js';
import { checkSharedZones } from './fleet.js';
import { assembleGround, groundOrigins } from './ground.js';
import { checkNeighbours } from './ground-fleet.js';
import { parseLedger } from './ledger.js';
import { didYouMean } from './nearest.js';
import { platformOrigins } from './platform-origins.js';
import { type PlatformFile, readPlatformFiles } from './platform-read.js';
import { decodeEntry } from './source-text.js';

/** What is the same for every app of a folder. */
export interface Surroundings {
  /** `default` first. */
  readonly environments: readonly string[];
  /** Of the environment that was asked for; of the default one when that does not exist. */
  readonly ground: Ground;
  /** What processes take from the platform files. */
  readonly origins: Origins;
  readonly groundOrigins: Origins;
  /** Whether the platform, or the choice of the environment, was refused. */
  readonly refused: boolean;
  readonly ledger: Ledger;
  /** Sorted by name. */
  readonly directories: readonly AppDirectory[];
  readonly problems: readonly Problem[];
}

/** Everything in a folder but what is in its apps. */
export function parseSurroundings(folder: Folder, environment: string): Surroundings {
  const problems = new Problems();
  const environments = environmentsOf(folder);
  const platforms = parsePlatforms(folder, environment, environments, problems);
  const refused = problems.refused;
  refuseStrays(folder, problems);
  const ledger = readLedger(folder, problems);
  const directories = refuseCase(sortedByName(folder.apps), isAppName, problems);
  return { environments, ...platforms, refused, ledger, directories, problems: problems.all };
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
