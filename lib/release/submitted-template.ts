import type { Json, JsonObject } from '../model/json.js';
import { sameJson } from '../plan/template-json.js';
import { nudged } from './forced-resources.js';
import {
  idsOfType,
  parseTemplateObject,
  propertiesOf,
  reachOf,
  referencesOf,
  resourcesOf,
  typeOf,
} from './template-references.js';
import { type LiveFacts, minimumOf, RULE, rewriteResource, SERVICE } from './template-rewrites.js';

export interface SubmittedInput {
  /** The template as compiled. */
  readonly next: string;
  /** What the stack has. */
  readonly running: string | undefined;
  /** The release whose template the stack has, or had before a `prepare`; only when it was not submitted as it was compiled. */
  readonly base: { readonly compiled: string; readonly submitted: string } | undefined;
  readonly facts: LiveFacts;
  /** Names of parameters whose value this update changes, the platform's included. */
  readonly parameters: readonly string[];
  /** Resources that CloudFormation believes right and that are not, and the release that says so. */
  readonly forced: readonly string[];
  readonly release: string;
}

export interface Submitted {
  readonly text: string;
  /** Resources that differ from the template as compiled. */
  readonly rewritten: readonly string[];
}

/**
 * The template for this one update: the compiled one, with what only the account knows. A resource that this release does not
 * touch keeps what it was given before, so that taking a setting back never becomes a change of its own.
 */
export function submittedTemplate(input: SubmittedInput): Submitted {
  const next = parseTemplateObject(input.next);
  const running = parseTemplateObject(input.running ?? '{}');
  const touched = touchedBy(next, running, input);
  const removes = removesGround(running, next);
  const resources: Record<string, Json> = {};
  const rewritten: string[] = [];
  for (const [id, definition] of Object.entries(resourcesOf(next))) {
    const before = resourcesOf(running)[id];
    const kept = before !== undefined && !touched.has(id) ? before : definition;
    const given = rewriteResource(next, id, kept, { facts: input.facts, removes: removes && touched.has(id), before });
    resources[id] = input.forced.includes(id) ? nudged(given, input.release) : given;
    if (!sameJson(resources[id], definition)) rewritten.push(id);
  }
  if (rewritten.length === 0) return { text: input.next, rewritten };
  return { text: `${JSON.stringify({ ...next, Resources: resources }, null, 1)}\n`, rewritten };
}

/** What this update changes, and everything that a change of it can reach. */
function touchedBy(next: JsonObject, running: JsonObject, { base, parameters }: SubmittedInput): ReadonlySet<string> {
  const compiled = base === undefined ? running : parseTemplateObject(base.compiled);
  const submitted = base === undefined ? running : parseTemplateObject(base.submitted);
  const changed = Object.entries(resourcesOf(next)).filter(
    ([id, definition]) =>
      !sameJson(definition, resourcesOf(compiled)[id]) || !sameJson(resourcesOf(running)[id], resourcesOf(submitted)[id]),
  );
  return reachOf(next, new Set([...changed.map(([id]) => id), ...parameters]));
}

const GROUND = [
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::ElasticLoadBalancingV2::TargetGroup',
  'AWS::EC2::SecurityGroup',
];

function removesGround(running: JsonObject, next: JsonObject): boolean {
  return Object.keys(resourcesOf(running)).some(
    (id) => GROUND.includes(typeOf(running, id)) && typeOf(next, id) !== typeOf(running, id),
  );
}

/** Whether the account must be asked, and about what. */
export function factsNeeded(
  next: string,
  running: string | undefined,
): { readonly services: readonly string[]; readonly rules: readonly string[] } {
  if (running === undefined) return { services: [], rules: [] };
  const [after, before] = [parseTemplateObject(next), parseTemplateObject(running)];
  const services = idsOfType(after, SERVICE).filter((id) => typeOf(before, id) === SERVICE && (minimumOf(after, id) ?? 0) > 0);
  const changed = Object.keys(resourcesOf(after)).filter((id) => !sameJson(resourcesOf(after)[id], resourcesOf(before)[id]));
  // also one that only refers to what is replaced: CloudFormation then writes all of its actions again
  const reached = reachOf(after, new Set(changed));
  const rules = idsOfType(after, RULE).filter((id) => {
    const shifts = referencesOf(propertiesOf(after, id)['Actions']).size > 1;
    return shifts && typeOf(before, id) === RULE && reached.has(id);
  });
  return { services, rules };
}
