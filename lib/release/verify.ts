import type { Given } from '../model/given.js';
import type { ServiceState, StackState } from '../model/windows.js';
import { readServices, type StackServices } from '../observe/index.js';
import type { Engine } from './engine.js';
import { patiently } from './patience.js';

/** Milliseconds between two looks at services that are not done. */
const LOOK_EVERY = 3_000;
/** Milliseconds after which a service that runs enough of ours is taken as it is, and one that does not has failed. */
const PATIENCE = 5 * 60_000;

/** Whether what CloudFormation calls complete is what runs. */
export interface Verified {
  readonly services: StackServices;
  /** The first process of which another task definition runs, and what is so. */
  readonly wrong: Given<{ readonly process: string; readonly resource: string; readonly what: string }>;
}

type Answer = 'done' | 'waiting' | { readonly what: string };

/**
 * Looks whether each service's newest deployment is complete and of the stack's own task definition. CloudFormation can say complete
 * while ECS went back to the old one.
 */
export async function verifyServices(engine: Engine, stack: StackState, keep: () => Promise<void>): Promise<Verified> {
  const services = await patiently(engine, () => readServices(engine.windows, stack));
  const { clock } = engine.windows;
  const begun = clock.now();
  for (;;) {
    const patient = clock.now() - begun < PATIENCE;
    const answers = await askServices(engine, services, patient);
    const wrong = answers.find(({ answer }) => typeof answer === 'object');
    if (wrong !== undefined && typeof wrong.answer === 'object')
      return { services, wrong: wrongOf(services, wrong.process, wrong.answer.what) };
    if (answers.every(({ answer }) => answer === 'done')) return { services, wrong: { kind: 'none' } };
    await keep();
    await clock.sleep(LOOK_EVERY);
  }
}

async function askServices(
  engine: Engine,
  { cluster, services, taskDefinitions }: StackServices,
  patient: boolean,
): Promise<readonly { readonly process: string; readonly answer: Answer }[]> {
  const processes = Object.keys(services).sort();
  if (cluster.kind === 'none' || processes.length === 0) return [];
  const arns = processes.map((process) => services[process] as string);
  const states = await patiently(engine, () => engine.windows.services.services(cluster.value, arns));
  return processes.map((process) => {
    const state = states.find(({ arn }) => arn === services[process]);
    return { process, answer: answerOf(state, taskDefinitions[process], patient) };
  });
}

function answerOf(service: ServiceState | undefined, wanted: string | undefined, patient: boolean): Answer {
  if (service === undefined || service.status !== 'ACTIVE') return { what: 'its service is not there' };
  if (wanted === undefined) return 'done';
  const [primary] = service.deployments;
  if (primary === undefined) return patient ? 'waiting' : { what: 'its service has no deployment' };
  if (primary.taskDefinition !== wanted) return { what: `ECS went back to ${shortName(primary.taskDefinition)}` };
  if (primary.rollout === 'COMPLETED') return 'done';
  const reason = primary.reason.kind === 'given' ? `: ${primary.reason.value}` : '';
  if (primary.rollout === 'FAILED') return { what: `its deployment failed${reason}` };
  // nothing else runs, and enough of it: CloudFormation waited for the same
  if (service.deployments.length === 1 && primary.running === primary.desired && primary.pending === 0) return 'done';
  if (patient) return 'waiting';
  return primary.running >= primary.desired ? 'done' : { what: `its deployment does not end${reason}` };
}

const shortName = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

function wrongOf(services: StackServices, process: string, what: string): Verified['wrong'] {
  const arn = services.services[process];
  const found = services.resources.find(({ physicalId }) => physicalId.kind === 'given' && physicalId.value === arn);
  return { kind: 'given', value: { process, resource: found?.id ?? '', what } };
}
