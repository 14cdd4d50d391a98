import { Failure } from '../failure.js';
import type { JsonObject } from '../model/json.js';
import type { StackState } from '../model/windows.js';
import type { StackServices } from '../observe/index.js';
import type { Engine } from './engine.js';
import { patiently } from './patience.js';
import {
  type Lookup,
  PLATFORM_NAMES,
  type PlatformPlaces,
  placementOf,
  platformPlacement,
  type RunPlacement,
} from './run-placement.js';

export interface PlacementInput {
  readonly stack: StackState;
  readonly template: JsonObject;
  /** Values of the platform, by template parameter. */
  readonly platform: Readonly<Record<string, string>>;
}

/** Where the app's other processes run; when there are none, where the platform says. */
export async function findPlacement(engine: Engine, input: PlacementInput, services: StackServices): Promise<RunPlacement> {
  const lookup = lookupIn(input, services);
  const own = placementOf(input.template, lookup);
  if (own !== undefined && own.subnets.length > 0) return own;
  const { prefix, environment } = engine.place;
  const root = `/${prefix}/${environment}/`;
  const values = await patiently(engine, () => engine.windows.parameters.values(PLATFORM_NAMES.map((name) => root + name)));
  const published = Object.entries(values).map(([name, value]) => [name.slice(root.length), value]);
  const placement = platformPlacement(input.template, lookup, Object.fromEntries(published) as PlatformPlaces);
  if (placement !== undefined) return placement;
  throw new Failure(
    `platform of ${environment}`,
    'it publishes no cluster or no subnets for the release process',
    'bring it up to date with `empire platform deploy`',
    'platform-missing',
  );
}

function lookupIn({ stack, platform }: PlacementInput, services: StackServices): Lookup {
  const values = stack.parameters.map(({ name, value, resolved }) => [name, resolved.kind === 'given' ? resolved.value : value]);
  const parameters = new Map([...Object.entries(platform), ...(values as [string, string][])]);
  if (services.securityGroup.kind === 'given') parameters.set('AppSecurityGroup.GroupId', services.securityGroup.value);
  return (name) => parameters.get(name);
}
