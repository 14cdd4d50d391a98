import type { Folder } from '../model/folder.js';
import type { Problems } from '../problems.js';
import { sortedByName } from './files.js';
import { didYouMean } from './nearest.js';

const PATTERN = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Whether this can be the name of an environment other than the default one. */
export function isEnvironmentName(name: string): boolean {
  return name.length <= 20 && PATTERN.test(name) && name !== 'default';
}

/** The environments that exist: `default` first, then one for every `platform.<environment>`, sorted. */
export function environmentsOf(folder: Folder): string[] {
  const named = sortedByName(folder.platforms)
    .map(({ name }) => name.slice('platform.'.length))
    .filter(isEnvironmentName);
  return ['default', ...new Set(named)];
}

/** Refuses platform files whose suffix cannot be an environment. */
export function checkEnvironmentNames(folder: Folder, problems: Problems): void {
  for (const entry of sortedByName(folder.platforms)) {
    if (entry.name === 'platform') continue;
    const name = entry.name.slice('platform.'.length);
    if (isEnvironmentName(name)) continue;
    const reserved = name === 'default';
    problems.error('environment-name', { kind: 'file', file: entry.path }, `\`${name}\` is not a name for an environment`, {
      given: name,
      allowed: 'at most 20 lower-case letters, digits and single dashes, starting with a letter',
      hint: reserved ? 'the default environment is described by `platform`' : 'rename the file',
    });
  }
}

/** Refuses to select an environment that does not exist. */
export function checkEnvironment(environment: string, environments: readonly string[], problems: Problems): boolean {
  if (environments.includes(environment)) return true;
  problems.error(
    'environment-unknown',
    { kind: 'file', file: `platform.${environment}` },
    `there is no environment \`${environment}\``,
    {
      given: environment,
      allowed: environments.join(', '),
      hint: didYouMean(environment, environments, `create \`platform.${environment}\`, or select another with -e`),
    },
  );
  return false;
}
