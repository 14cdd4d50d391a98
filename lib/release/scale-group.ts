import type { Json, JsonObject } from '../model/json.js';
import { objectAt } from '../plan/template-json.js';
import { idsOfType, propertiesOf, referencesOf, resourcesOf, typeOf } from './template-references.js';

export const SERVICE = 'AWS::ECS::Service';
export const SCHEDULE = 'AWS::Scheduler::Schedule';
const TARGET = 'AWS::ApplicationAutoScaling::ScalableTarget';
const POLICY = 'AWS::ApplicationAutoScaling::ScalingPolicy';
const ALARM = 'AWS::CloudWatch::Alarm';
const RULE = 'AWS::ElasticLoadBalancingV2::ListenerRule';

/** The autoscaling of one service: its range, the policies that move it and the alarms that wake it, in template order. */
export function autoscalingOf(template: JsonObject, service: string): readonly string[] {
  const targets = idsOfType(template, TARGET).filter((id) => referencesOf(propertiesOf(template, id)['ResourceId']).has(service));
  const policies = refersTo(template, POLICY, 'ScalingTargetId', targets);
  const alarms = refersTo(template, ALARM, 'AlarmActions', policies);
  const all = new Set([...targets, ...policies, ...alarms]);
  return Object.keys(resourcesOf(template)).filter((id) => all.has(id));
}

function refersTo(template: JsonObject, type: string, property: string, ids: readonly string[]): string[] {
  const names = (id: string) => referencesOf(propertiesOf(template, id)[property]);
  return idsOfType(template, type).filter((id) => ids.some((one) => names(id).has(one)));
}

/** Every resource that exists for scale alone, of all services. */
export function autoscalingResources(template: JsonObject): ReadonlySet<string> {
  return new Set(idsOfType(template, SERVICE).flatMap((service) => autoscalingOf(template, service)));
}

/** The rules that show the maintenance page. */
export const maintenanceRulesOf = (template: JsonObject): readonly string[] =>
  idsOfType(template, RULE).filter((id) => id.endsWith('Maintenance'));

/** `NightlySchedule2` → `Nightly`: all schedules of one cron process. */
export const scheduleFamily = (id: string): string => id.replace(/Schedule[0-9]*$/, '');

/** What a cron process does at a tick: whether at all, and with how many tasks. */
export interface TickScale {
  readonly state: Json | undefined;
  readonly tasks: Json | undefined;
}

export function tickScaleOf(template: JsonObject, schedule: string): TickScale {
  const properties = propertiesOf(template, schedule);
  return { state: properties['State'], tasks: objectAt(objectAt(properties['Target'])['EcsParameters'])['TaskCount'] };
}

/** A schedule's definition with another scale. */
export function withTickScale(definition: Json, { state, tasks }: TickScale): JsonObject {
  const properties = objectAt(objectAt(definition)['Properties']);
  const target = objectAt(properties['Target']);
  const parameters = withValue(objectAt(target['EcsParameters']), 'TaskCount', tasks);
  const aimed = { ...properties, Target: { ...target, EcsParameters: parameters } };
  return { ...objectAt(definition), Properties: withValue(aimed, 'State', state) };
}

/** A service's definition with another count; `undefined` leaves it to autoscaling. */
export function withCount(definition: Json, count: Json | undefined): JsonObject {
  const given = objectAt(definition);
  return { ...given, Properties: withValue(objectAt(given['Properties']), 'DesiredCount', count) };
}

/** A definition without all that is scale. `undefined`: it exists for scale, or for maintenance, alone. */
export function withoutScale(template: JsonObject, id: string, scaling: ReadonlySet<string>): JsonObject | undefined {
  const definition = resourcesOf(template)[id];
  if (definition === undefined || scaling.has(id) || maintenanceRulesOf(template).includes(id)) return undefined;
  switch (typeOf(template, id)) {
    case SERVICE:
      return withCount(definition, undefined);
    case SCHEDULE:
      return withTickScale(definition, { state: undefined, tasks: undefined });
    default:
      return objectAt(definition);
  }
}

/** The key stays where it is when it is there already. */
function withValue(properties: JsonObject, name: string, value: Json | undefined): JsonObject {
  if (value !== undefined) return { ...properties, [name]: value };
  const { [name]: _, ...rest } = properties;
  return rest;
}
