import { parseKey } from '../../cache/keys.js';
import type { Memory, RememberedParse } from '../../cache/memory.js';
import { sha256 } from '../../cache/sealed.js';
import type { App } from '../../model/app.js';
import type { AppDirectory } from '../../model/folder.js';
import type { Given } from '../../model/given.js';
import type { Platform } from '../../model/platform.js';
import type { Origins } from '../../model/problem.js';
import { type ParsedApp, parseApp } from '../../parse/app.js';

/** An app that was parsed, now or before. */
export interface KnownParse {
  readonly remembered: RememberedParse;
  /** With the origins of its values; parses when that was not done yet. */
  readonly whole: () => ParsedApp;
}

/** Parses what changed since the last time; of the rest it says what was said then. */
export class RememberingParser {
  /** Every app that was asked for, by its name. */
  readonly known = new Map<string, KnownParse>();
  private surroundings: { readonly platform: Platform; readonly hash: string } | undefined;

  constructor(
    private readonly compiler: Given<string>,
    private readonly before: Memory,
  ) {}

  /** Stands in for `parseApp`. */
  readonly parse = (
    directory: AppDirectory,
    platform: Platform,
    environments: readonly string[],
    inherited: Origins = new Map(),
  ): ParsedApp => {
    const { name } = directory;
    const key = this.compiler.kind === 'given' ? parseKey(this.hashOf(platform, environments, inherited), directory) : '';
    const before = this.before.get(name)?.parse;
    const whole = once(() => parseApp(directory, platform, environments, inherited));
    const isKnown = key !== '' && before?.key === key;
    const remembered = isKnown ? before : rememberedOf(key, whole(), platform);
    this.known.set(name, { remembered, whole });
    if (!isKnown) return { ...whole(), origins: new Map() };
    const { problems, claims } = remembered;
    return { name, app: appOf(remembered, whole), problems, claims, environments: remembered.environments, origins: new Map() };
  };

  /** All that is the same for every app of a folder; worked out once. */
  private hashOf(platform: Platform, environments: readonly string[], inherited: Origins): string {
    if (this.surroundings?.platform !== platform) {
      const parts = [this.compiler, process.version, platform, environments, [...inherited]];
      this.surroundings = { platform, hash: sha256(JSON.stringify(parts)) };
    }
    return this.surroundings.hash;
  }
}

/** Only where apps share a balancer does one of them look at the others. */
function rememberedOf(key: string, { app, problems, environments, claims }: ParsedApp, platform: Platform): RememberedParse {
  const keeps = key !== '' && platform.loadBalancers === 'shared';
  const kept = keeps && app.kind === 'given' ? ({ kind: 'text', text: JSON.stringify(app.value) } as const) : undefined;
  return { key, app: kept ?? { kind: app.kind === 'none' ? 'none' : 'not-kept' }, problems, environments, claims };
}

/** The app, read from its text or parsed when somebody looks at it: for most apps nobody does. */
function appOf({ app }: RememberedParse, whole: () => ParsedApp): Given<App> {
  if (app.kind === 'none') return { kind: 'none' };
  const value = once(() => (app.kind === 'text' ? (JSON.parse(app.text) as App) : appIn(whole().app)));
  return {
    kind: 'given',
    get value() {
      return value();
    },
  };
}

/** An app that was there under this key. */
export const appIn = (app: Given<App>): App => (app as Extract<Given<App>, { kind: 'given' }>).value;

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
