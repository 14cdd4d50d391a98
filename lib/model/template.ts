import type { Given } from './given.js';
import type { Json, JsonObject } from './json.js';

/** One CloudFormation resource, with the manifest values it came from. */
export interface Resource {
  /** Logical id: a public contract, held by goldens. */
  readonly id: string;
  /** e.g. `AWS::ECS::Service`. */
  readonly type: string;
  readonly properties: JsonObject;
  /** Logical ids that must exist first, besides those the properties refer to. */
  readonly dependsOn: readonly string[];
  /** What happens to the thing when the resource leaves the template. */
  readonly removal: 'delete' | 'retain';
  /** How CloudFormation goes about an update of it (`UpdatePolicy`); none: its own way. */
  readonly updatePolicy: Given<JsonObject>;
  /** JSON pointers into the App (see `Origins`), or `/KEY` of the platform file, of what made this resource; the first is the main one. */
  readonly from: readonly string[];
  /** Property path (`DesiredCount`, `ContainerDefinitions/0/Command`) → JSON pointer into the App. */
  readonly notable: { readonly [propertyPath: string]: string };
}

export interface Parameter {
  readonly id: string;
  /** e.g. `String`, `AWS::SSM::Parameter::Value<AWS::EC2::VPC::Id>`. */
  readonly type: string;
  readonly default: string;
  readonly description: string;
}

export interface Output {
  readonly id: string;
  readonly value: Json;
  readonly description: string;
}

/** A whole CloudFormation template, in emission order. */
export interface Template {
  readonly stackName: string;
  readonly description: string;
  readonly parameters: readonly Parameter[];
  readonly resources: readonly Resource[];
  readonly outputs: readonly Output[];
}

/** Place of a value as `file:line:column`, or `default`. */
export type SourceLocation = string;

/** Beside a template: which line of which file made each resource and notable property. */
export interface SourceMap {
  readonly stack: string;
  readonly resources: {
    readonly [logicalId: string]: {
      readonly type: string;
      readonly from: readonly SourceLocation[];
      readonly properties: { readonly [propertyPath: string]: SourceLocation };
    };
  };
}
