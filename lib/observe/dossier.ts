import type { Given } from '../model/given.js';
import type { JsonObject } from '../model/json.js';
import type { Dossier, Evidence } from '../model/release.js';
import type { SourceMap } from '../model/template.js';
import type { StackEvent, TaskState, Windows } from '../model/windows.js';
import { causeOfResource } from './cause-of-resource.js';
import { causeOfTask } from './cause-of-task.js';
import { type Cause, cause } from './dossier-cause.js';
import { eventEvidence, firstFailure, madeTaskDefinitions, operationEvents } from './dossier-events.js';
import { formatDeath } from './dossier-evidence.js';
import { lastLines } from './dossier-logs.js';
import { examineService, mostTelling, type ServiceFinding } from './dossier-service.js';
import { placeOf, subjectOf } from './dossier-subject.js';
import { processNames, type StackServices, withEvents } from './stack-services.js';

/** What the engine knows of a release that failed. */
export interface FailureFacts {
  /** Name or ARN. */
  readonly stack: string;
  /** ClientRequestToken of the update. None: whatever happened since. */
  readonly token: Given<string>;
  /** When the update began. */
  readonly since: number;
  readonly sourceMap: Given<SourceMap>;
  /** The template that was tried. */
  readonly template: Given<JsonObject>;
  /** As last read while the update ran; after the way back will do. */
  readonly services: StackServices;
  /** What changed since the last good release, in words. */
  readonly changes: readonly string[];
}

type Outside = Pick<Windows, 'stacks' | 'services' | 'balancers' | 'logs'>;

/**
 * Why a release failed: the first cause, not the last event. From the first resource that CloudFormation could not make; when that
 * is a service, or nothing failed at all (stopped for time, or ECS went back by itself), from what ECS says of its tasks.
 */
export async function examineFailure(windows: Outside, facts: FailureFacts): Promise<Dossier> {
  const events = await operationEvents(windows, facts.stack, facts.token, facts.since);
  const first = firstFailure(events);
  const isService = first.kind === 'given' && first.value.type === 'AWS::ECS::Service' && saysUnsteady(first.value);
  if (first.kind === 'given' && !isService) return ofResource(first.value, facts);
  const known = { ...facts, since: events[0]?.at ?? facts.since, services: withEvents(facts.services, events) };
  const findings = await examineServices(windows, known, events, isService ? first.value.resource : undefined);
  const finding = mostTelling(findings);
  if (finding.kind === 'given') return ofService(finding.value, first, known);
  if (first.kind === 'given') return ofResource(first.value, facts);
  const unknown = cause('unknown', 'nothing that was looked at says why', 'look at the events of the stack in the console');
  return dossier(unknown, [], { process: { kind: 'none' }, resources: [] }, facts);
}

/** The tasks of a service did not come up. Anything else that CloudFormation says of a service it says itself. */
const saysUnsteady = ({ reason }: StackEvent): boolean =>
  reason.kind === 'none' || /ECS Deployment|Circuit Breaker|stabili[sz]|attempts to wait|timed out/i.test(reason.value);

/** Why a process that was run once (the release process) failed. */
export async function examineTask(
  windows: Outside,
  task: TaskState,
  facts: Omit<FailureFacts, 'stack' | 'token' | 'since'> & { readonly process: string },
): Promise<Dossier> {
  const subject = subjectOf(facts.process, facts.template);
  const lines = await lastLines(windows, task, { logGroup: facts.services.logGroup, subject: { process: facts.process } });
  const found =
    causeOfTask(task, subject, lines) ?? cause('unknown', `${subject.process} was stopped before it ended`, 'deploy again');
  const log = lines.map((text): Evidence => ({ from: 'release process', at: { kind: 'none' }, text }));
  const about = { process: given(facts.process), resources: resourcesOf(facts.process, facts) };
  return dossier(found, [formatDeath(task), ...log], about, facts);
}

async function examineServices(
  windows: Outside,
  { services, since, template }: FailureFacts,
  events: readonly StackEvent[],
  only: string | undefined,
): Promise<readonly ServiceFinding[]> {
  const names = processNames(services.resources);
  const named = only === undefined ? undefined : names.get(only);
  const made = new Map([...madeTaskDefinitions(events)].map(([id, arn]) => [names.get(id), arn]));
  const { cluster, logGroup } = services;
  if (cluster.kind === 'none') return [];
  const asked = Object.keys(services.services)
    .sort()
    .filter((process) => named === undefined || process === named);
  return Promise.all(
    asked.map((process) => {
      const arn = made.get(process);
      return examineService(windows, {
        cluster: cluster.value,
        service: services.services[process] as string,
        taskDefinition: arn === undefined ? { kind: 'none' } : given(arn),
        since,
        subject: subjectOf(process, template),
        logGroup,
      });
    }),
  );
}

function ofResource(event: StackEvent, facts: FailureFacts): Dossier {
  const found = causeOfResource(event.resource, event.type, event.reason.kind === 'given' ? event.reason.value : '');
  const process = processNames(facts.services.resources).get(event.resource);
  const about = { process: process === undefined ? ({ kind: 'none' } as const) : given(process), resources: [event.resource] };
  return dossier(found, [eventEvidence(event)], about, facts);
}

function ofService(finding: ServiceFinding, first: Given<StackEvent>, facts: FailureFacts): Dossier {
  const evidence = [...(first.kind === 'given' ? [eventEvidence(first.value)] : []), ...finding.evidence];
  const about = { process: given(finding.process), resources: resourcesOf(finding.process, facts) };
  return dossier(finding.cause, evidence, about, facts);
}

/** Service first, since that is what failed. */
function resourcesOf(process: string, { services }: Pick<FailureFacts, 'services'>): string[] {
  const ids = [...processNames(services.resources)].filter(([, name]) => name === process).map(([id]) => id);
  return [...ids.filter((id) => id.endsWith('Service')), ...ids.filter((id) => !id.endsWith('Service'))];
}

function dossier(
  { kind, text, advice }: Cause,
  evidence: readonly Evidence[],
  about: { readonly process: Given<string>; readonly resources: readonly string[] },
  { sourceMap, changes }: Pick<FailureFacts, 'sourceMap' | 'changes'>,
): Dossier {
  const [resource] = about.resources;
  return {
    cause: text,
    process: about.process,
    resource: resource === undefined ? { kind: 'none' } : given(resource),
    place: placeOf(kind, about.resources, sourceMap),
    evidence,
    changes,
    advice,
  };
}

const given = <T>(value: T): Given<T> => ({ kind: 'given', value });
