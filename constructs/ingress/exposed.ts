import type { App, Domain, HttpExposure, ServiceProcess, TcpExposure } from '../../lib/model/app.js';

export type HttpProcess = ServiceProcess & { readonly exposure: HttpExposure };
export type TcpProcess = ServiceProcess & { readonly exposure: TcpExposure };
export type ExposedProcess = HttpProcess | TcpProcess;

export type Scheme = 'internal' | 'public';

export const isHttp = (process: ExposedProcess): process is HttpProcess => process.exposure.kind === 'http';

/** Processes with ports, in the app's order (by name). */
export function exposedProcesses(app: App): ExposedProcess[] {
  return app.processes.filter(
    (process): process is ExposedProcess => process.kind === 'service' && process.exposure.kind !== 'none',
  );
}

export const httpProcesses = (app: App): HttpProcess[] => exposedProcesses(app).filter(isHttp);

export const tcpProcesses = (app: App): TcpProcess[] =>
  exposedProcesses(app).filter((process): process is TcpProcess => process.exposure.kind === 'tcp');

/** Whether ECS itself moves the traffic between two target groups at a deployment. */
export const shiftsTraffic = ({ deployment }: ServiceProcess): boolean =>
  deployment.kind === 'blue-green' || deployment.kind === 'canary' || deployment.kind === 'linear';

/** Who answers on an internal port when no rule matches: `web`, else the only process there, else nobody. */
export function defaultProcess(processes: readonly HttpProcess[], port: number): HttpProcess | undefined {
  const there = processes.filter(({ exposure }) => exposure.ports.some(({ balancer }) => balancer === port));
  return there.find(({ name }) => name === 'web') ?? (there.length === 1 ? there[0] : undefined);
}

/** What the public side of a process reaches: the container port behind 443, else behind 80, else behind the lowest. */
export function publicContainerPort({ ports }: HttpExposure): number {
  const chosen = ports.find(({ balancer }) => balancer === 443) ?? ports.find(({ balancer }) => balancer === 80) ?? ports[0];
  return (chosen as HttpExposure['ports'][number]).container;
}

export const isHttps = (domain: Domain): boolean => domain.certificate.kind !== 'none';

export const isWildcard = (domain: Domain): boolean => domain.name.startsWith('*.');

/** The container that listens on the port: the sidecar that has it, else the process's own. */
export const containerWithPort = (process: ServiceProcess, port: number): string =>
  process.sidecars.find(({ ports }) => ports.includes(port))?.name ?? process.name;
