import type { Given } from '../model/given.js';
import type { Ground } from '../model/ground.js';
import type { Platform } from '../model/platform.js';
import type { Windows } from '../model/windows.js';
import { rehearsedBalancers } from './balancers.js';
import { rehearsedCertificates } from './certificates.js';
import { RehearsalClock } from './clock.js';
import { Gate, type RehearsalWorld } from './gate.js';
import { rehearsedIdentity } from './identity.js';
import { rehearsedLogs } from './logs.js';
import { rehearsedNetwork } from './network.js';
import { parameterValue, rehearsedParameters } from './parameters.js';
import { rehearsedRegistry } from './registry.js';
import { rehearsedRoles } from './roles.js';
import { addRules, ScriptedFailures } from './script.js';
import { parseScript } from './script-parse.js';
import { rehearsedSecrets } from './secrets.js';
import { Services } from './services/index.js';
import { rehearsedServices } from './services/window.js';
import { SimulatedStacks } from './stacks/index.js';
import { rehearsedStacks } from './stacks-gate.js';
import { emptyState, type RehearsalState } from './state.js';
import { StateFile } from './state-file.js';
import { bucketsOf, objectAt, rehearsedStore } from './store.js';
import { World, type WorldIdentity } from './world.js';

export interface RehearsalOptions {
  /** Account and region are the platform's, or 123456789012 in us-east-1. */
  readonly platform: Platform;
  /** The account is kept in `<root>/.empire/rehearsal.json`. None: in memory. */
  readonly root: Given<string>;
  /** How much faster than a real clock; Infinity: nobody waits. */
  readonly speed: number;
  /** Where the clock begins, at the earliest. None: at the present time. */
  readonly start: Given<number>;
  /** In memory: the account to begin with. @default an account in which only the platform is */
  readonly state?: Given<RehearsalState>;
  /** What the platform adopts is there, and is as its file says. @default nothing that could be adopted is there */
  readonly ground?: Given<Ground>;
}

/** A rehearsed AWS account behind the same windows as the real one. Nothing of it is real. */
export interface Rehearsal extends Windows {
  readonly kind: 'rehearsal';
  /** The account as it is: what happens by itself happens when the next call comes. */
  readonly world: RehearsalWorld;
  /** Lets everything happen up to the present of the clock, and looks at the account or changes it. */
  look<Result>(action: (world: RehearsalWorld) => Result): Result;
  /** Puts a script into force (see `parseScript` for its form); gives the number of its steps. */
  script(text: string, file: string): number;
  /** An empty account again. */
  reset(): void;
}

export function openRehearsal(options: RehearsalOptions): Rehearsal {
  const start = options.start.kind === 'given' ? options.start.value : Date.now();
  const clock = new RehearsalClock(start, options.speed);
  const identity = identityOf(options.platform);
  const open = (state: RehearsalState): RehearsalWorld => openWorld(state, identity);
  const file = openFile(options.root, `${identity.account} ${identity.region}`);
  if (file.kind === 'given') clock.moveTo(file.value.savedNow());
  const state = options.state?.kind === 'given' ? options.state.value : emptyState(start);
  const gate = new Gate(clock, file, open, open(state));
  return {
    kind: 'rehearsal',
    clock,
    ...windowsOf(gate, options.ground ?? { kind: 'none' }),
    get world() {
      return gate.world;
    },
    look: (action) => gate.step(action),
    script: (text, name) =>
      gate.step((world) => {
        const rules = parseScript(text, name, world.now);
        addRules(world, rules);
        return rules.length;
      }),
    reset: () => gate.reset(emptyState(clock.now())),
  };
}

const openFile = (root: Given<string>, name: string): Given<StateFile> =>
  root.kind === 'given' ? { kind: 'given', value: new StateFile(root.value, name) } : root;

function windowsOf(gate: Gate, ground: Given<Ground>): Omit<Windows, 'kind' | 'clock'> {
  return {
    identity: rehearsedIdentity(gate, process.env['USER'] || 'you'),
    stacks: rehearsedStacks(gate),
    store: rehearsedStore(gate),
    registry: rehearsedRegistry(gate),
    services: rehearsedServices(gate, ground),
    balancers: rehearsedBalancers(gate, ground),
    logs: rehearsedLogs(gate),
    parameters: rehearsedParameters(gate),
    secrets: rehearsedSecrets(gate),
    certificates: rehearsedCertificates(gate),
    network: rehearsedNetwork(gate, ground),
    roles: rehearsedRoles(gate),
  };
}

function identityOf({ account, region }: Platform): WorldIdentity {
  const name = region.kind === 'given' ? region.value : 'us-east-1';
  const partition = name.startsWith('cn-') ? 'aws-cn' : name.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
  return { account: account.kind === 'given' ? account.value : '123456789012', region: name, partition };
}

function openWorld(state: RehearsalState, identity: WorldIdentity): RehearsalWorld {
  // A file of an earlier version says nothing of platforms.
  state.stacks.grounds ??= [];
  state.serviceRoles ??= [];
  return new World(state, identity, (world) => ({
    stacks: new SimulatedStacks(world),
    services: new Services(world),
    script: new ScriptedFailures(world),
    lookups: {
      parameter: (name) => parameterValue(state, identity, name),
      object: (url) => objectAt(state, url),
      ...bucketsOf(state),
    },
  }));
}
