import type { Json, JsonObject } from '../model/json.js';
import { isObject, listAt, objectAt } from '../plan/template-json.js';
import { RELEASE_DEFINITION } from './prepared-template.js';
import { idsOfType, propertiesOf } from './template-references.js';

/** Where a task of the app runs. */
export interface RunPlacement {
  readonly cluster: string;
  readonly subnets: readonly string[];
  readonly securityGroups: readonly string[];
  readonly publicAddress: boolean;
  readonly capacityProvider: string;
}

/** What a template's names stand for: parameters by name, resources by logical id or `id.attribute`. */
export type Lookup = (name: string) => string | undefined;

/** The platform's parameters, for an app of which no process says where tasks run. */
export const PLATFORM_NAMES = [
  'cluster-name',
  'private-subnets',
  'public-subnets',
  'app-tasks-group',
  'capacity-provider',
] as const;
export type PlatformPlaces = Readonly<Partial<Record<(typeof PLATFORM_NAMES)[number], string>>>;

/** Where the app's other processes run. None: no process says. */
export function placementOf(template: JsonObject, lookup: Lookup): RunPlacement | undefined {
  const network = networkOf(template);
  const cluster = lookup('PlatformClusterName');
  if (network === undefined || cluster === undefined) return undefined;
  return {
    cluster,
    subnets: valuesOf(network['Subnets'], lookup),
    securityGroups: valuesOf(network['SecurityGroups'], lookup),
    publicAddress: network['AssignPublicIp'] === 'ENABLED',
    capacityProvider: capacityOf(template, lookup('PlatformCapacityProvider')),
  };
}

/** From what the platform publishes: without private subnets there is no NAT, so that a task needs an address to pull its image. */
export function platformPlacement(template: JsonObject, lookup: Lookup, places: PlatformPlaces): RunPlacement | undefined {
  const subnets = places['private-subnets'] ?? places['public-subnets'];
  const cluster = places['cluster-name'];
  if (cluster === undefined || subnets === undefined) return undefined;
  const groups = [lookup('AppSecurityGroup.GroupId'), places['app-tasks-group']];
  return {
    cluster,
    subnets: subnets.split(','),
    securityGroups: groups.filter((group) => group !== undefined),
    publicAddress: places['private-subnets'] === undefined,
    capacityProvider: capacityOf(template, places['capacity-provider']),
  };
}

function networkOf(template: JsonObject): JsonObject | undefined {
  const services = idsOfType(template, 'AWS::ECS::Service').map((id) => propertiesOf(template, id)['NetworkConfiguration']);
  const schedules = idsOfType(template, 'AWS::Scheduler::Schedule').map((id) => {
    const target = objectAt(propertiesOf(template, id)['Target']);
    return objectAt(target['EcsParameters'])['NetworkConfiguration'];
  });
  const found = [...services, ...schedules].map((one) => objectAt(one)['AwsvpcConfiguration']).find(isObject);
  return found;
}

function capacityOf(template: JsonObject, provider: string | undefined): string {
  const needs = listAt(propertiesOf(template, RELEASE_DEFINITION)['RequiresCompatibilities']);
  return needs.includes('EC2') && provider !== undefined ? provider : 'FARGATE';
}

/** A list, or a name that stands for one. */
function valuesOf(value: Json | undefined, lookup: Lookup): string[] {
  return listAt(value).flatMap((one) => {
    const found = textOf(one, lookup);
    return found === undefined ? [] : found.split(',');
  });
}

function textOf(value: Json, lookup: Lookup): string | undefined {
  if (typeof value === 'string') return value;
  const { Ref: name, 'Fn::GetAtt': attribute } = objectAt(value);
  if (typeof name === 'string') return lookup(name);
  return attribute === undefined ? undefined : lookup(listAt(attribute).map(String).join('.'));
}
