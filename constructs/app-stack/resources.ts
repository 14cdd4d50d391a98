import type { App } from '../../lib/model/app.js';
import type { Ledger } from '../../lib/model/ledger.js';
import type { Platform } from '../../lib/model/platform.js';
import type { Parameter, Resource, Template } from '../../lib/model/template.js';
import { autoscalingResources } from '../autoscaling/resources.js';
import type { IngressProblem } from '../ingress/refusals.js';
import { type Attachment, ingressResources } from '../ingress/resources.js';
import { logGroupResources } from '../log-group/resources.js';
import { PlatformReferences } from '../platform-references.js';
import { stackName } from '../resource.js';
import { roleResources } from '../roles/resources.js';
import { scheduledTaskResources } from '../scheduled-task/resources.js';
import { restartParameter, serviceResources } from '../service/resources.js';
import { type TaskProcess, taskDefinitionResources } from '../task-definition/resources.js';
import { outputsOf } from './outputs.js';
import { securityGroupResources } from './security-group.js';

/** A whole app as a template, and what the ingress has to say about it. */
export interface AppStackResources extends Template {
  readonly problems: readonly IngressProblem[];
}

/** State that is not in the directory: the release's number. */
const RELEASE: Parameter = { id: 'Release', type: 'String', default: 'none', description: 'Number of the release' };

/** Everything an app needs, in emission order: what the app shares, its ingress, then each process by name. */
export function appStackResources(app: App, platform: Platform, ledger: Ledger): AppStackResources {
  const references = new PlatformReferences(platform);
  const processes = app.processes.filter((process): process is TaskProcess => process.kind !== 'off');
  const ingress = ingressResources(app, platform, references, ledger);
  const resources = [
    ...sharedResources(app, platform, references, processes),
    ...ingress.resources,
    ...processes.flatMap((process) =>
      processResources(app, platform, references, process, ingress.attachments.get(process.name)),
    ),
  ];
  const restarts = processes.filter(({ kind }) => kind === 'service').map(({ name }) => restartParameter(name));
  return {
    stackName: stackName(platform, app.name),
    description: `${app.name} in ${app.environment}, by Empire`,
    parameters: [RELEASE, ...restarts, ...references.parameters()],
    resources,
    outputs: outputsOf(processes, ingress.url, ingress.privateName),
    problems: ingress.problems,
  };
}

/** Without a process there is only the log group, which outlives everything. */
function sharedResources(
  app: App,
  platform: Platform,
  references: PlatformReferences,
  processes: readonly TaskProcess[],
): Resource[] {
  const logs = logGroupResources(app, platform);
  if (processes.length === 0) return logs;
  return [...logs, ...roleResources(app, platform, processes), ...securityGroupResources(app, platform, references)];
}

function processResources(
  app: App,
  platform: Platform,
  references: PlatformReferences,
  process: TaskProcess,
  attachment: Attachment | undefined,
): Resource[] {
  const definition = taskDefinitionResources(app, platform, process);
  switch (process.kind) {
    case 'service':
      return [
        ...definition,
        ...serviceResources(app, platform, references, process, attachment),
        ...autoscalingResources(app, platform, references, process, attachment),
      ];
    case 'cron':
      return [...definition, ...scheduledTaskResources(app, platform, references, process)];
    case 'run-only':
    case 'release':
      return definition;
  }
}
