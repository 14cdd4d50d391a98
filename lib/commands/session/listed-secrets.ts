import { nearestOrigin } from '../../compile/source-map.js';
import type { App } from '../../model/app.js';
import type { Origins } from '../../model/problem.js';
import type { ListedSecret } from '../../view/secret-list.js';
import type { LocalApp } from './local.js';
import { Refusal } from './refusal.js';

/** The app's secrets with the lines that name them; refuses a directory that cannot be understood. */
export function listSecrets({ parsed, name }: Pick<LocalApp, 'parsed' | 'name'>): {
  readonly app: App;
  readonly origins: Origins;
  readonly secrets: readonly ListedSecret[];
} {
  const found = parsed.apps.find((each) => each.name === name);
  if (found === undefined || found.app.kind === 'none') throw new Refusal(parsed.problems);
  const { origins, app } = found;
  const secrets = app.value.secrets.map((secret) => {
    const origin = nearestOrigin(`/secrets/${secret.name}`, origins);
    return { secret, place: origin.kind === 'written' ? `${origin.file}:${origin.line}:${origin.column}` : '' };
  });
  return { app: app.value, origins, secrets };
}
