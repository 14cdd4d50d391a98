import type { SecretReference } from '../model/app.js';
import type { Origin, Place } from '../model/problem.js';
import type { AppFiles, Layers, Loaded } from './app-files.js';
import { writtenAt } from './origins.js';
import type { ResolvedScale, ScaleEntry } from './scale.js';

/** A file that an overlay replaces whole: what holds in one environment, and what it won against. */
export interface Chosen<T> {
  readonly loaded: Loaded<T>;
  readonly over: readonly Origin[];
}

/** The overlay of the environment, or else the base. */
export function choose<T>(layers: Layers<T>, environment: string): Chosen<T> | undefined {
  const base = layers.get('default');
  const overlay = environment === 'default' ? undefined : layers.get(environment);
  if (overlay !== undefined) return { loaded: overlay, over: base === undefined ? [] : [writtenAt(base.place)] };
  return base === undefined ? undefined : { loaded: base, over: [] };
}

/** A name of `env` or `secrets` in one environment. */
export interface ResolvedName {
  readonly name: string;
  readonly value:
    | { readonly kind: 'variable'; readonly text: string }
    | { readonly kind: 'secret'; readonly reference: SecretReference };
  readonly place: Place;
  readonly over: readonly Origin[];
}

type Names = Map<string, ResolvedName>;

/** `env` and `secrets` of one environment. Layers come before kinds: an entry of the overlay wins over either file of the base. */
export function resolveNames(files: AppFiles, environment: string): ResolvedName[] {
  const names = namesOf(files, 'default');
  if (environment !== 'default') {
    for (const { name } of unsetsOf(files, environment)) names.delete(name);
    for (const [name, entry] of namesOf(files, environment)) {
      const base = namesOf(files, 'default').get(name);
      names.set(name, { ...entry, over: base === undefined ? [] : [writtenAt(base.place)] });
    }
  }
  return [...names.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What one layer says alone. */
export function namesOf(files: AppFiles, layer: string): Names {
  const names: Names = new Map();
  for (const { name, value, place } of entriesOf(files.secrets, layer)) {
    names.set(name, { name, value: { kind: 'secret', reference: value }, place, over: [] });
  }
  for (const { name, value, place } of entriesOf(files.env, layer)) {
    names.set(name, { name, value: { kind: 'variable', text: value }, place, over: [] });
  }
  return names;
}

/** A file of named entries, whatever they hold. */
export interface WithEntries<E> {
  readonly entries: readonly E[];
  readonly unsets: readonly { readonly name: string; readonly place: Place }[];
}

export function entriesOf<E>(layers: Layers<WithEntries<E>>, layer: string): readonly E[] {
  const loaded = layers.get(layer);
  return loaded?.value.kind === 'given' ? loaded.value.value.entries : [];
}

export function unsetsIn<E>(layers: Layers<WithEntries<E>>, layer: string): WithEntries<E>['unsets'] {
  const loaded = layers.get(layer);
  return loaded?.value.kind === 'given' ? loaded.value.value.unsets : [];
}

/** The names that a layer takes away, from either file. */
export const unsetsOf = (files: AppFiles, layer: string) => [...unsetsIn(files.env, layer), ...unsetsIn(files.secrets, layer)];

/** `scale` of one environment; count and size are merged separately. */
export interface MergedScale {
  readonly scale: ResolvedScale;
  /** For places in the overlay that won: what they won against. */
  readonly overs: readonly { readonly place: Place; readonly over: Place }[];
}

export function resolveScale(layers: AppFiles['scale'], environment: string): MergedScale {
  const scale: Map<string, ScaleEntry> = new Map(entriesOf(layers, 'default').map((entry) => [entry.process, entry]));
  const overs: { place: Place; over: Place }[] = [];
  if (environment === 'default') return { scale, overs };
  for (const { name } of unsetsIn(layers, environment)) scale.delete(name);
  for (const entry of entriesOf(layers, environment)) {
    const base = scale.get(entry.process);
    scale.set(entry.process, base === undefined ? entry : mergeEntry(base, entry));
    if (base === undefined) continue;
    if (entry.count.kind === 'given' && base.count.kind === 'given') {
      overs.push({ place: entry.count.value.place, over: base.count.value.place });
    }
    if (entry.size.kind === 'given' && base.size.kind === 'given') {
      overs.push({ place: entry.size.value.place, over: base.size.value.place });
    }
  }
  return { scale, overs };
}

function mergeEntry(base: ScaleEntry, overlay: ScaleEntry): ScaleEntry {
  const count = overlay.count.kind === 'given' ? overlay.count : base.count;
  // `off` takes no size: an overlay that switches a process off does away with the base's size
  const off = count.kind === 'given' && count.value.value.kind === 'off';
  const size = overlay.size.kind === 'given' || off ? overlay.size : base.size;
  return { process: overlay.process, place: overlay.place, count, size };
}
