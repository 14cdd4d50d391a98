import type { Json, JsonObject } from '../model/json.js';
import { listAt, objectAt, sameJson } from '../plan/template-json.js';
import { closureOf, parseTemplateObject, referencesOf, resourcesOf, typeOf } from './template-references.js';

/** The update before the update, and what it adds. */
export interface PreparedTemplate {
  readonly text: string;
  /** Logical ids that are new or wider, without the task definition itself. */
  readonly adds: readonly string[];
}

export const RELEASE_DEFINITION = 'ReleaseTaskDefinition';
const SECURITY_GROUP = 'AppSecurityGroup';

/**
 * What the release process must find: the running template plus the new release task definition and what it needs, new or wider
 * than what runs. For a new app that alone. None: there is no release process, or the stack has all of it.
 */
export function preparedTemplate(running: string | undefined, next: string): PreparedTemplate | undefined {
  const after = parseTemplateObject(next);
  if (!Object.hasOwn(resourcesOf(after), RELEASE_DEFINITION)) return undefined;
  const before = parseTemplateObject(running ?? '{}');
  const needed = neededResources(after, before);
  const changed = Object.keys(needed).filter((id) => !sameJson(needed[id], resourcesOf(before)[id]));
  if (changed.length === 0) return undefined;
  const resources = { ...resourcesOf(before), ...needed };
  const template = running === undefined ? newTemplate(after, resources) : widenedTemplate(before, after, resources);
  return { text: `${JSON.stringify(template, null, 1)}\n`, adds: changed.filter((id) => id !== RELEASE_DEFINITION) };
}

function neededResources(after: JsonObject, before: JsonObject): Record<string, Json> {
  const ids = closureOf(after, [RELEASE_DEFINITION, SECURITY_GROUP]);
  return Object.fromEntries(
    Object.keys(resourcesOf(after))
      .filter((id) => ids.has(id))
      .map((id) => [id, widened(id, resourcesOf(before)[id], resourcesOf(after)[id] as Json)]),
  );
}

/** What runs keeps all it has; the release process gets what it needs. */
function widened(id: string, before: Json | undefined, after: Json): Json {
  if (before === undefined || id === RELEASE_DEFINITION || objectAt(before)['Type'] !== objectAt(after)['Type']) return after;
  switch (objectAt(after)['Type']) {
    case 'AWS::IAM::Role':
      return withUnions(before, after, {
        Policies: unionOfPolicies,
        ManagedPolicyArns: union,
        AssumeRolePolicyDocument: unionOfStatements,
      });
    case 'AWS::EC2::SecurityGroup':
      return withUnions(before, after, { SecurityGroupEgress: union, SecurityGroupIngress: union });
    default:
      return before;
  }
}

type Union = (before: Json, after: Json) => Json;

/** The running definition, with these properties widened. */
function withUnions(before: Json, after: Json, unions: Readonly<Record<string, Union>>): Json {
  const [has, wants] = [objectAt(objectAt(before)['Properties']), objectAt(objectAt(after)['Properties'])];
  const properties: Record<string, Json> = { ...has };
  for (const [name, unite] of Object.entries(unions)) {
    const [a, b] = [has[name], wants[name]];
    if (b !== undefined) properties[name] = a === undefined ? b : unite(a, b);
  }
  return { ...objectAt(before), Properties: properties };
}

const union: Union = (before, after) => {
  const has = listAt(before);
  return [...has, ...listAt(after).filter((one) => !has.some((known) => sameJson(known, one)))];
};

const unionOfStatements: Union = (before, after) => ({
  ...objectAt(before),
  Statement: union(objectAt(before)['Statement'] ?? [], objectAt(after)['Statement'] ?? []),
});

/** By the policy's name. */
const unionOfPolicies: Union = (before, after) => {
  const byName = new Map(listAt(before).map((policy) => [objectAt(policy)['PolicyName'], policy]));
  for (const policy of listAt(after)) {
    const { PolicyName: name, PolicyDocument: document } = objectAt(policy);
    const known = byName.get(name);
    const united = known === undefined ? policy : uniteDocuments(known, document as Json);
    byName.set(name, united);
  }
  return [...byName.values()];
};

const uniteDocuments = (policy: Json, document: Json): Json => ({
  ...objectAt(policy),
  PolicyDocument: unionOfStatements(objectAt(policy)['PolicyDocument'] ?? {}, document),
});

/** The running template with these resources, and the parameters that they bring. */
function widenedTemplate(before: JsonObject, after: JsonObject, resources: JsonObject): JsonObject {
  const has = objectAt(before['Parameters']);
  return { ...before, Parameters: { ...has, ...parametersFor(after, resources, has) }, Resources: resources };
}

/** A stack of these resources alone: its parameters and those outputs that stay valid. */
function newTemplate(after: JsonObject, resources: JsonObject): JsonObject {
  const outputs = Object.entries(objectAt(after['Outputs'])).filter(([, output]) =>
    [...referencesOf(output)].every((name) => typeOf(after, name) === '' || Object.hasOwn(resources, name)),
  );
  const parameters = { Release: objectAt(after['Parameters'])['Release'] as Json, ...parametersFor(after, resources, {}) };
  return { ...after, Parameters: parameters, Resources: resources, Outputs: Object.fromEntries(outputs) };
}

/** What the resources refer to and the stack does not have. */
function parametersFor(after: JsonObject, resources: JsonObject, has: JsonObject): Record<string, Json> {
  const names = referencesOf(resources);
  return Object.fromEntries(
    Object.entries(objectAt(after['Parameters'])).filter(([name]) => names.has(name) && !Object.hasOwn(has, name)),
  );
}
