import type { Given } from '../model/given.js';
import type { JsonObject } from '../model/json.js';
import type { StackState } from '../model/windows.js';
import { objectAt } from '../plan/template-json.js';

/**
 * What CloudFormation is told. Values of the platform are never sent, since it looks them up itself; what the stack has is sent
 * again, since a parameter that is not named gets its default.
 *
 * @param changed the values this update changes; names that the template does not have are left out
 */
export function parameterValues(
  template: JsonObject,
  stack: Given<StackState>,
  changed: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const has = new Map(stack.kind === 'given' ? stack.value.parameters.map(({ name, value }) => [name, value]) : []);
  const values: Record<string, string> = {};
  for (const [name, definition] of Object.entries(objectAt(template['Parameters']))) {
    if (String(objectAt(definition)['Type']).startsWith('AWS::SSM::')) continue;
    const value = changed[name] ?? has.get(name);
    if (value !== undefined) values[name] = value;
  }
  return values;
}
