import { randomBytes } from 'node:crypto';
import { logicalId } from '../../../constructs/resource.js';
import { Failure } from '../../failure.js';
import type { App, SecretReference } from '../../model/app.js';
import type { AppDirectory } from '../../model/folder.js';
import type { Given } from '../../model/given.js';
import { editEnv } from '../../parse/env.js';
import { editSecrets } from '../../parse/secrets.js';
import type { Change } from './change.js';
import { configFile, layerName } from './config-files.js';
import { appOf } from './edit-and-release.js';
import type { FileEdit } from './edits.js';
import type { ReleaseFlags } from './flags.js';
import type { LocalApp } from './local.js';

/** What `empire set` was given. */
export interface Settings {
  readonly variables: ReadonlyMap<string, string>;
  readonly secret: Given<{ readonly name: string; readonly reference: SecretReference }>;
}

/** Variables into `env`, the reference of a secret into `secrets`. */
export function setChange({ variables, secret }: Settings, local: LocalApp, flags: ReleaseFlags): Change {
  const names = [...variables.keys(), ...(secret.kind === 'given' ? [secret.value.name] : [])];
  const said = names.join(', ');
  return {
    kind: 'config',
    describe: () => `Set ${said}`,
    edit: (_folder, app) => [
      ...envEdit(app, local.environment, variables, secret),
      ...(secret.kind === 'given' ? [secretEdit(app, local.environment, secret.value)] : []),
    ],
    pins: 'keep',
    asks: 'destructive',
    notes: () => [],
    parameters: (processes) => (secret.kind === 'given' ? restarts(secret.value.name, processes, appOf(local)) : {}),
    done: () => `Set ${said} on ${local.name}.`,
    flags,
  };
}

/** A secret leaves `env` of its own layer: a name may not be in both. */
function envEdit(
  app: AppDirectory,
  environment: string,
  set: ReadonlyMap<string, string>,
  secret: Settings['secret'],
): FileEdit[] {
  const file = configFile(app, layerName('env', environment));
  const moved = secret.kind === 'given' && file.written.has(secret.value.name) ? [secret.value.name] : [];
  if (set.size === 0 && moved.length === 0) return [];
  return [{ name: file.name, text: editEnv(file.text, { set, unset: new Set(moved) }, false) }];
}

function secretEdit(
  app: AppDirectory,
  environment: string,
  { name, reference }: { readonly name: string; readonly reference: SecretReference },
): FileEdit {
  const file = configFile(app, layerName('secrets', environment));
  return { name: file.name, text: editSecrets(file.text, { set: new Map([[name, reference]]), unset: new Set() }, false) };
}

/** ECS reads secrets only when a task starts. A process with a variable of that name does not use the secret. */
function restarts(secret: string, processes: readonly string[], app: Given<App>): Readonly<Record<string, string>> {
  if (app.kind === 'none' || !app.value.secrets.some(({ name }) => name === secret)) return {};
  const uses = app.value.processes.filter(
    (process) => process.kind === 'service' && !process.environment.some(({ name }) => name === secret),
  );
  const nonce = randomBytes(8).toString('hex');
  const names = uses.map(({ name }) => name).filter((name) => processes.includes(name));
  return Object.fromEntries(names.map((name) => [`${logicalId(name)}Restart`, nonce]));
}

/** A name that is a secret is not made a variable by the way. */
export function refuseSecretNames(names: Iterable<string>, local: LocalApp): void {
  const app = appOf(local);
  const secrets = new Set(app.kind === 'given' ? app.value.secrets.map(({ name }) => name) : []);
  for (const name of names) {
    if (!secrets.has(name)) continue;
    throw new Failure(
      name,
      `\`${name}\` is a secret of ${local.name}, and a variable would be readable in the template`,
      `change its value with \`empire set --secret ${name}\`, or first \`empire unset ${name}\``,
      'set-secret-name',
    );
  }
}
