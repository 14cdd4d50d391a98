import type { Process } from '../../model/app.js';
import type { Origin } from '../../model/problem.js';
import type { OriginsBuilder } from '../origins.js';
import type { Draft } from './assemble-context.js';
import type { KeyName, Written } from './written-process.js';

const DEFAULT: Origin = { kind: 'default' };

/** Which values of a process a key gives. The first is written at the key's own place. */
const POINTERS: { readonly [K in KeyName]?: string } = {
  command: 'command',
  ports: 'exposure/ports',
  cron: 'schedules',
  deploy: 'deployment',
  drain: 'exposure/drainSeconds',
  idle_timeout: 'exposure/idleTimeoutSeconds',
  sticky: 'exposure/sticky',
  volumes: 'volumes',
  arch: 'arch',
  capacity: 'capacity',
  user: 'user',
  read_only: 'readOnly',
  init: 'init',
  linux: 'linux',
  exec: 'exec',
};

/** Records where each written value of a process is; what a process has and nobody wrote is marked as a default. */
export function recordOrigins(draft: Draft, process: Process, origins: OriginsBuilder): void {
  const base = `/processes/${process.name}`;
  origins.set(base, draft.process.place);
  if (process.kind !== 'off') for (const name of DEFAULTED[process.kind]) origins.map.set(`${base}/${name}`, DEFAULT);
  const set = (pointer: string, written: Pick<Written<unknown>, 'place'> | undefined): void => {
    if (written !== undefined) origins.set(`${base}/${pointer}`, written.place);
  };
  recordKeys(draft, set);
  recordNamed(draft, set);
  recordScale(draft, process, set);
}

type Set = (pointer: string, written: Pick<Written<unknown>, 'place'> | undefined) => void;

/** Values that would otherwise take the place of the process itself. */
const WORKLOAD = [
  ...['command', 'environment', 'size', 'arch', 'capacity', 'stop', 'containerHealth', 'sidecars', 'volumes', 'user', 'readOnly'],
  ...['init', 'ulimits', 'linux', 'exec', 'placementConstraints', 'placementStrategy', 'raw'],
];
const DEFAULTED: { readonly [K in Exclude<Process['kind'], 'off'>]: readonly string[] } = {
  service: [...WORKLOAD, 'count', 'exposure', 'graceSeconds', 'deployment'],
  cron: [...WORKLOAD, 'tasks'],
  'run-only': WORKLOAD,
  release: WORKLOAD,
};

function recordKeys({ process }: Draft, set: Set): void {
  const { keys } = process;
  for (const name of Object.keys(POINTERS) as KeyName[]) set(POINTERS[name] as string, keys[name]);
  const health = keys.health?.value;
  set('exposure/health', health?.path ?? health?.codes);
  set('exposure/health/path', health?.path);
  set('exposure/health/codes', health?.codes);
  set('exposure/health/intervalSeconds', health?.interval);
  set('exposure/health/timeoutSeconds', health?.timeout);
  set('exposure/health/healthy', health?.healthy);
  set('exposure/health/unhealthy', health?.unhealthy);
  set('graceSeconds', health?.grace);
  set('containerHealth', health?.command);
  set('stop/timeoutSeconds', keys.stop?.value.timeout);
  for (const index of (keys.cron?.value ?? []).keys()) set(`schedules/${index}/timezone`, keys.timezone);
  const ecs = keys.ecs?.value;
  set('placementConstraints', ecs?.placement_constraints);
  set('placementStrategy', ecs?.placement_strategy);
  set('raw/task', ecs?.task);
  set('raw/service', ecs?.service);
  set('raw/targetGroup', ecs?.target_group);
}

/** Elements that are addressed by their name. */
function recordNamed({ process, domains }: Draft, set: Set): void {
  const { keys } = process;
  for (const variable of keys.environment?.value ?? []) set(`environment/${variable.name}`, variable);
  for (const { value, place } of keys.ulimits?.value ?? []) set(`ulimits/${value.name}`, { place });
  for (const sidecar of keys.sidecars?.value ?? []) {
    set(`sidecars/${sidecar.name}`, sidecar);
    for (const variable of sidecar.keys.environment?.value ?? [])
      set(`sidecars/${sidecar.name}/environment/${variable.name}`, variable);
    set(`sidecars/${sidecar.name}/image`, sidecar.keys.image);
    set(`sidecars/${sidecar.name}/command`, sidecar.keys.command);
  }
  for (const domain of domains) set(`exposure/domains/${domain.name}`, domain);
}

function recordScale({ scale, process: { keys } }: Draft, process: Process, set: Set): void {
  if (process.kind === 'service' && process.count.kind === 'range') set('count/autoscale', keys.autoscale);
  if (scale.kind === 'none') return;
  const { count, size } = scale.value;
  if (count.kind === 'given') set(process.kind === 'cron' ? 'tasks' : 'count', count.value);
  if (size.kind === 'given') set('size', size.value);
}
