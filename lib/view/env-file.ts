import type { App } from '../model/app.js';
import { renderSecretReference } from './values.js';

/**
 * The variables of an app as a file in the dialect of `env`, sorted by name: each in the quotes it was written with, secrets as
 * comments. Loaded again it says the same.
 */
export function renderEnvFile({ variables, secrets }: App, written: ReadonlyMap<string, string>): string {
  const lines = [
    ...variables.map(({ name }): [string, string] => [name, `${name}=${written.get(name) ?? ''}\n`]),
    ...secrets.map(({ name, reference }): [string, string] => [name, `# ${name}=${renderSecretReference(reference)}\n`]),
  ];
  return lines
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, line]) => line)
    .join('');
}

export function envJson({ name, variables, secrets }: App): object {
  return {
    app: name,
    variables: Object.fromEntries(variables.map((one) => [one.name, one.value])),
    secrets: Object.fromEntries(secrets.map((one) => [one.name, renderSecretReference(one.reference)])),
  };
}
