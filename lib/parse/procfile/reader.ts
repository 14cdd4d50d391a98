import type { JsonObject } from '../../model/json.js';
import type { Problems } from '../../problems.js';
import type { ListNode, MapNode, ScalarNode, YamlNode } from '../yaml/node.js';

/**
 * How one kind of value is read, and the JSON schema of the same: one thing, so that they cannot differ.
 * `read` gives undefined after it has added a problem. `what` names the value in messages, e.g. `deploy.percent`.
 */
export interface Reader<T> {
  readonly read: (node: YamlNode, what: string, problems: Problems) => T | undefined;
  readonly schema: JsonObject;
}

const KINDS = { scalar: 'a single value', map: 'a map', list: 'a list' } as const;

/** A problem that says the value has another form than the key asks for. */
export function refuseForm(node: YamlNode, what: string, wanted: string, problems: Problems): undefined {
  const empty = node.kind === 'scalar' && node.isNull;
  problems.error('procfile-wrong-type', node.place, `\`${what}\` is ${empty ? 'empty' : KINDS[node.kind]}`, {
    ...(node.kind === 'scalar' && !empty ? { given: node.text } : {}),
    allowed: wanted,
    hint: `write ${wanted}`,
  });
  return undefined;
}

export function asScalar(node: YamlNode, what: string, wanted: string, problems: Problems): ScalarNode | undefined {
  return node.kind === 'scalar' && !node.isNull ? node : refuseForm(node, what, wanted, problems);
}

export function asList(node: YamlNode, what: string, wanted: string, problems: Problems): ListNode | undefined {
  return node.kind === 'list' ? node : refuseForm(node, what, wanted, problems);
}

export function asMap(node: YamlNode, what: string, wanted: string, problems: Problems): MapNode | undefined {
  return node.kind === 'map' ? node : refuseForm(node, what, wanted, problems);
}

export const isNotGiven = (node: YamlNode): boolean => node.kind === 'scalar' && node.isNull;
