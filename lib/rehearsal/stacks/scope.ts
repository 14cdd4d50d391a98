import type { Json } from '../../model/json.js';
import type { World } from '../world.js';
import type { Scope } from './evaluate.js';
import { parameterValue } from './parameters.js';
import { refused } from './refusal.js';
import type { SimulatedParameter, SimulatedStack } from './state.js';
import type { ParsedTemplate } from './template.js';

/** What names stand for in a stack as it is now. */
export function stackScope(
  world: World,
  stack: SimulatedStack,
  template: ParsedTemplate,
  parameters: readonly SimulatedParameter[] = stack.parameters,
): Scope {
  const values = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  return {
    ref(name): Json {
      const declared = template.parameters.get(name);
      const value = values.get(name);
      if (declared !== undefined && value !== undefined) return parameterValue(value, declared.type);
      return pseudo(world, stack, name) ?? stack.resources[name]?.physicalId ?? unresolved(name);
    },
    attribute(id, name): Json {
      const resource = stack.resources[id] ?? unresolved(id);
      const value = resource.attributes[name];
      if (value === undefined) throw refused(`Requested attribute ${name} does not exist in schema for ${resource.type}`);
      return value;
    },
  };
}

/** User guide, "Pseudo parameters reference". */
function pseudo(world: World, stack: SimulatedStack, name: string): string | undefined {
  const values: Readonly<Record<string, string>> = {
    'AWS::AccountId': world.account,
    'AWS::Region': world.region,
    'AWS::Partition': world.partition,
    'AWS::URLSuffix': world.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
    'AWS::StackName': stack.name,
    'AWS::StackId': stack.id,
  };
  return values[name];
}

function unresolved(name: string): never {
  throw refused(`Template error: instance of Fn::GetAtt or Ref references undefined resource ${name}`);
}
