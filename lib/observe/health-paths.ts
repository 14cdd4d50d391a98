import type { Json, JsonObject } from '../model/json.js';

/** What a load balancer asks a process, for words such as `health check: 502 from /`. */
export interface HealthQuestion {
  /** Empty: a TCP connection. */
  readonly path: string;
  /** `200-499`. */
  readonly codes: string;
}

/** Health questions by process, from the template's target groups. */
export function healthQuestions(template: JsonObject): Readonly<Record<string, HealthQuestion>> {
  const found: Record<string, HealthQuestion> = {};
  for (const definition of Object.values(objectOf(template['Resources']))) {
    const { Type: type, Properties: written } = objectOf(definition);
    if (type !== 'AWS::ElasticLoadBalancingV2::TargetGroup') continue;
    const properties = objectOf(written);
    const process = processTag(properties['Tags']);
    if (process === undefined) continue;
    found[process] = { path: textOf(properties['HealthCheckPath']), codes: textOf(objectOf(properties['Matcher'])['HttpCode']) };
  }
  return found;
}

function processTag(tags: Json | undefined): string | undefined {
  if (!Array.isArray(tags)) return undefined;
  for (const tag of tags as readonly Json[]) {
    const { Key: key, Value: value } = objectOf(tag);
    if (key === 'empire:process' && typeof value === 'string') return value;
  }
  return undefined;
}

const objectOf = (value: Json | undefined): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
