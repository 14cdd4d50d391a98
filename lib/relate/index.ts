import type { App } from '../model/app.js';
import type { Given } from '../model/given.js';
import type { Graph, GraphApp, GraphMention, GraphOther } from '../model/graph.js';
import type { Platform } from '../model/platform.js';
import { balancersOf } from './balancers.js';
import { mentionsOf } from './mentions.js';

/**
 * The apps of one environment as a picture. With `only`, that app is drawn whole, and beside it only whom it names and who names it.
 * `apps` are all of the folder that could be read.
 */
export function graphOf(apps: readonly App[], platform: Platform, only: Given<string>): Graph {
  const balancers = new Map(apps.map((app) => [app.name, balancersOf(app, platform)]));
  const here = {
    zone: platform.zone,
    apps: new Map(apps.map((app) => [app.name, app.processes.map(({ name }) => name)])),
  };
  const all = apps.map(
    (app): GraphApp => ({ app, balancers: balancers.get(app.name) ?? [], mentions: mentionsOf(app, here, balancers) }),
  );
  const whole = all.filter(({ app }) => only.kind === 'none' || app.name === only.value).sort(byName(({ app }) => app.name));
  return { environment: platform.environment, apps: whole, others: othersOf(whole, all) };
}

function othersOf(whole: readonly GraphApp[], all: readonly GraphApp[]): GraphOther[] {
  const drawn = new Set(whole.map(({ app }) => app.name));
  const named = new Set(whole.flatMap(({ mentions }) => mentions.map(({ target }) => target)));
  const apps = all
    .filter(({ app }) => !drawn.has(app.name))
    .map(({ app, mentions }) => other(app.name, 'app', mentions, drawn))
    .filter(({ name, mentions }) => named.has(name) || mentions.length > 0);
  const known = new Set(all.map(({ app }) => app.name));
  const absent = [...named].filter((name) => !known.has(name)).map((name) => other(name, 'absent', [], drawn));
  return [...apps, ...absent].sort(byName(({ name }) => name));
}

function other(
  name: string,
  kind: GraphOther['kind'],
  mentions: readonly GraphMention[],
  drawn: ReadonlySet<string>,
): GraphOther {
  return { name, kind, mentions: mentions.filter(({ target }) => drawn.has(target)) };
}

const byName =
  <T>(name: (item: T) => string) =>
  (a: T, b: T): number =>
    name(a) < name(b) ? -1 : 1;
