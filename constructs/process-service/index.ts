import type { Construct } from 'constructs';
import { Failure } from '../../lib/failure.js';
import type { App } from '../../lib/model/app.js';
import type { Ledger } from '../../lib/model/ledger.js';
import type { Platform } from '../../lib/model/platform.js';
import { appStackResources } from '../app-stack/resources.js';
import { emit, refuseErrors } from '../emission/index.js';
import { ProcessHandles } from '../process-handles/index.js';

export interface ProcessServiceProps {
  readonly app: App;
  readonly platform: Platform;
  /** The process's name in the Procfile. @default 'web' */
  readonly process?: string;
  /** Listener-rule numbers, when the platform's balancers are shared. @default none */
  readonly ledger?: Ledger;
}

/**
 * One process of an app, with everything it needs (roles, log group, security group, balancer), in a stack of yours.
 *
 * Its logical ids are those of the app's own stack, so a stack holds one of them.
 */
export class ProcessService extends ProcessHandles {
  constructor(scope: Construct, id: string, props: ProcessServiceProps) {
    const name = props.process ?? 'web';
    super(scope, id, name);
    const processes = props.app.processes.filter((process) => process.name === name);
    if (processes.length === 0) throw unknownProcess(props.app, name);
    const { parameters, resources, problems } = appStackResources(
      { ...props.app, processes },
      props.platform,
      props.ledger ?? [],
    );
    refuseErrors(props.app.name, problems);
    this.resources = emit(this, { parameters, resources, outputs: [] });
  }
}

function unknownProcess(app: App, name: string): Failure {
  const known = app.processes.map((process) => process.name).join(', ');
  return new Failure(app.name, `there is no process \`${name}\``, `the processes are: ${known}`, 'process-unknown');
}
