import { Failure } from './failure.js';
import type { App } from './model/app.js';
import type { Ground } from './model/ground.js';
import type { Platform } from './model/platform.js';
import type { Problem } from './model/problem.js';
import type { ParsedFolder } from './parse/folder.js';
import { hasErrors, questionForApp, readParsed } from './pipeline.js';
import { renderProblems } from './view/problem.js';

export { Failure } from './failure.js';
export type { App, Process } from './model/app.js';
export type { Ground } from './model/ground.js';
export type { Ledger } from './model/ledger.js';
export type { Platform } from './model/platform.js';
export type { Origins, Problem } from './model/problem.js';
export type { SourceMap, Template } from './model/template.js';

export interface ReadOptions {
  /** @default EMPIRE_ENVIRONMENT, or 'default' */
  readonly environment?: string;
}

/** Everything one can want to know about an app directory. */
export interface ReadApp {
  readonly app: App;
  readonly platform: Platform;
  readonly parsed: ParsedFolder;
}

/**
 * An app directory as a value: `readApp('apps/acme-inc')`.
 *
 * @throws Failure with every problem, when there is an error in it
 */
export function readApp(path: string, options: ReadOptions = {}): App {
  return readAppAndPlatform(path, options).app;
}

/** The platform of the repository that an app directory is in: `readPlatform('apps/acme-inc')`. */
export function readPlatform(path: string, options: ReadOptions = {}): Platform {
  return readAppAndPlatform(path, options).platform;
}

/**
 * What the platform's own stack makes or adopts, from the repository that an app directory is in: `readGround('apps/acme-inc')`.
 *
 * @throws Failure with every problem, when there is an error in it
 */
export function readGround(path: string, options: ReadOptions = {}): Ground {
  const { ground } = readAppAndPlatform(path, options).parsed;
  if (ground.kind === 'given') return ground.value;
  throw new Failure(path, 'the platform is refused', '`empire platform show` says why', 'platform-refused');
}

/** Both, read once, with origins and the ledger. */
export function readAppAndPlatform(path: string, options: ReadOptions = {}): ReadApp {
  const environment = options.environment ?? (process.env['EMPIRE_ENVIRONMENT'] || 'default');
  const parsed = readParsed(questionForApp(path, environment));
  if (hasErrors(parsed.problems)) throw refusal(path, parsed.problems);
  for (const { app } of parsed.apps) {
    if (app.kind === 'given' && parsed.platform.kind === 'given')
      return { app: app.value, platform: parsed.platform.value, parsed };
  }
  throw new Failure(path, 'there is no app', 'name an app directory', 'app-unknown');
}

function refusal(path: string, problems: readonly Problem[]): Failure {
  const errors = problems.filter((problem) => problem.severity === 'error');
  return new Failure(
    path,
    `the app is refused\n${renderProblems(errors).trimEnd()}`,
    'correct the files; `empire lint` shows the same',
    'app-refused',
  );
}
