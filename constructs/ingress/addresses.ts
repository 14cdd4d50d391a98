import type { App } from '../../lib/model/app.js';
import type { Given } from '../../lib/model/given.js';
import type { Json } from '../../lib/model/json.js';
import type { Platform } from '../../lib/model/platform.js';
import { type ExposedProcess, exposedProcesses, isHttp, isHttps, isWildcard } from './exposed.js';
import { privateName } from './names.js';

const NONE = { kind: 'none' } as const;

/** The process that stands for the app: `web`, else the first exposed one. */
function mainProcess(app: App): ExposedProcess | undefined {
  const exposed = exposedProcesses(app);
  return exposed.find(({ name }) => name === 'web') ?? exposed[0];
}

/** The name inside the VPC: `<app>.<zone>` when there is a `web`. */
export function privateNameOf(app: App, platform: Platform): Given<string> {
  const main = mainProcess(app);
  if (main === undefined) return NONE;
  const name = main.name === 'web' ? `${app.name}.${platform.zone}` : privateName(main.name, app.name, platform.zone);
  return { kind: 'given', value: name };
}

/** Where a browser finds the app: its first public name, HTTPS before HTTP, else the private one. None without an http process. */
export function urlOf(app: App, platform: Platform): Given<Json> {
  const outside = publicUrl(app);
  if (outside !== undefined) return { kind: 'given', value: outside };
  const main = mainProcess(app);
  const inside = privateNameOf(app, platform);
  if (main === undefined || !isHttp(main) || inside.kind === 'none') return NONE;
  const { balancer, protocol } = main.exposure.ports[0] as { balancer: number; protocol: string };
  const usual = balancer === (protocol === 'https' ? 443 : 80);
  return { kind: 'given', value: `${protocol}://${inside.value}${usual ? '' : `:${balancer}`}` };
}

function publicUrl(app: App): string | undefined {
  const processes = exposedProcesses(app).filter(isHttp);
  const ordered = [...processes.filter(({ name }) => name === 'web'), ...processes.filter(({ name }) => name !== 'web')];
  const domains = ordered.flatMap(({ exposure }) => exposure.domains.filter((domain) => !isWildcard(domain)));
  const chosen = domains.find(isHttps) ?? domains[0];
  return chosen === undefined ? undefined : `${isHttps(chosen) ? 'https' : 'http'}://${chosen.name}`;
}
