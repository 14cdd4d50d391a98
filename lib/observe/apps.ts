import type { Given } from '../model/given.js';
import type { ServiceState, StackState, StackStatus, Windows } from '../model/windows.js';

/** An app as it runs: a line of `empire apps`. */
export interface RunningApp {
  readonly name: string;
  readonly stack: string;
  readonly status: StackStatus;
  /** Number of the release that serves. None: no release has succeeded yet. */
  readonly release: Given<number>;
  /** Services by name; what is scheduled or run on demand has no count. */
  readonly processes: readonly { readonly name: string; readonly wanted: number; readonly running: number }[];
  /** When the stack last changed. */
  readonly changedAt: number;
}

/** The apps of an environment that have a stack, sorted by name: the stacks, then the services of each cluster side by side. */
export async function readApps(
  windows: Pick<Windows, 'stacks' | 'services'>,
  prefix: string,
  environment: string,
): Promise<readonly RunningApp[]> {
  const head = environment === 'default' ? `${prefix}-` : `${prefix}-${environment}--`;
  const stacks = (await windows.stacks.list(head)).flatMap((stack) => {
    const name = stack.name.slice(head.length);
    return isApp(name, environment, stack) ? [{ name, stack, services: servicesOutput(stack) }] : [];
  });
  const states = await readStates(
    windows,
    stacks.flatMap(({ services }) => Object.values(services)),
  );
  return stacks
    .map(({ name, stack, services }) => ({
      name,
      stack: stack.name,
      status: stack.status,
      release: releaseOf(stack),
      processes: processesOf(services, states),
      changedAt: stack.updatedAt.kind === 'given' ? stack.updatedAt.value : stack.createdAt,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Not the platform, not another environment's (`--` is in neither part of a name), not somebody else's stack. */
function isApp(name: string, environment: string, { parameters, status }: StackState): boolean {
  if (name === 'platform' || status === 'REVIEW_IN_PROGRESS') return false;
  if (environment === 'default' && name.includes('--')) return false;
  return parameters.some((parameter) => parameter.name === 'Release');
}

/** Number of the release a stack says it serves: `v12` → 12. */
export function releaseOf({ outputs }: StackState): Given<number> {
  const digits = /^v([0-9]+)$/.exec(outputs['Release'] ?? '')?.[1];
  return digits === undefined ? { kind: 'none' } : { kind: 'given', value: Number(digits) };
}

/** `web=<arn>,worker=<arn>` */
function servicesOutput({ outputs }: StackState): Readonly<Record<string, string>> {
  const pairs = (outputs['Services'] ?? '').split(',').map((pair) => pair.split('=') as [string, string | undefined]);
  return Object.fromEntries(pairs.flatMap(([name, arn]) => (arn === undefined ? [] : [[name, arn]])));
}

async function readStates(
  windows: Pick<Windows, 'services'>,
  arns: readonly string[],
): Promise<ReadonlyMap<string, ServiceState>> {
  const clusters = new Map<string, string[]>();
  for (const arn of arns) {
    const cluster = /:service\/([^/]+)\//.exec(arn)?.[1];
    if (cluster !== undefined) clusters.set(cluster, [...(clusters.get(cluster) ?? []), arn]);
  }
  const states = await Promise.all([...clusters].map(([cluster, of]) => windows.services.services(cluster, of)));
  return new Map(states.flat().map((state): [string, ServiceState] => [state.arn, state]));
}

function processesOf(services: Readonly<Record<string, string>>, states: ReadonlyMap<string, ServiceState>) {
  return Object.keys(services)
    .sort()
    .flatMap((name) => {
      const state = states.get(services[name] as string);
      return state === undefined ? [] : [{ name, wanted: state.desired, running: state.running }];
    });
}
