import { type CfnResource, type IStackSynthesizer, LegacyStackSynthesizer, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { App } from '../../lib/model/app.js';
import type { Ledger } from '../../lib/model/ledger.js';
import type { Platform } from '../../lib/model/platform.js';
import type { Origins } from '../../lib/model/problem.js';
import { emit, refuseErrors } from '../emission/index.js';
import { ProcessHandles } from '../process-handles/index.js';
import { appStackResources } from './resources.js';

export interface AppStackProps {
  /** From `readApp`. */
  readonly app: App;
  /** From `readPlatform`. */
  readonly platform: Platform;
  /** Where the app's values were written; kept as metadata of the construct, never in the template. @default none */
  readonly origins?: Origins;
  /** Listener-rule numbers, when the platform's balancers are shared. @default none */
  readonly ledger?: Ledger;
}

/**
 * A whole app as a stack: the same bytes as `empire synth --json`, and no CDK bootstrap needed to deploy it.
 *
 * @example new AppStack(app, 'acme-inc', { app: readApp('apps/acme-inc'), platform: readPlatform('.') })
 */
export class AppStack extends Stack {
  private readonly resources: ReadonlyMap<string, CfnResource>;
  private readonly handles = new Map<string, ProcessHandles>();
  readonly origins: Origins;

  constructor(scope: Construct, id: string | undefined, props: AppStackProps) {
    const { stackName, description, problems, ...emitted } = appStackResources(props.app, props.platform, props.ledger ?? []);
    refuseErrors(props.app.name, problems);
    // Of all synthesizers only this one names no roles of a bootstrap: who runs `cdk deploy` deploys.
    // Its getters say `undefined` where the interface says "missing"; that is the same at run time.
    const synthesizer = new LegacyStackSynthesizer() as IStackSynthesizer;
    super(scope, id ?? stackName, { stackName, description, analyticsReporting: false, synthesizer });
    this.templateOptions.templateFormatVersion = '2010-09-09';
    this.origins = props.origins ?? new Map();
    this.resources = emit(this, emitted);
  }

  /** What people extend about one process: its task role, security group, service, target group. */
  process(name: string): ProcessHandles {
    const before = this.handles.get(name);
    if (before !== undefined) return before;
    const handles = new ProcessHandles(this, `Process-${name}`, name, this.resources);
    this.handles.set(name, handles);
    return handles;
  }
}
