import { type Memory, parseKey, type RememberedParse, sha256 } from '../../cache/memory.js';
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
    const key = this.compiler.kind === 'given' ? parseKey(this.hashOf(platform, environments, inherited), directory) : '';
    const before = this.before.get(directory.name)?.parse;
    const whole = once(() => parseApp(directory, platform, environments, inherited));
    const remembered = before !== undefined && before.key === key ? before : rememberedOf(key, whole());
    this.known.set(directory.name, { remembered, whole });
    const { app, problems, claims } = remembered;
    return { name: directory.name, app, problems, claims, environments: remembered.environments, origins: new Map() };
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

const rememberedOf = (key: string, { app, problems, environments, claims }: ParsedApp): RememberedParse => ({
  key,
  app,
  problems,
  environments,
  claims,
});

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
