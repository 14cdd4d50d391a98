import { Args, Flags } from '@oclif/core';
import { Failure } from '../failure.js';
import { readTextFile } from '../windows/text-file.js';
import { parseAssignments, parseLoaded } from './session/assignments.js';
import { draft } from './session/draft.js';
import { appOf, commandName, type EditFlags, editAndRelease } from './session/edit-and-release.js';
import { editOnly } from './session/edit-only.js';
import { editFlags } from './session/flags.js';
import { directoryOf, type LocalApp, openLocal } from './session/local.js';
import { openApp } from './session/open.js';
import { OutsideCommand } from './session/outside-command.js';
import { releaseApp } from './session/release-path.js';
import { parameterName, referenceFor } from './session/secret-reference.js';
import { readInput, readSecret } from './session/secret-value.js';
import { refuseSecretNames, type Settings, setChange } from './session/set-change.js';
import { formatWritten, wayBack } from './session/written-secret.js';

interface SetFlags extends EditFlags {
  readonly load?: string | undefined;
  readonly stdin?: string | undefined;
  readonly secret?: string | undefined;
}

/** `empire set`: configuration variables and secrets. */
export default class SetVariables extends OutsideCommand {
  static override summary = 'Set configuration variables.';
  static override description =
    'Writes `env` and releases it; several at once are one release. --secret keeps the value in the parameter store, encrypted, and writes only its reference, to `secrets`.';
  static override examples = [
    '<%= config.bin %> set RACK_ENV=production LOG_LEVEL=info -a acme-inc --no-deploy',
    '<%= config.bin %> set --load apps/hello/env -a acme-inc --no-deploy',
  ];
  static override args = { variable: Args.string({ description: 'NAME=value' }) };
  static override strict = false;
  static override flags = {
    ...editFlags,
    load: Flags.string({ summary: 'set what a file says, in the dialect of `env`', helpValue: '<file>' }),
    stdin: Flags.string({ summary: 'set this variable to what comes on standard input', helpValue: '<name>' }),
    secret: Flags.string({
      summary: 'keep the value of this one in AWS; typed without being shown, or from standard input',
      helpValue: '<name>',
      exclusive: ['stdin'],
    }),
  };

  async run(): Promise<number> {
    const { argv, flags } = await this.parse(SetVariables);
    const given = parseAssignments(argv as string[]);
    refuseNothing(given, flags);
    if (flags.secret !== undefined) return this.setSecret(flags.secret, given, flags);
    const stdin = flags.stdin === undefined ? [] : [[flags.stdin, await readInput()] as const];
    return editAndRelease(this, flags, (local) =>
      setChange({ variables: variablesOf(local, [...given, ...stdin], flags.load), secret: { kind: 'none' } }, local, flags),
    );
  }

  /** The value is written before the release, since a check asks whether it is there, and after everything else was understood. */
  private async setSecret(name: string, given: ReadonlyMap<string, string>, flags: SetFlags): Promise<number> {
    const local = openLocal(commandName(this), undefined, flags, 'needed');
    const reference = referenceFor(nameOf(name), local);
    const parameter = parameterName(name, reference);
    const secret: Settings['secret'] = { kind: 'given', value: { name, reference } };
    const change = setChange({ variables: variablesOf(local, [...given], flags.load), secret }, local, flags);
    draft(local, change.edit(local.folder, directoryOf(local.folder, local.name)));
    const value = await readSecret(name);
    const session = await openApp(this, undefined, flags);
    const version = await session.windows.parameters.putSecret(parameter, value);
    const written = { name, parameter, version };
    const before = version === 1 ? '' : `; the value before: ${wayBack(written, session.place, flags)}`;
    this.say(`wrote ${parameter}, version ${version}${before}\n${leftBehind(name, local)}`);
    if (flags['no-deploy']) return editOnly(session, change);
    return releaseApp(session, { ...change, notes: (plan) => formatWritten(written, plan) });
  }
}

/** What is set; of a file only what would change something. */
function variablesOf(
  local: LocalApp,
  given: readonly (readonly [string, string])[],
  load: string | undefined,
): ReadonlyMap<string, string> {
  const loaded =
    load === undefined ? [] : [...parseLoaded(load, readTextFile(load))].filter(([name, value]) => !has(local, name, value));
  const variables = new Map([...loaded, ...given]);
  refuseSecretNames(variables.keys(), local);
  return variables;
}

function has(local: LocalApp, name: string, value: string): boolean {
  const known = appOf(local);
  return known.kind === 'given' && known.value.variables.some((one) => one.name === name && one.value === value);
}

/** `--secret A=value` would leave the value in the shell's history and the list of processes. */
function nameOf(name: string): string {
  if (!name.includes('=')) return name;
  const bare = name.slice(0, name.indexOf('='));
  throw new Failure(
    '--secret',
    'a secret value on the command line can be read by others',
    `leave the value out and type it when asked, or pipe it in: \`empire set --secret ${bare} < file\``,
    'usage-secret-value',
  );
}

function leftBehind(name: string, local: LocalApp): string {
  const app = appOf(local);
  const was = app.kind === 'given' && app.value.variables.some((variable) => variable.name === name);
  return was ? `note: ${name} was in \`env\`: its old value stays in git's history, so change it where it is used\n` : '';
}

function refuseNothing(given: ReadonlyMap<string, string>, { load, stdin, secret }: SetFlags): void {
  if (given.size > 0 || load !== undefined || stdin !== undefined || secret !== undefined) return;
  throw new Failure('set', 'nothing to set', 'write for example `empire set RACK_ENV=production`', 'usage-set-nothing');
}
