import type { FoundHost } from './hosts.js';

/** What hosts can mean here. */
export interface Neighbourhood {
  readonly zone: string;
  /** App → its processes. */
  readonly apps: ReadonlyMap<string, readonly string[]>;
}

/** What a host means: an app and, when it was said, one of its processes; or a private name that nothing answers to. */
export type Meaning =
  | { readonly kind: 'app'; readonly app: string; readonly process: string | undefined }
  | { readonly kind: 'absent'; readonly host: string };

/**
 * What a host means inside the VPC. `feed.empire` and `api.feed.empire` are private names wherever they stand. The short `feed` and
 * `api.feed` count only in an URL, or with a port and nothing else, and only when there is such an app: as plain words they mean anything.
 */
export function meaningOf(found: FoundHost, here: Neighbourhood): Meaning | undefined {
  const { host } = found;
  const suffix = `.${here.zone}`;
  if (host.endsWith(suffix)) return privateMeaning(host, host.slice(0, -suffix.length), here);
  return found.scheme === undefined && !found.whole ? undefined : known(host, here);
}

function privateMeaning(host: string, name: string, here: Neighbourhood): Meaning | undefined {
  if (name.split('.').length > 2) return undefined;
  return known(name, here) ?? { kind: 'absent', host };
}

function known(name: string, { apps }: Neighbourhood): Meaning | undefined {
  const labels = name.split('.');
  const app = labels.at(-1) as string;
  const processes = apps.get(app);
  if (processes === undefined || labels.length > 2) return undefined;
  if (labels.length === 1) return { kind: 'app', app, process: undefined };
  const process = processes.find((one) => one.replaceAll('_', '-') === labels[0]);
  return process === undefined ? undefined : { kind: 'app', app, process };
}
