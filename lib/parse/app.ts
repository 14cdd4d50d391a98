import type { App, Process } from '../model/app.js';
import type { AppDirectory } from '../model/folder.js';
import type { Given } from '../model/given.js';
import type { Platform } from '../model/platform.js';
import type { Origins, Problem } from '../model/problem.js';
import { Problems } from '../problems.js';
import { type AppFiles, environmentsWith, readAppFiles } from './app-files.js';
import { checkAppName } from './app-name.js';
import { checkPort } from './app-port.js';
import { type Claim, claimsOf } from './fleet.js';
import { OriginsBuilder, pointerSegment, writtenAt } from './origins.js';
import { type Chosen, choose, type ResolvedName, resolveNames, resolveScale } from './overlays.js';
import { checkLayers } from './overlays-check.js';
import { recordInherited } from './platform-origins.js';
import { assembleProcesses, defaultProcess } from './procfile/index.js';

/** One app as it was parsed for one environment. */
export interface ParsedApp {
  readonly name: string;
  /** None: something was refused, or the app does not exist in this environment. */
  readonly app: Given<App>;
  readonly origins: Origins;
  readonly problems: readonly Problem[];
  /** Where the app exists: the environments in which it has an image. */
  readonly environments: readonly string[];
  /** The public names it asks for, in every environment. */
  readonly claims: readonly Claim[];
}

/** Directory → app, for the environment of the platform. Every overlay of every environment is read as well. `inherited` says where the platform files say what processes take from them. */
export function parseApp(
  directory: AppDirectory,
  platform: Platform,
  environments: readonly string[],
  inherited: Origins = new Map(),
): ParsedApp {
  const problems = new Problems();
  checkAppName(directory.name, { kind: 'file', file: directory.path }, problems);
  const files = readAppFiles(directory, environments, problems);
  checkLayers(files, environments, problems);
  checkImage(files, problems);
  const exists = environmentsWith(files.image, environments);
  const origins = new OriginsBuilder();
  const app = exists.includes(platform.environment) ? assembleApp(files, platform, origins, problems) : undefined;
  if (app !== undefined) recordInherited(app.processes, inherited, origins);
  return {
    name: directory.name,
    app: app === undefined || problems.refused ? { kind: 'none' } : { kind: 'given', value: app },
    origins: origins.map,
    problems: problems.all,
    environments: exists,
    claims: claimsOf(files, exists),
  };
}

function checkImage(files: AppFiles, problems: Problems): void {
  if (files.image.size > 0) return;
  const image = `${files.path}/image`;
  if (files.empty) {
    problems.error('app-empty', { kind: 'file', file: files.path }, `the app \`${files.name}\` has no files`, {
      allowed: 'a directory with at least the file `image`',
      hint: `write a container image into \`${image}\`, or remove the directory`,
    });
    return;
  }
  problems.error('image-missing', { kind: 'file', file: image }, `the app \`${files.name}\` has no file \`image\``, {
    allowed: 'a file with one container image, like `remind101/acme-inc:latest`',
    hint: `write a container image into \`${image}\``,
  });
}

function assembleApp(files: AppFiles, platform: Platform, origins: OriginsBuilder, problems: Problems): App | undefined {
  const { environment } = platform;
  const image = choose(files.image, environment);
  const policy = choose(files.policy, environment);
  const maintenance = choose(files.maintenance, environment);
  const names = resolveNames(files, environment);
  setWhole(origins, '/image', image);
  setWhole(origins, '/policy', policy);
  setWhole(origins, '/maintenance', maintenance);
  setNames(origins, names);
  const processes = assembleAll(files, platform, origins, problems);
  checkPort(names, processes, problems);
  const imageValue = wholeOf(image);
  if (imageValue.kind === 'none') return undefined;
  return {
    name: files.name,
    environment,
    image: imageValue.value,
    variables: names.flatMap(({ name, value }) => (value.kind === 'variable' ? [{ name, value: value.text }] : [])),
    secrets: names.flatMap(({ name, value }) => (value.kind === 'secret' ? [{ name, reference: value.reference }] : [])),
    processes,
    policy: wholeOf(policy),
    maintenance: wholeOf(maintenance),
  };
}

function wholeOf<T>(chosen: Chosen<Given<T>> | undefined): Given<T> {
  if (chosen === undefined || chosen.loaded.value.kind === 'none') return { kind: 'none' };
  return chosen.loaded.value.value;
}

function setWhole(origins: OriginsBuilder, pointer: string, chosen: Chosen<unknown> | undefined): void {
  if (chosen !== undefined) origins.set(pointer, chosen.loaded.place, chosen.over);
}

function setNames(origins: OriginsBuilder, names: readonly ResolvedName[]): void {
  for (const { name, value, place, over } of names) {
    origins.set(`/${value.kind === 'variable' ? 'variables' : 'secrets'}/${pointerSegment(name)}`, place, over);
  }
}

/** Without a sound Procfile nothing is said about names of processes: every one would seem to be unknown. */
function assembleAll(files: AppFiles, platform: Platform, origins: OriginsBuilder, problems: Problems): Process[] {
  const procfile = choose(files.procfile, platform.environment);
  if (procfile?.loaded.refused) return [];
  const absent = `${files.path}/Procfile`;
  const written = procfile === undefined ? [defaultProcess(absent)] : procfile.loaded.value;
  const domains = choose(files.domains, platform.environment)?.loaded.value;
  const merged = resolveScale(files.scale, platform.environment);
  const processes = assembleProcesses({
    written: 'kind' in written ? (written.kind === 'given' ? [...written.value] : []) : written,
    scale: merged.scale,
    domains: domains?.kind === 'given' ? domains.value : [],
    platform,
    origins,
    problems,
  });
  if (procfile === undefined) forget(origins, absent);
  for (const { place, over } of merged.overs) addOver(origins, writtenAt(place), writtenAt(over));
  return processes;
}

/** Values of a process that no file holds are defaults. */
function forget(origins: OriginsBuilder, file: string): void {
  for (const [pointer, origin] of origins.map) if (origin.kind === 'written' && origin.file === file) origins.map.delete(pointer);
}

/** Values written at this place won against another layer. */
function addOver(origins: OriginsBuilder, at: ReturnType<typeof writtenAt>, over: ReturnType<typeof writtenAt>): void {
  for (const [pointer, origin] of origins.map) {
    if (origin.kind !== 'written' || at.kind !== 'written') continue;
    if (origin.file === at.file && origin.line === at.line && origin.column === at.column) {
      origins.map.set(pointer, { ...origin, over: [...origin.over, over] });
    }
  }
}
