import type { JsonObject } from '../model/json.js';
import type { ProcessPlan, ResourceChange } from '../model/plan.js';
import { factsOf, type ProcessFacts, text } from './process-facts.js';
import { Owners } from './process-of.js';
import { listAt, objectAt, type TemplateJson } from './template-json.js';

/** How long an update takes, in seconds. */
export interface Prediction {
  readonly typical: number;
  /** When every check needs all its time. */
  readonly worst: number;
}

/** Seconds between the end of the change set and the last event, without any resource. */
const OVERHEAD = 10;
interface Stage extends Prediction {
  readonly types: readonly string[];
}

/** A Fargate task from wanted to running: address, image, start. */
const START = { typical: 25, worst: 120 };
/** Containers mostly stop long before their stop timeout. */
const STOPS_WITHIN = 5;
/** CloudFormation asks ECS now and then whether the service is steady. */
const NOTICED = 10;
/** What a service waits for when it is made; these are made side by side. */
const FIRST: readonly Stage[] = [
  { types: ['AWS::Logs::LogGroup', 'AWS::IAM::Role', 'AWS::EC2::SecurityGroup'], typical: 20, worst: 40 },
  { types: ['AWS::ElasticLoadBalancingV2::LoadBalancer'], typical: 140, worst: 300 },
  { types: ['AWS::CertificateManager::Certificate'], typical: 120, worst: 1800 },
  // What a platform waits for.
  { types: ['AWS::EC2::NatGateway'], typical: 170, worst: 360 },
  { types: ['AWS::EC2::VPCEndpoint', 'AWS::Route53::HostedZone'], typical: 100, worst: 300 },
  { types: ['AWS::AutoScaling::AutoScalingGroup'], typical: 220, worst: 600 },
];
/** After those. */
const THEN: Stage = {
  types: ['AWS::ElasticLoadBalancingV2::Listener', 'AWS::ElasticLoadBalancingV2::ListenerRule'],
  typical: 5,
  worst: 15,
};
/** Nothing waits for these: they are only a floor. */
const BESIDE: Readonly<Record<string, { readonly typical: number; readonly worst: number }>> = {
  'AWS::Route53::RecordSet': { typical: 45, worst: 120 },
};

/**
 * How long the update will take, from what the new template says.
 *
 * `overhead + the slowest thing that is made first + its listeners + the slowest service`, at least the slowest thing beside. Services of an app change side by side.
 * One service: `batches × (start + healthy) + bake + drain + stop + noticed`, where a batch is what `MaximumPercent` and
 * `MinimumHealthyPercent` leave room for; `healthy` is one health-check interval (worst: the grace period and all thresholds);
 * `drain` is the target group's, and with early success neither it nor the stop is waited for. A service that only changes its count
 * has one batch and no drain upwards, and no start downwards.
 */
export function predictSeconds(
  before: TemplateJson,
  after: TemplateJson,
  changes: { readonly resources: readonly ResourceChange[]; readonly processes: readonly ProcessPlan[] },
): Prediction {
  const owners = new Owners([before, after]);
  const services = changes.processes.map((process) => {
    const facts = factsOf(process.name, process.change === 'removed' ? before : after, owners);
    return facts?.service === undefined ? NOTHING : serviceSeconds(process, facts);
  });
  const needed = (stage: Stage): Prediction => (made(stage.types, changes.resources) ? stage : NOTHING);
  const first = FIRST.map(needed);
  const then = needed(THEN);
  const beside = changes.resources.flatMap(({ type, action }) => (action === 'add' ? (BESIDE[type] ?? []) : []));
  const seconds = (of: 'typical' | 'worst'): number =>
    OVERHEAD +
    Math.max(
      most(first.map((one) => one[of])) + then[of] + most(services.map((one) => one[of])),
      most(beside.map((one) => one[of])),
    );
  return { typical: Math.round(seconds('typical')), worst: Math.round(seconds('worst')) };
}

const NOTHING: Prediction = { typical: 0, worst: 0 };
const most = (values: readonly number[]): number => Math.max(0, ...values);

