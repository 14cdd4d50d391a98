import { Failure } from '../failure.js';
import type { Json, JsonObject } from '../model/json.js';
import type { Windows } from '../model/windows.js';

/** Names of the platform's SSM parameters by template parameter, as the template's defaults say them. */
export function platformParameters(template: JsonObject): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [id, parameter] of Object.entries(objectAt(template, 'Parameters'))) {
    const { Type: type, Default: name } = isObject(parameter) ? parameter : {};
    if (typeof type === 'string' && type.startsWith('AWS::SSM::Parameter::Value<') && typeof name === 'string')
      found.set(id, name);
  }
  return found;
}

/**
 * What the platform published of what a template asks for, by template parameter.
 *
 * @throws Failure `platform-missing`: the platform was never deployed, or is older than what the template asks for
 */
export async function readPlatformValues(
  windows: Pick<Windows, 'parameters'>,
  template: JsonObject,
): Promise<Readonly<Record<string, string>>> {
  const names = platformParameters(template);
  if (names.size === 0) return {};
  const values = await windows.parameters.values([...new Set(names.values())].sort());
  const missing = [...names.values()].filter((name) => values[name] === undefined);
  if (missing.length > 0) throw refusePlatform(missing, names.size);
  return Object.fromEntries([...names].map(([id, name]) => [id, values[name] as string]));
}

/** All of them are missing: there is no platform. Some: it is older than this template. */
function refusePlatform(missing: readonly string[], asked: number): Failure {
  const environment = (missing[0] as string).split('/')[2] ?? 'default';
  const flag = environment === 'default' ? '' : ` -e ${environment}`;
  const names = [...new Set(missing)].map((name) => `\`${name}\``).join(', ');
  return missing.length === asked
    ? new Failure(
        `platform of ${environment}`,
        'it is not deployed in this account and region',
        `run \`empire platform deploy${flag}\``,
        'platform-missing',
      )
    : new Failure(
        `platform of ${environment}`,
        `it does not publish ${names}`,
        `bring it up to date: \`empire platform deploy${flag}\``,
        'platform-missing',
      );
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const objectAt = (parent: JsonObject, key: string): JsonObject => {
  const value = parent[key];
  return isObject(value) ? value : {};
};
