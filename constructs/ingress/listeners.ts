import { type HttpProcess, isHttps, type Scheme } from './exposed.js';

/** `InternalListener80` */
export const listenerId = (scheme: Scheme, port: number): string =>
  `${scheme === 'internal' ? 'Internal' : 'Public'}Listener${port}`;

/** The listeners that the processes need, internal ones first, by port. */
export function listenersOf(processes: readonly HttpProcess[]): { readonly scheme: Scheme; readonly port: number }[] {
  const internal = new Set(processes.flatMap(({ exposure }) => exposure.ports.map(({ balancer }) => balancer)));
  const domains = processes.flatMap(({ exposure }) => exposure.domains);
  const outside = [...(domains.length > 0 ? [80] : []), ...(domains.some(isHttps) ? [443] : [])];
  return [
    ...[...internal].sort((a, b) => a - b).map((port) => ({ scheme: 'internal' as const, port })),
    ...outside.map((port) => ({ scheme: 'public' as const, port })),
  ];
}
