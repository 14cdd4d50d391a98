import type { App, Variable } from '../model/app.js';
import type { Given } from '../model/given.js';
import type { GraphBalancer, GraphMention } from '../model/graph.js';
import { type FoundHost, findHosts } from './hosts.js';
import { type Meaning, meaningOf, type Neighbourhood } from './meaning.js';

const NONE = { kind: 'none' } as const;

/** An app's balancers by its name. */
export type Balancers = ReadonlyMap<string, readonly GraphBalancer[]>;

/** Every variable of an app that names an app, each pair of variable and host once. */
export function mentionsOf(app: App, here: Neighbourhood, balancers: Balancers): GraphMention[] {
  const found = [
    ...app.variables.flatMap((variable) => inVariable(NONE, variable, here, balancers)),
    ...app.processes.flatMap((process) => {
      if (process.kind === 'off') return [];
      const own = process.environment.flatMap((variable) => inVariable(given(process.name), variable, here, balancers));
      const beside = process.sidecars.flatMap(({ name, environment }) =>
        environment.flatMap((variable) => inVariable(given(`${process.name}/${name}`), variable, here, balancers)),
      );
      return [...own, ...beside];
    }),
  ];
  const key = ({ process, variable, written }: GraphMention) => JSON.stringify([process, variable, written]);
  return [...new Map(found.map((mention) => [key(mention), mention])).values()];
}

const given = (value: string): Given<string> => ({ kind: 'given', value });

function inVariable(
  process: Given<string>,
  { name, value }: Variable,
  here: Neighbourhood,
  balancers: Balancers,
): GraphMention[] {
  return findHosts(value).flatMap((found) => {
    const meaning = meaningOf(found, here);
    if (meaning === undefined) return [];
    const target = meaning.kind === 'app' ? meaning.app : meaning.host;
    const address = meaning.kind === 'app' ? addressOf(meaning, found, balancers.get(meaning.app) ?? []) : NONE;
    return [{ variable: name, process, written: writtenAs(found), target, address }];
  });
}

function writtenAs({ scheme, host, port }: FoundHost): string {
  return `${scheme === undefined ? '' : `${scheme}://`}${host}${port === undefined ? '' : `:${port}`}`;
}

/** The internal address that answers: of the process that was named, else of `web` or the first; on the port that was named, else any. */
function addressOf(
  meaning: Extract<Meaning, { kind: 'app' }>,
  found: FoundHost,
  balancers: readonly GraphBalancer[],
): Given<string> {
  const internal = balancers.filter(({ scheme }) => scheme === 'internal').flatMap(({ addresses }) => addresses);
  const process = meaning.process ?? (internal.some((one) => one.process === 'web') ? 'web' : internal[0]?.process);
  const there = internal.filter((one) => one.process === process);
  const port = found.port ?? (found.scheme === 'https' ? 443 : 80);
  const chosen = there.find((one) => one.port === port) ?? there[0];
  return chosen === undefined ? NONE : given(chosen.url);
}
