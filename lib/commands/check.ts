import { Args } from '@oclif/core';
import { formatTemplate } from '../compile/format-template.js';
import type { CheckResult } from '../model/check.js';
import type { JsonObject } from '../model/json.js';
import type { Platform } from '../model/platform.js';
import type { Problem } from '../model/problem.js';
import type { ParsedFolder } from '../parse/folder.js';
import type { ParsedApp } from '../parse/index.js';
import { type CompiledApp, compileParsed } from '../pipeline.js';
import { type CheckedApp, checksJson, isFine, renderChecks, renderCheckTotal } from '../view/checks.js';
import { renderNumber } from '../view/columns.js';
import { renderHeadline } from '../view/headline.js';
import { renderPlace } from '../view/problem.js';
import { atMost } from './session/at-most.js';
import { chooseEnvironment, chooseRepository } from './session/choose.js';
import { lookOf } from './session/look.js';
import { type Outside, openOutside, placeOf } from './session/open.js';
import { OutsideCommand } from './session/outside-command.js';
import { Refusal } from './session/refusal.js';
import { selectApps, severalFlags, withDefaultRef } from './session/several.js';

/** `empire check`: can this be deployed. */
export default class Check extends OutsideCommand {
  static override summary = 'Say whether apps can be deployed: a tree of named checks.';
  static override description =
    'OK: fine. SKIP: does not apply, or could not be asked. NO: a deploy would stop here; the exit code is 1. What the platform adopts is checked too. Nothing is changed.';
  static override examples = [
    '<%= config.bin %> check hello --rehearse',
    '<%= config.bin %> check --rehearse',
    '<%= config.bin %> check -e production --json --rehearse',
  ];
  static override args = { app: Args.string({ description: 'the apps; all of them when none is named' }) };
  static override strict = false;
  static override flags = severalFlags;

  async run(): Promise<number> {
    this.argv = withDefaultRef(this.argv);
    const { argv, flags } = await this.parse(Check);
    const repository = chooseRepository(flags);
    const environment = chooseEnvironment(flags);
    const { apps: names, local } = await selectApps(argv as string[], flags, repository, environment);
    const parsed = local.parse(names);
    if (parsed.platform.kind === 'none') throw new Refusal(parsed.problems);
    const platform = parsed.platform.value;
    const outside = await openOutside(flags, platform, repository.root, parsed.ground);
    const folder = compileParsed(parsed, parsed.ledger);
    const ground = await groundChecks(parsed, outside);
    const compiled = new Map(folder.compiled.map((each) => [each.app.name, each]));
    const errors = firstErrors(repository.appsPath, parsed.apps, folder.problems);
    const apps = await atMost(8, parsed.apps, async (app): Promise<CheckedApp> => {
      const { name } = app;
      return { name, checks: await checksOf({ app, compiled: compiled.get(name), error: errors(name), platform, outside }) };
    });
    const shown = ground.length === 0 ? apps : [{ name: 'platform', checks: ground }, ...apps];
    if (outside.windows.kind === 'rehearsal')
      this.say(renderHeadline('check', { environment, ...outside.caller }, outside.windows.kind));
    if (flags.json) this.printJson({ ...checksJson(apps), ...(ground.length === 0 ? {} : { platform: ground }) });
    else if (shown.length === 0) this.say(`there is no app in ${environment} to check\n`);
    else this.print(`${renderChecks(shown, lookOf(process.stdout))}\n${renderCheckTotal(shown)}`);
    return shown.every(({ checks }) => isFine(checks)) ? 0 : 1;
  }
}

/** Whether what the platform adopts fits; nothing for a platform that makes everything itself. */
async function groundChecks(
  { ground, groundOrigins: origins }: ParsedFolder,
  { windows, caller }: Outside,
): Promise<readonly CheckResult[]> {
  if (ground.kind === 'none') return [];
  const { runGroundChecks } = await import('../check/ground/index.js');
  return runGroundChecks({ windows, caller, ground: ground.value, origins });
}

interface Checked {
  readonly app: ParsedApp;
  readonly compiled: CompiledApp | undefined;
  /** The first that is wrong with its directory, or with the folder as a whole. */
  readonly error: Problem | undefined;
  readonly platform: Platform;
  readonly outside: Outside;
}

/** Whether the directory compiles, and then what the outside says. */
async function checksOf({ app, compiled, error, platform, outside }: Checked): Promise<readonly CheckResult[]> {
  const compiles = compilesOrNot(app.name, compiled, error);
  if (compiled === undefined) return [compiles];
  const { runChecks, checkInput } = await import('../check/index.js');
  const { windows, caller } = outside;
  const place = placeOf(platform, app.name, caller);
  const facts = { windows, place, caller, platform, app: compiled.app, origins: compiled.origins };
  const template = JSON.parse(formatTemplate(compiled.template)) as JsonObject;
  return [compiles, ...(await runChecks(checkInput(facts, template)))];
}

function compilesOrNot(name: string, compiled: CompiledApp | undefined, error: Problem | undefined): CheckResult {
  const what = { name: 'compiles', hint: '', code: '' };
  if (error !== undefined) {
    const { place, message, hint, code } = error;
    return { ...what, answer: 'NO', subject: renderPlace(place), text: message, hint, code };
  }
  if (compiled !== undefined)
    return { ...what, answer: 'OK', subject: '', text: renderNumber(compiled.template.resources.length, 'resource') };
  const hint = `see all of it with \`empire lint ${name}\``;
  return { ...what, answer: 'NO', subject: '', text: 'the directory was refused', hint, code: 'not-compiled' };
}

/** For each app the first error in its directory, or in none of the directories. */
function firstErrors(appsPath: string, apps: readonly ParsedApp[], problems: readonly Problem[]) {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const names = new Set(apps.map(({ name }) => name));
  const first = new Map<string, number>();
  for (const [index, { place }] of errors.entries()) {
    const inside = place.file.startsWith(`${appsPath}/`) ? place.file.slice(appsPath.length + 1) : '';
    const app = inside.split('/')[0] as string;
    const owner = names.has(app) ? app : '';
    if (!first.has(owner)) first.set(owner, index);
  }
  const at = (owner: string): number => first.get(owner) ?? errors.length;
  return (name: string): Problem | undefined => errors[Math.min(at(name), at(''))];
}
