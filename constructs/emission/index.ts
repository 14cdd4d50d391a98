import { CfnDeletionPolicy, CfnOutput, CfnParameter, CfnResource, type CfnUpdatePolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { Failure } from '../../lib/failure.js';
import type { Problem } from '../../lib/model/problem.js';
import type { Output, Parameter, Resource } from '../../lib/model/template.js';

/** What goes into somebody's CDK tree. */
export interface Emitted {
  readonly parameters: readonly Parameter[];
  readonly resources: readonly Resource[];
  readonly outputs: readonly Output[];
}

/**
 * Puts plain resources into a CDK tree, with exactly their logical ids, in exactly their order; gives them by logical id.
 *
 * Generic resources, so that the template has the same bytes as without CDK: the classes of the CDK library reorder keys
 * and do not know the newest properties.
 */
export function emit(scope: Construct, emitted: Emitted): ReadonlyMap<string, CfnResource> {
  for (const { id, type, default: value, description } of emitted.parameters) {
    new CfnParameter(scope, id, { type, default: value, description }).overrideLogicalId(id);
  }
  const made = new Map<string, CfnResource>();
  for (const resource of emitted.resources) made.set(resource.id, emitResource(scope, resource));
  for (const resource of emitted.resources) connect(resource, made);
  for (const { id, value, description } of emitted.outputs) emitOutput(scope, id, value, description);
  return made;
}

function emitResource(scope: Construct, resource: Resource): CfnResource {
  refuseTokens(resource);
  const made = new CfnResource(scope, resource.id, { type: resource.type, properties: resource.properties });
  made.overrideLogicalId(resource.id);
  if (resource.updatePolicy.kind === 'given') made.cfnOptions.updatePolicy = resource.updatePolicy.value as CfnUpdatePolicy;
  if (resource.removal === 'retain') {
    made.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN;
    made.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
  }
  return made;
}

/** CDK takes such a text for one of its own tokens and would stop with a message about itself. */
function refuseTokens(resource: Resource): void {
  const written = /[$#]\{Token\[[^\]]*\]\}/.exec(JSON.stringify(resource.properties))?.[0];
  if (written === undefined) return;
  const hint = 'write the value another way, or use `empire synth`, which has no such words';
  throw new Failure(resource.id, `the text \`${written}\` has a meaning of its own in CDK`, hint, 'cdk-token');
}

function connect(resource: Resource, made: ReadonlyMap<string, CfnResource>): void {
  for (const id of resource.dependsOn) {
    const target = made.get(id);
    if (target !== undefined) made.get(resource.id)?.addResourceDependency(target);
  }
}

/** An output's construct has another id than its logical id: a resource may have that one. */
function emitOutput(scope: Construct, id: string, value: Output['value'], description: string): void {
  // A value is any intrinsic; CfnOutput's type says string, its code takes what resolves.
  new CfnOutput(scope, `Output${id}`, { value: value as string, description }).overrideLogicalId(id);
}

/** Throws when the model cannot become these resources; warnings are for the doors, which show them. */
export function refuseErrors(app: string, problems: readonly Problem[]): void {
  const error = problems.find(({ severity }) => severity === 'error');
  if (error !== undefined) throw new Failure(app, error.message, error.hint, error.code);
}
