import type { Json, JsonObject } from '../model/json.js';
import { listAt, objectAt } from '../plan/template-json.js';
import { idsOfType, propertiesOf, referencesOf, typeOf } from './template-references.js';

/** What only the account knows and one update needs. */
export interface LiveFacts {
  /** Desired count by logical id of the service; services that do not exist are left out. */
  readonly desired: Readonly<Record<string, number>>;
  /** Weights by logical id of the rule, then of the target group. */
  readonly weights: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

export const NO_FACTS: LiveFacts = { desired: {}, weights: {} };

export const SERVICE = 'AWS::ECS::Service';
export const RULE = 'AWS::ElasticLoadBalancingV2::ListenerRule';
const TARGET = 'AWS::ApplicationAutoScaling::ScalableTarget';

/** What a rewrite depends on beside the template. */
export interface Rewrite {
  readonly facts: LiveFacts;
  readonly removes: boolean;
  readonly before: Json | undefined;
}

/** One resource as this update has it. */
export function rewriteResource(next: JsonObject, id: string, definition: Json, { facts, removes, before }: Rewrite): Json {
  switch (typeOf(next, id)) {
    case SERVICE: {
      const counted = withMinimum(definition, minimumOf(next, id), before === undefined ? undefined : (facts.desired[id] ?? 0));
      return removes ? withoutEarlySuccess(counted) : counted;
    }
    case RULE:
      return withWeights(definition, facts.weights[id]);
    default:
      return definition;
  }
}

/** Lowest count of a service whose count autoscaling decides; none when the template says the count. */
export function minimumOf(next: JsonObject, service: string): number | undefined {
  if ('DesiredCount' in propertiesOf(next, service)) return undefined;
  const target = idsOfType(next, TARGET).find((id) => referencesOf(propertiesOf(next, id)['ResourceId']).has(service));
  const minimum = target === undefined ? undefined : propertiesOf(next, target)['MinCapacity'];
  return typeof minimum === 'number' ? minimum : undefined;
}

/** A new service without a count starts at 1, and autoscaling does not lift 0: the minimum is written for one update. */
function withMinimum(definition: Json, minimum: number | undefined, live: number | undefined): Json {
  if (minimum === undefined || (live === undefined ? minimum === 1 : live >= minimum)) return definition;
  return withProperty(definition, 'DesiredCount', minimum);
}

/** Old tasks may not drain behind a release that takes away what they stand on. */
function withoutEarlySuccess(definition: Json): Json {
  const deployment = objectAt(objectAt(objectAt(definition)['Properties'])['DeploymentConfiguration']);
  const criteria = deployment['EarlySuccessCriteria'];
  if (criteria === undefined || objectAt(criteria)['Enable'] !== true) return definition;
  return withProperty(definition, 'DeploymentConfiguration', {
    ...deployment,
    EarlySuccessCriteria: { ...objectAt(criteria), Enable: false },
  });
}

/** ECS owns the weights of these rules: a change of anything else must not put them back. */
function withWeights(definition: Json, weights: Readonly<Record<string, number>> | undefined): Json {
  if (weights === undefined) return definition;
  const actions = listAt(objectAt(objectAt(definition)['Properties'])['Actions']).map((action): Json => {
    const forward = objectAt(objectAt(action)['ForwardConfig']);
    if (forward['TargetGroups'] === undefined) return action;
    const groups = listAt(forward['TargetGroups']).map((group): Json => {
      const [name] = referencesOf(objectAt(group)['TargetGroupArn']);
      const weight = name === undefined ? undefined : weights[name];
      return weight === undefined ? group : { ...objectAt(group), Weight: weight };
    });
    return { ...objectAt(action), ForwardConfig: { ...forward, TargetGroups: groups } };
  });
  return withProperty(definition, 'Actions', actions);
}

const withProperty = (definition: Json, name: string, value: Json): JsonObject => ({
  ...objectAt(definition),
  Properties: { ...objectAt(objectAt(definition)['Properties']), [name]: value },
});
