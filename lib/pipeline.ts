import { basename, dirname, resolve } from 'node:path';
import { compileGround } from './compile/ground.js';
import { compileApp } from './compile/index.js';
import { allotLedger } from './compile/ledger.js';
import { Failure } from './failure.js';
import type { App } from './model/app.js';
import type { Folder } from './model/folder.js';
import type { Given } from './model/given.js';
import type { Ground } from './model/ground.js';
import type { Ledger } from './model/ledger.js';
import type { Platform } from './model/platform.js';
import type { Origins, Problem } from './model/problem.js';
import type { SourceMap, Template } from './model/template.js';
import { environmentsOf, type ParsedFolder, parseFolder } from './parse/folder.js';
import { didYouMean } from './parse/nearest.js';
import { readFolder } from './windows/disk.js';

/** What every door asks for first. */
export interface Question {
  /** The root of the user's repository, absolute. */
  readonly root: string;
  /** The apps folder relative to the root. */
  readonly appsPath: string;
  readonly environment: string;
  /** None: every app. */
  readonly only: Given<readonly string[]>;
}

export interface CompiledApp {
  readonly app: App;
  readonly origins: Origins;
  readonly template: Template;
  readonly sourceMap: SourceMap;
}

export interface CompiledPlatform {
  readonly ground: Ground;
  readonly origins: Origins;
  readonly template: Template;
  readonly sourceMap: SourceMap;
}

/** The apps that could be compiled, and everything that is wrong or worth knowing. */
export interface CompiledFolder {
  readonly compiled: readonly CompiledApp[];
  readonly problems: readonly Problem[];
}

/** Disk → text. Refuses an environment and apps that are not there, with the nearest that are. */
export function openFolder(question: Question): Folder {
  const folder = openEnvironment(question);
  if (question.only.kind === 'given') for (const name of question.only.value) refuseUnknownApp(name, folder);
  return folder;
}

/** The same for apps that are asked for one by one: an app that is not there is refused when its turn comes. */
export function openEnvironment({ root, appsPath, environment, only }: Question): Folder {
  const folder = readFolder(root, { appsPath, only });
  refuseUnknownEnvironment(environment, folder);
  return folder;
}

/** Disk → text → model. */
export function readParsed(question: Question): ParsedFolder {
  const folder = openFolder(question);
  const parsed = parseFolder(folder, question.environment, question.only);
  refuseAbsentApps(question, parsed);
  return parsed;
}

/** Refuses apps that were asked for and exist only in other environments. */
export function refuseAbsentApps({ only, environment }: Pick<Question, 'only' | 'environment'>, parsed: ParsedFolder): void {
  if (only.kind === 'given') for (const name of only.value) refuseAbsentApp(name, parsed, environment);
}

/** Model → templates. Apps with errors are left out; their errors are in `problems`. */
export function compileParsed(parsed: ParsedFolder, ledger: Ledger): CompiledFolder {
  const compiled: CompiledApp[] = [];
  const problems: Problem[] = [...parsed.problems];
  const { platform } = parsed;
  if (platform.kind === 'none') return { compiled, problems };
  for (const { app, origins } of parsed.apps) {
    if (app.kind === 'none') continue;
    const result = compileApp({ app: app.value, platform: platform.value, ledger, origins });
    problems.push(...result.problems);
    if (result.kind === 'compiled')
      compiled.push({ app: app.value, origins, template: result.template, sourceMap: result.sourceMap });
  }
  return { compiled, problems };
}

/**
 * The ledger after a synth of the whole folder: new rules have numbers, old ones keep theirs. Compacting first drops
 * the entries of this environment whose rule is gone.
 */
export function allotParsed(
  parsed: ParsedFolder,
  compact: boolean,
): { readonly ledger: Ledger; readonly problems: readonly Problem[] } {
  const { platform, ledger } = parsed;
  if (platform.kind === 'none') return { ledger, problems: [] };
  // Only rules on shared balancers have numbers; where there is none, no app needs to be looked at.
  const sharing = platform.value.loadBalancers === 'shared' ? parsed.apps : [];
  const apps = sharing.flatMap(({ app }) => (app.kind === 'given' ? [{ app: app.value, platform: platform.value }] : []));
  return allotLedger({ ledger: compact ? inUse(ledger, apps, platform.value) : ledger, apps });
}

function inUse(ledger: Ledger, apps: readonly { app: App; platform: Platform }[], platform: Platform): Ledger {
  const key = (entry: Ledger[number]) => `${entry.environment} ${entry.app} ${entry.listener} ${entry.rule}`;
  const used = new Set(allotLedger({ ledger: [], apps }).ledger.map(key));
  return ledger.filter((entry) => entry.environment !== platform.environment || used.has(key(entry)));
}

/** Ground → the template of the platform's stack. None when something is refused; `problems` says what. */
export function compilePlatform(parsed: ParsedFolder): {
  readonly compiled: Given<CompiledPlatform>;
  readonly problems: readonly Problem[];
} {
  const { ground, groundOrigins: origins } = parsed;
  if (ground.kind === 'none') return { compiled: ground, problems: [] };
  const result = compileGround({ ground: ground.value, origins });
  if (result.kind === 'refused') return { compiled: { kind: 'none' }, problems: result.problems };
  const { template, sourceMap, problems } = result;
  return { compiled: { kind: 'given', value: { ground: ground.value, origins, template, sourceMap } }, problems };
}

/** Whether anything was refused. */
export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === 'error');
}

/** `apps/acme-inc` → the question about that one app. */
export function questionForApp(path: string, environment: string): Question {
  const directory = resolve(path);
  const apps = dirname(directory);
  return { root: dirname(apps), appsPath: basename(apps), environment, only: { kind: 'given', value: [basename(directory)] } };
}

function refuseUnknownEnvironment(environment: string, folder: Folder): void {
  const known = environmentsOf(folder);
  if (known.includes(environment)) return;
  const hint = didYouMean(environment, known, `add a file \`platform.${environment}\`, or use one of: ${known.join(', ')}`);
  throw new Failure('environment', `there is no environment \`${environment}\``, hint, 'environment-unknown');
}

/** Refuses an app that has no directory. */
export function refuseUnknownApp(name: string, folder: Folder): void {
  if (folder.apps.some((app) => app.name === name)) return;
  const known = folder.apps.map((app) => app.name);
  const otherwise = known.length === 0 ? `make it with \`empire init ${name}\`` : `the apps are: ${known.join(', ')}`;
  throw new Failure(
    'app',
    `there is no app \`${name}\` in ${folder.appsPath}/`,
    didYouMean(name, known, otherwise),
    'app-unknown',
  );
}

/** An app that exists only in other environments cannot be asked for in this one. */
function refuseAbsentApp(name: string, parsed: ParsedFolder, environment: string): void {
  if (parsed.platform.kind === 'none' || parsed.apps.some((app) => app.name === name)) return;
  const hint = `it exists in other environments only: choose one with \`-e\`, or add the file \`${name}/image\``;
  throw new Failure('app', `\`${name}\` does not exist in the environment \`${environment}\``, hint, 'app-not-in-environment');
}
