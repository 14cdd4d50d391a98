import type { Json } from '../../model/json.js';
import type { World } from '../world.js';
import { refused } from './refusal.js';
import type { SimulatedParameter } from './state.js';
import type { ParsedTemplate } from './template.js';

const SSM = /^AWS::SSM::Parameter::Value<(.*)>$/;

/** The values of a template's parameters; those of SSM types are looked up now, as CreateChangeSet does. */
export function resolveParameters(
  world: World,
  template: ParsedTemplate,
  given: Readonly<Record<string, string>>,
): SimulatedParameter[] {
  const unknown = Object.keys(given).filter((name) => !template.parameters.has(name));
  if (unknown.length > 0) throw refused(`Parameters: [${unknown.join(', ')}] do not exist in the template`);
  const missing = [...template.parameters].filter(
    ([name, { default: value }]) => given[name] === undefined && value === undefined,
  );
  if (missing.length > 0) throw refused(`Parameters: [${missing.map(([name]) => name).join(', ')}] must have values`);
  const values = [...template.parameters].map(([name, { type, default: value }]) => ({
    name,
    type,
    value: given[name] ?? String(value),
  }));
  const lost = values.filter(({ type, value }) => SSM.test(type) && world.parameter(value) === undefined);
  if (lost.length > 0)
    throw refused(
      `Unable to fetch parameters [${lost.map(({ value }) => value).join(',')}] from parameter store for this account.`,
    );
  return values.map(({ name, type, value }) => ({
    name,
    value,
    resolved: SSM.test(type) ? (world.parameter(value) ?? null) : null,
  }));
}

/** What `Ref` of a parameter gives: lists for list types. */
export function parameterValue(parameter: SimulatedParameter, type: string): Json {
  const text = parameter.resolved ?? parameter.value;
  const plain = SSM.exec(type)?.[1] ?? type;
  if (plain.startsWith('List<') || plain === 'CommaDelimitedList') return text.split(',').map((item) => item.trim());
  return text;
}
