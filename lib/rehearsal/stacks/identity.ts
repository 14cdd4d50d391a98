import type { Json, JsonObject } from '../../model/json.js';
import type { World } from '../world.js';
import { mintLetters } from './mint.js';
import type { SimulatedResource } from './state.js';

/** What `Ref` and `Fn::GetAtt` of a thing give. */
export type Identity = Pick<SimulatedResource, 'physicalId' | 'attributes'>;

export interface Birth {
  readonly world: World;
  /** Name of the stack. */
  readonly stack: string;
  /** Logical id. */
  readonly id: string;
  readonly properties: JsonObject;
}

export type Maker = (birth: Birth) => Identity;

export const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

export const arn = ({ world }: Birth, service: string, rest: string, region = world.region): string =>
  `arn:${world.partition}:${service}:${region}:${world.account}:${rest}`;

/** As CloudFormation makes up a name where none is given. */
export const made = ({ world, stack, id }: Birth, longest: number): string =>
  `${`${stack}-${id}`.slice(0, longest - 13)}-${mintLetters(world, 12)}`;

export const plain = (physicalId: string, attributes: Record<string, string> = {}): Identity => ({ physicalId, attributes });
