import type { Json, JsonObject } from '../model/json.js';
import { idPrefix, type Owners } from './process-of.js';
import { isObject, listAt, objectAt, type ResourceJson, type TemplateJson } from './template-json.js';

/** What a template says about one process. Absent resources are `undefined`: this never leaves the room. */
export interface ProcessFacts {
  readonly containers: readonly JsonObject[];
  readonly size: string;
  /** `2`, `2-10`, `off`; empty when it has none. */
  readonly count: string;
  readonly schedule: string;
  readonly service: JsonObject | undefined;
  readonly targetGroups: readonly JsonObject[];
}

/** What a template says about a process; undefined when it has nothing of it. */
export function factsOf(process: string, template: TemplateJson, owners: Owners): ProcessFacts | undefined {
  const own = [...template.resources].filter(([id, resource]) => owners.processOf(id, resource) === process);
  if (own.length === 0) return undefined;
  const ofType = (type: string): ResourceJson[] => own.flatMap(([, resource]) => (resource.Type === type ? [resource] : []));
  const definition = ofType('AWS::ECS::TaskDefinition')[0]?.Properties ?? {};
  const service = template.resources.get(`${idPrefix(process)}Service`)?.Properties ?? ofType('AWS::ECS::Service')[0]?.Properties;
  const schedules = ofType('AWS::Scheduler::Schedule').map(({ Properties }) => Properties);
  const range = ofType('AWS::ApplicationAutoScaling::ScalableTarget')[0]?.Properties;
  return {
    containers: listAt(definition['ContainerDefinitions']).map(objectAt),
    size: 'Cpu' in definition ? `${text(definition['Cpu'])}:${text(definition['Memory'])}mb` : '',
    count: countOf(service, range, schedules),
    schedule: schedules.map(scheduleText).join(', '),
    service,
    targetGroups: ofType('AWS::ElasticLoadBalancingV2::TargetGroup').map(({ Properties }) => Properties),
  };
}

function countOf(service: JsonObject | undefined, range: JsonObject | undefined, schedules: readonly JsonObject[]): string {
  if (service !== undefined && 'DesiredCount' in service) return text(service['DesiredCount']);
  if (range !== undefined) return `${text(range['MinCapacity'])}-${text(range['MaxCapacity'])}`;
  const [schedule] = schedules;
  if (schedule === undefined) return '';
  return schedule['State'] === 'DISABLED' ? '0' : text(objectAt(objectAt(schedule['Target'])['EcsParameters'])['TaskCount'] ?? 1);
}

function scheduleText(schedule: JsonObject): string {
  const zone = text(schedule['ScheduleExpressionTimezone'] ?? 'UTC');
  return `${text(schedule['ScheduleExpression'])}${zone === 'UTC' ? '' : ` ${zone}`}`;
}

/** A value as a person reads it: intrinsic functions as they are written. */
export function text(value: Json | undefined): string {
  if (value === undefined) return '';
  if (isObject(value) && typeof value['Fn::Sub'] === 'string') return value['Fn::Sub'];
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A value in a sentence: what it refers to, and ARNs of the stack's own account without their long beginning. */
export function said(value: Json): string {
  if (isObject(value) && typeof value['Ref'] === 'string') return value['Ref'];
  if (isObject(value) && Array.isArray(value['Fn::GetAtt'])) return String((value['Fn::GetAtt'] as readonly Json[])[0]);
  return text(value).replace(/^arn:\$\{AWS::Partition\}:([a-z0-9-]+):\$\{AWS::Region\}:\$\{AWS::AccountId\}:/, '$1:');
}
