import type { PlacementConstraint, PlacementStrategy } from '../../model/app.js';
import type { Json, JsonObject } from '../../model/json.js';
import type { Problems } from '../../problems.js';
import type { ScalarNode, YamlNode } from '../yaml/node.js';
import { fields, plainListOf } from './form-readers.js';
import { asMap, type Reader } from './reader.js';
import { choice, text } from './scalar-readers.js';
import type { WrittenEcs } from './written-process.js';

const constraintFields = fields<{ type: PlacementConstraint['type']; expression: string }>(
  { type: choice(['memberOf', 'distinctInstance'] as const), expression: text },
  ['type'],
);
const constraint: Reader<PlacementConstraint> = {
  read(node, what, problems) {
    const found = constraintFields.read(node, what, problems);
    if (found?.type === undefined) return undefined;
    const { type, expression } = found;
    if ((type.value === 'memberOf') === (expression !== undefined)) {
      return {
        type: type.value,
        expression: expression === undefined ? { kind: 'none' } : { kind: 'given', value: expression.value },
      };
    }
    problems.error(
      'placement-expression',
      node.place,
      `\`${what}\` ${expression ? 'takes no expression' : 'needs an expression'}`,
      {
        given: type.value,
        allowed: '`memberOf` with an `expression`, `distinctInstance` without',
        hint: expression ? 'remove `expression`' : 'add `expression: …`',
      },
    );
    return undefined;
  },
  schema: constraintFields.schema,
};

const strategyFields = fields<{ type: PlacementStrategy['type']; field: string }>(
  { type: choice(['spread', 'binpack', 'random'] as const), field: text },
  ['type'],
);
const strategy: Reader<PlacementStrategy> = {
  read(node, what, problems) {
    const found = strategyFields.read(node, what, problems);
    if (found?.type === undefined) return undefined;
    return {
      type: found.type.value,
      field: found.field === undefined ? { kind: 'none' } : { kind: 'given', value: found.field.value },
    };
  },
  schema: strategyFields.schema,
};

/** Raw CloudFormation: numbers and booleans become what they look like, quoted ones stay text. */
const raw: Reader<JsonObject> = {
  read(node, what, problems: Problems) {
    const map = asMap(node, what, 'a map of CloudFormation properties', problems);
    return map === undefined ? undefined : (jsonOf(map) as JsonObject);
  },
  schema: { type: 'object' },
};

function jsonOf(node: YamlNode): Json {
  switch (node.kind) {
    case 'scalar':
      return scalarOf(node);
    case 'list':
      return node.items.map(jsonOf);
    case 'map': {
      const object: Record<string, Json> = Object.create(null);
      for (const { key, value } of node.entries) object[key.text] = jsonOf(value);
      return object;
    }
  }
}

function scalarOf(node: ScalarNode): Json {
  if (node.isNull) return null;
  if (node.style !== 'plain') return node.text;
  if (node.text === 'true' || node.text === 'false') return node.text === 'true';
  // Leading zeros and huge numbers are account ids and the like: text.
  return /^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,9})?$/.test(node.text) ? Number(node.text) : node.text;
}

/** `ecs`: placement on EC2, and properties Empire does not know yet. */
export const ecs: Reader<WrittenEcs> = fields<{ [K in keyof WrittenEcs]-?: NonNullable<WrittenEcs[K]>['value'] }>({
  placement_constraints: plainListOf(constraint, 'a list of `{type, expression}`'),
  placement_strategy: plainListOf(strategy, 'a list of `{type, field}`'),
  task: raw,
  service: raw,
  target_group: raw,
});
