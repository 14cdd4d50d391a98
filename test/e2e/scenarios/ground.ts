import type { JsonObject } from '../../../lib/model/json.js';

/** What a scenario finds, made by means that the windows do not have. */
export interface Ground {
  bucket(name: string): Promise<void>;
  noBucket(name: string): Promise<void>;
  /** A plain SSM parameter. */
  parameter(name: string, value: string): Promise<void>;
  noParameter(name: string): Promise<void>;
  /** Gives the ARN. */
  secret(name: string): Promise<string>;
  noSecret(name: string): Promise<void>;
  /** Gives the ARN of a certificate for `other.example.com`. */
  certificate(status: 'ISSUED' | 'PENDING_VALIDATION'): Promise<string>;
  repository(name: string): Promise<void>;
  /** Pushes another image, for both architectures, under a tag in the repository of that name. */
  push(repository: string, tag: string): Promise<void>;
  /** Deletes an image, whatever its tags. */
  noImage(repository: string, digest: string): Promise<void>;
  cluster(name: string): Promise<void>;
  /** Gives a subnet and a security group. */
  network(): Promise<Network>;
  /** Properties as a template has them; gives the ARN. */
  taskDefinition(properties: JsonObject): Promise<string>;
  logGroup(name: string): Promise<void>;
}

export interface Network {
  readonly subnet: string;
  readonly group: string;
}

export const ACCOUNT = '123456789012';
export const REGION = 'us-east-1';
export const REGISTRY = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com`;
