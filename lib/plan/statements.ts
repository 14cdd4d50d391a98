import type { Json, JsonObject } from '../model/json.js';
import { isObject, listAt, objectAt, type ResourceJson } from './template-json.js';

/** One thing that a policy allows or forbids: one action, on one thing, to one principal, under one condition. */
export interface Grant {
  readonly effect: 'Allow' | 'Deny';
  readonly action: string;
  readonly not: boolean;
  /** JSON text, as are the others. */
  readonly resource: string;
  readonly principal: string;
  readonly condition: Json;
}

/** Everything that the policies in a resource say, whichever properties they are in. */
export function grantsOf({ Type, Properties }: ResourceJson): Grant[] {
  const grants = documentsIn(Properties).flatMap((document) =>
    listAt(document['Statement']).map(objectAt).flatMap(fromStatement),
  );
  const managed = listAt(Properties['ManagedPolicyArns']).map((arn): Grant => plain('everything in the policy', arn));
  const permission =
    Type === 'AWS::Lambda::Permission' ? [plain(String(Properties['Action']), Properties['Principal'] ?? '*')] : [];
  return [...grants, ...managed, ...permission];
}

const plain = (action: string, resource: Json): Grant => ({
  effect: 'Allow',
  action,
  not: false,
  resource: JSON.stringify(resource),
  principal: '',
  condition: {},
});

/** Policy documents: objects with a `Statement`, at any depth. */
function documentsIn(value: Json): JsonObject[] {
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(documentsIn);
  if (!isObject(value)) return [];
  return 'Statement' in value ? [value] : Object.values(value).flatMap(documentsIn);
}

function fromStatement(statement: JsonObject): Grant[] {
  const not = 'NotAction' in statement;
  const actions = listAt(statement[not ? 'NotAction' : 'Action']).map(String);
  const things = 'NotResource' in statement ? [{ not: statement['NotResource'] as Json }] : listAt(statement['Resource'] ?? '*');
  const who =
    'NotPrincipal' in statement
      ? [`everybody but ${JSON.stringify(statement['NotPrincipal'])}`]
      : principals(statement['Principal']);
  const effect = statement['Effect'] === 'Deny' ? 'Deny' : 'Allow';
  const condition = statement['Condition'] ?? {};
  // `NotAction: [a, b]` is one grant: everything but these.
  const asked = not ? [actions.toSorted().join(', ')] : actions;
  return asked.flatMap((action) =>
    things.flatMap((resource) =>
      who.map((principal) => ({ effect, action, not, resource: JSON.stringify(resource), principal, condition }) as const),
    ),
  );
}

function principals(value: Json | undefined): string[] {
  if (value === undefined) return [''];
  if (!isObject(value)) return listAt(value).map(String);
  return Object.entries(value).flatMap(([kind, names]) =>
    listAt(names).map((name) => `${kind} ${typeof name === 'string' ? name : JSON.stringify(name)}`),
  );
}
