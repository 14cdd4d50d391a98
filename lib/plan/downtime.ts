import type { PlanFinding, ProcessPlan, ResourceChange } from '../model/plan.js';
import { idPrefix } from './process-of.js';
import type { Sides } from './sides.js';
import { objectAt, type TemplateJson } from './template-json.js';

/** What makes an app answer nobody for a while. That a process chose `recreate` is only noted: its manifest says so. */
export function downtime(resources: readonly ResourceChange[], processes: readonly ProcessPlan[], sides: Sides): PlanFinding[] {
  return [...moved(sides), ...resources.flatMap(replacedInFront), ...processes.flatMap((process) => recreated(process, sides))];
}

/** A new service starts from nothing, and a new balancer has another address. */
function replacedInFront({ id, type, process, replacement }: ResourceChange): PlanFinding[] {
  if (replacement !== 'replace') return [];
  if (type === 'AWS::ECS::Service')
    return [{ kind: 'downtime', resource: id, text: `${process} is stopped and made anew: its service is replaced` }];
  if (type !== 'AWS::ElasticLoadBalancingV2::LoadBalancer') return [];
  return [
    {
      kind: 'downtime',
      resource: id,
      text: `${id} is replaced: names that point to the old one fail until DNS has forgotten it`,
    },
  ];
}

function recreated({ name, restarts }: ProcessPlan, { after }: Sides): PlanFinding[] {
  const id = `${idPrefix(name)}Service`;
  const configuration = objectAt(after.template.resources.get(id)?.Properties['DeploymentConfiguration']);
  if (!restarts || configuration['MinimumHealthyPercent'] !== 0 || configuration['MaximumPercent'] !== 100) return [];
  return [{ kind: 'note', resource: id, text: `${name} stops before its new tasks start, since its deploy is \`recreate\`` }];
}

/** Between balancers of its own and the platform's: the service leaves the old target groups before the new ones serve. */
function moved({ before, after }: Sides): PlanFinding[] {
  const [old, now] = [balancersOf(before.template), balancersOf(after.template)];
  if (old === now || old === 'none' || now === 'none') return [];
  const text =
    now === 'shared'
      ? "the app moves from load balancers of its own to the platform's, and does not answer meanwhile"
      : "the app moves from the platform's load balancers to its own, and does not answer meanwhile";
  return [{ kind: 'downtime', resource: 'InternalLoadBalancer', text }];
}

/** `shared`: rules on listeners that are not in the stack. */
function balancersOf({ resources }: TemplateJson): 'own' | 'shared' | 'none' {
  let own = false;
  for (const { Type, Properties } of resources.values()) {
    if (Type === 'AWS::ElasticLoadBalancingV2::ListenerRule') {
      const listener = objectAt(Properties['ListenerArn'])['Ref'];
      if (typeof listener !== 'string' || !resources.has(listener)) return 'shared';
    }
    if (Type === 'AWS::ElasticLoadBalancingV2::LoadBalancer' && Properties['Type'] === 'application') own = true;
  }
  return own ? 'own' : 'none';
}
