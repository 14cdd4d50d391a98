import { type CfnResource, type IStackSynthesizer, LegacyStackSynthesizer, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { Failure } from '../../lib/failure.js';
import type { Ground } from '../../lib/model/ground.js';
import type { Origins } from '../../lib/model/problem.js';
import { emit } from '../emission/index.js';
import { platformStackResources } from './resources.js';

export interface PlatformStackProps {
  /** From `readGround`. */
  readonly ground: Ground;
  /** Where the keys of the platform file were written; kept beside the construct, never in the template. @default none */
  readonly origins?: Origins;
}

/**
 * The shared ground of an environment as a stack: the same bytes as `empire platform synth --json`, and no CDK bootstrap needed.
 *
 * @example new PlatformStack(app, undefined, { ground: readGround('apps/acme-inc') })
 */
export class PlatformStack extends Stack {
  private readonly resources: ReadonlyMap<string, CfnResource>;
  readonly origins: Origins;

  constructor(scope: Construct, id: string | undefined, props: PlatformStackProps) {
    const { stackName, description, ...emitted } = platformStackResources(props.ground);
    // Of all synthesizers only this one names no roles of a bootstrap: who runs `cdk deploy` deploys.
    // Its getters say `undefined` where the interface says "missing"; that is the same at run time.
    const synthesizer = new LegacyStackSynthesizer() as IStackSynthesizer;
    super(scope, id ?? stackName, { stackName, description, analyticsReporting: false, synthesizer });
    this.templateOptions.templateFormatVersion = '2010-09-09';
    this.origins = props.origins ?? new Map();
    this.resources = emit(this, emitted);
  }

  /**
   * One resource by its logical id, for what people add: routes of their own, a peering, alarms.
   *
   * @throws Failure when this platform does not make it
   */
  resource(id: string): CfnResource {
    const found = this.resources.get(id);
    if (found !== undefined) return found;
    const hint = `it has: ${[...this.resources.keys()].sort().join(', ')}`;
    throw new Failure(this.stackName, `the platform makes no \`${id}\``, hint, 'platform-no-resource');
  }
}