const made = (types: readonly string[], resources: readonly ResourceChange[]): boolean =>
  resources.some(({ type, action, replacement }) => types.includes(type) && (action === 'add' || replacement === 'replace'));

function serviceSeconds({ change, restarts, changes }: ProcessPlan, facts: ProcessFacts): Prediction {
  const count = lowest(facts.count);
  const stop = stopSeconds(facts);
  if (change === 'removed') return { typical: stop.typical + NOTICED, worst: stop.worst + NOTICED };
  const healthy = healthySeconds(facts);
  const rise = { typical: START.typical + healthy.typical, worst: START.worst + healthy.worst };
  if (restarts) return rollout(facts, Math.max(1, count), rise, stop);
  const scaled = changes.find((one) => one.kind === 'count');
  const had = change === 'added' ? 0 : scaled === undefined ? count : lowest(scaled.before);
  if (count === had) return scaled === undefined ? NOTHING : { typical: NOTICED, worst: NOTICED };
  const { typical, worst } = count > had ? rise : stop;
  return { typical: typical + NOTICED, worst: worst + NOTICED };
}

/** `2-10` → 2. */
const lowest = (count: string): number => Number(/^\d+/.exec(count)?.[0] ?? 0);

function rollout({ service }: ProcessFacts, count: number, rise: Prediction, stop: Prediction): Prediction {
  const configuration = objectAt(service?.['DeploymentConfiguration']);
  const bake = bakeSeconds(configuration);
  const most = Math.floor((count * Number(configuration['MaximumPercent'] ?? 200)) / 100);
  const least = Math.ceil((count * Number(configuration['MinimumHealthyPercent'] ?? 100)) / 100);
  const batches = Math.ceil(count / Math.max(1, most - least));
  const early = objectAt(configuration['EarlySuccessCriteria'])['Enable'] === true;
  const leave = early ? NOTHING : stop;
  return {
    typical: batches * rise.typical + bake + leave.typical + NOTICED,
    worst: batches * rise.worst + bake + leave.worst * batches + NOTICED,
  };
}

/** Minutes that ECS waits on purpose while it shifts traffic. */
function bakeSeconds(configuration: JsonObject): number {
  const canary = objectAt(configuration['CanaryConfiguration']);
  const linear = objectAt(configuration['LinearConfiguration']);
  const steps = 'StepPercent' in linear ? Math.ceil(100 / Number(linear['StepPercent'])) - 1 : 0;
  const minutes =
    Number(configuration['BakeTimeInMinutes'] ?? 0) +
    Number(canary['CanaryBakeTimeInMinutes'] ?? 0) +
    steps * Number(linear['StepBakeTimeInMinutes'] ?? 0);
  return minutes * 60;
}

function healthySeconds({ service, targetGroups }: ProcessFacts): Prediction {
  if (targetGroups.length === 0) return NOTHING;
  const interval = most(targetGroups.map((group) => Number(group['HealthCheckIntervalSeconds'] ?? 30)));
  const all = most(
    targetGroups.map((group) => Number(group['HealthCheckIntervalSeconds'] ?? 30) * Number(group['HealthyThresholdCount'] ?? 5)),
  );
  return { typical: interval + 5, worst: all + Number(service?.['HealthCheckGracePeriodSeconds'] ?? 0) };
}

function stopSeconds({ containers, targetGroups }: ProcessFacts): Prediction {
  const timeout = most(containers.map((container) => Number(container['StopTimeout'] ?? 30)));
  const drain = most(targetGroups.map(drainSeconds));
  return { typical: drain + Math.min(timeout, STOPS_WITHIN), worst: drain + timeout };
}

function drainSeconds(group: JsonObject): number {
  const attributes = listAt(group['TargetGroupAttributes']).map(objectAt);
  const drain = attributes.find((one) => one['Key'] === 'deregistration_delay.timeout_seconds');
  return drain === undefined ? 300 : Number(text(drain['Value']));
}
