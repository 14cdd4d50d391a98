import type { App } from '../../lib/model/app.js';
import type { Json, JsonObject } from '../../lib/model/json.js';
import type { Platform } from '../../lib/model/platform.js';
import type { Resource } from '../../lib/model/template.js';
import { arnOf, filled, ref, resource, tags } from '../resource.js';

export interface RolePolicy {
  readonly name: string;
  readonly document: JsonObject;
}

interface RoleInput {
  readonly id: string;
  /** `ecs-tasks`, `scheduler`: who may take the role, for this account only. */
  readonly service: 'ecs-tasks' | 'scheduler';
  readonly policies: readonly RolePolicy[];
  readonly process?: string;
  readonly from: readonly string[];
  readonly notable?: Resource['notable'];
}

/** A role with inline policies only: a role and what it may do come and go together. */
export function role(app: App, platform: Platform, input: RoleInput): Resource {
  const { permissionsBoundary: boundary } = platform;
  return resource({
    id: input.id,
    type: 'AWS::IAM::Role',
    properties: filled({
      AssumeRolePolicyDocument: trust(input.service),
      PermissionsBoundary: boundary.kind === 'given' ? boundary.value : undefined,
      Policies: input.policies.map(({ name, document }) => ({ PolicyName: name, PolicyDocument: document })),
      Tags: tags(app, platform, input.process),
    }),
    from: input.from,
    notable: input.notable ?? {},
  });
}

/** A policy document of allowing statements. */
export const policyDocument = (statements: readonly JsonObject[]): JsonObject => ({
  Version: '2012-10-17',
  Statement: statements,
});

export const allow = (Action: Json, Resource: Json, Condition?: JsonObject): JsonObject => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition === undefined ? {} : { Condition }),
});

function trust(service: RoleInput['service']): JsonObject {
  const account = { StringEquals: { 'aws:SourceAccount': ref('AWS::AccountId') } };
  const condition = service === 'scheduler' ? account : { ...account, ArnLike: { 'aws:SourceArn': arnOf('ecs', '*') } };
  return policyDocument([
    { Effect: 'Allow', Principal: { Service: `${service}.amazonaws.com` }, Action: 'sts:AssumeRole', Condition: condition },
  ]);
}
