import type { App, HttpExposure, HttpPort, ServiceProcess, TcpExposure, TcpPort } from '../model/app.js';
import type { GraphAddress, GraphBalancer } from '../model/graph.js';
import type { Platform } from '../model/platform.js';

type Scheme = GraphBalancer['scheme'];
type Exposed = ServiceProcess & { readonly exposure: HttpExposure | TcpExposure };

const USUAL: ReadonlyMap<string, number> = new Map([
  ['http', 80],
  ['https', 443],
]);

/** The balancers of an app with every address that answers, public ones first. */
export function balancersOf(app: App, platform: Platform): GraphBalancer[] {
  const exposed = app.processes.filter(
    (process): process is Exposed => process.kind === 'service' && process.exposure.kind !== 'none',
  );
  const balancer = (scheme: Scheme, kind: 'http' | 'tcp'): GraphBalancer => ({
    scheme,
    kind,
    shared: kind === 'http' && platform.loadBalancers === 'shared',
    addresses: exposed
      .filter(({ exposure }) => exposure.kind === kind)
      .flatMap((process) => (scheme === 'public' ? publicAddresses(process) : internalAddresses(process, app, platform))),
  });
  const all = [balancer('public', 'http'), balancer('public', 'tcp'), balancer('internal', 'http'), balancer('internal', 'tcp')];
  return all.filter(({ addresses }) => addresses.length > 0);
}

/** The name inside the VPC: `web` answers for its app. */
export function privateName(app: string, process: string, zone: string): string {
  return process === 'web' ? `${app}.${zone}` : `${process.replaceAll('_', '-')}.${app}.${zone}`;
}

function internalAddresses(process: Exposed, app: App, { zone }: Platform): GraphAddress[] {
  const host = privateName(app.name, process.name, zone);
  return process.exposure.ports.map((port) => address(process, host, port));
}

/** A name with a certificate answers on 443, and 80 sends there; one without answers on 80. A TCP name answers on every port. */
function publicAddresses(process: Exposed): GraphAddress[] {
  const { exposure } = process;
  if (exposure.kind === 'tcp')
    return exposure.domains.flatMap(({ name }) => exposure.ports.map((port) => address(process, name, port)));
  const { container } = publicPort(exposure);
  return exposure.domains.map(({ name, certificate }) => {
    const port: HttpPort =
      certificate.kind === 'none'
        ? { balancer: 80, container, protocol: 'http' }
        : { balancer: 443, container, protocol: 'https' };
    return address(process, name, port);
  });
}

/** What the public side reaches: the port behind 443, else behind 80, else behind the lowest. */
function publicPort({ ports }: HttpExposure): HttpPort {
  const at = (wanted: number) => ports.find(({ balancer }) => balancer === wanted);
  return (at(443) ?? at(80) ?? ports[0]) as HttpPort;
}

function address(process: Exposed, host: string, port: HttpPort | TcpPort): GraphAddress {
  const suffix = USUAL.get(port.protocol) === port.balancer ? '' : `:${port.balancer}`;
  return { url: `${port.protocol}://${host}${suffix}`, port: port.balancer, process: process.name, container: port.container };
}
