import type { Plan, PlanFinding, ProcessPlan, ResourceChange } from '../model/plan.js';
import { dataLoss } from './data-loss.js';
import { downtime } from './downtime.js';
import { broaderNetwork } from './network.js';
import { broaderPermissions } from './permissions.js';
import type { Side, Sides } from './sides.js';

const ORDER: readonly PlanFinding['kind'][] = ['data-loss', 'downtime', 'broader-permissions', 'broader-network', 'note'];

/** What needs `--allow`, or an eye; the worst first. Where there was nothing, nothing is broadened and nothing is lost. */
export function findingsOf(
  kind: Plan['kind'],
  resources: readonly ResourceChange[],
  processes: readonly ProcessPlan[],
  sides: Sides,
): PlanFinding[] {
  if (kind === 'create' || isOnlyPrepared(sides.before)) return [];
  const found = [
    ...dataLoss(resources, sides),
    ...downtime(resources, processes, sides),
    ...broaderPermissions(sides),
    ...broaderNetwork(resources, sides),
  ];
  return found
    .map((finding, at) => ({ finding, at }))
    .sort((a, b) => ORDER.indexOf(a.finding.kind) - ORDER.indexOf(b.finding.kind) || a.at - b.at)
    .map(({ finding }) => finding);
}

/** A first deploy that failed may leave a stack with nothing but the ground for its release process. */
function isOnlyPrepared({ template: { resources } }: Side): boolean {
  return resources.has('ReleaseTaskDefinition') && ![...resources.values()].some(({ Type }) => RUNS.has(Type));
}

const RUNS = new Set(['AWS::ECS::Service', 'AWS::Scheduler::Schedule']);
