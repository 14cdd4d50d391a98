import type { App, ServiceProcess, Sidecar, Variable, Workload } from '../../lib/model/app.js';
import type { JsonObject } from '../../lib/model/json.js';
import { processPointer } from '../resource.js';
import { secretValueFrom } from './secret-arn.js';

/** A process that has a task definition. */
export type TaskProcess = Exclude<App['processes'][number], { kind: 'off' }>;

/** One entry of a container's environment and where it was written. */
export interface Entry {
  readonly json: JsonObject;
  /** Pointer into the App; empty for what Empire injects. */
  readonly from: string;
}

interface Sourced {
  readonly value: string;
  readonly from: string;
}

/** `env` < `EMPIRE_APPNAME` < the process's environment < `EMPIRE_PROCESS` and `PORT`. Sorted by name. */
export function environmentOf(app: App, process: TaskProcess): Entry[] {
  const entries = new Map<string, Sourced>();
  for (const { name, value } of app.variables) entries.set(name, { value, from: `/variables/${name}` });
  entries.set('EMPIRE_APPNAME', { value: app.name, from: '' });
  for (const { name, value } of process.environment) {
    entries.set(name, { value, from: processPointer(process.name, 'environment', name) });
  }
  entries.set('EMPIRE_PROCESS', { value: process.name, from: '' });
  const port = listeningPort(process);
  if (port !== undefined && !isSidecarPort(process, port)) entries.set('PORT', { value: String(port), from: '' });
  return sorted(entries);
}

/** A sidecar has its own environment only, and `PORT` when the load balancer reaches it. */
export function sidecarEnvironmentOf(process: TaskProcess, sidecar: Sidecar): Entry[] {
  const entries = new Map<string, Sourced>();
  for (const { name, value } of sidecar.environment) {
    entries.set(name, { value, from: processPointer(process.name, 'sidecars', sidecar.name, 'environment', name) });
  }
  const port = listeningPort(process);
  if (port !== undefined && sidecar.ports.includes(port)) entries.set('PORT', { value: String(port), from: '' });
  return sorted(entries);
}

/** The app's secrets, without those that the container has as plain variables: the process's environment wins. */
export function secretsOf(app: App, environment: readonly Entry[]): Entry[] {
  const taken = new Set(environment.map(({ json }) => json['Name']));
  return app.secrets
    .filter(({ name }) => !taken.has(name))
    .map(({ name, reference }) => ({ json: { Name: name, ValueFrom: secretValueFrom(reference) }, from: `/secrets/${name}` }));
}

/** The first container port of an exposed process. */
export function listeningPort(process: TaskProcess): number | undefined {
  if (process.kind !== 'service' || process.exposure.kind === 'none') return undefined;
  return process.exposure.ports[0]?.container;
}

/** The container ports of the process itself: without those that a sidecar has. */
export function ownPorts(process: TaskProcess): number[] {
  if (process.kind !== 'service') return [];
  return [...new Set(exposedPorts(process))].filter((port) => !isSidecarPort(process, port)).sort((a, b) => a - b);
}

const exposedPorts = ({ exposure }: ServiceProcess): number[] =>
  exposure.kind === 'none' ? [] : exposure.ports.map(({ container }: { readonly container: number }) => container);

const isSidecarPort = ({ sidecars }: Workload, port: number): boolean => sidecars.some(({ ports }) => ports.includes(port));

const sorted = (entries: ReadonlyMap<Variable['name'], Sourced>): Entry[] =>
  [...entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([Name, { value, from }]) => ({ json: { Name, Value: value }, from }));
