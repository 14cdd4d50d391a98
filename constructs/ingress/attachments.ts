import type { App } from '../../lib/model/app.js';
import type { JsonObject } from '../../lib/model/json.js';
import { ref } from '../resource.js';
import { advancedConfiguration, shiftingDeployment } from '../traffic-shift/resources.js';
import { containerWithPort, type ExposedProcess, exposedProcesses, isHttp, shiftsTraffic } from './exposed.js';
import type { Group } from './groups.js';
import type { IngressRule } from './rule.js';

/** What a service needs to stand behind the balancers. */
export interface Attachment {
  /** Items of the service's `LoadBalancers`. */
  readonly loadBalancers: readonly JsonObject[];
  /** Logical ids of the listeners and rules that forward to its groups, unless `loadBalancers` refers to them: a group without one refuses targets. */
  readonly dependsOn: readonly string[];
  /** Strategy part of the `DeploymentConfiguration`. */
  readonly deployment: JsonObject;
}

/** The attachment of each exposed process. `defaults`: listener id → the group of its default action. */
export function attachmentsOf(
  app: App,
  groups: readonly Group[],
  rules: readonly IngressRule[],
  defaults: ReadonlyMap<string, string>,
): ReadonlyMap<string, Attachment> {
  return new Map(
    exposedProcesses(app).map((process) => {
      const mine = groups.filter((group) => group.process === process);
      return [process.name, attachment(process, mine, rules, defaults)];
    }),
  );
}

function attachment(
  process: ExposedProcess,
  groups: readonly Group[],
  rules: readonly IngressRule[],
  defaults: ReadonlyMap<string, string>,
): Attachment {
  const ids = new Set(groups.map(({ id }) => id));
  const forwarding = rules.filter(({ action }) => action.kind === 'forward' && ids.has(action.group));
  const listeners = [...defaults].filter(([, group]) => ids.has(group)).map(([listener]) => listener);
  const shifts = isHttp(process) && shiftsTraffic(process);
  return {
    loadBalancers: groups.map((group) => loadBalancer(group, forwarding)),
    dependsOn: [...listeners, ...(shifts ? [] : forwarding.map(({ id }) => id))].sort(),
    deployment: shifts ? shiftingDeployment(process.deployment) : {},
  };
}

function loadBalancer(group: Group, rules: readonly IngressRule[]): JsonObject {
  const item = {
    ContainerName: containerWithPort(group.process, group.containerPort),
    ContainerPort: group.containerPort,
    TargetGroupArn: ref(group.id),
  };
  const production = rules.find(
    ({ action, condition }) => action.kind === 'forward' && action.group === group.id && !condition.test,
  );
  if (group.alternate === undefined || production === undefined) return item;
  return { ...item, AdvancedConfiguration: advancedConfiguration(group.id, production.id) };
}
