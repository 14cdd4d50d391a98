import type { Given } from '../model/given.js';
import type { Place, Problem } from '../model/problem.js';
import { openSealed, seal } from './sealed.js';

/** What parsing an app gave, but for the origins of its values, which only a compilation asks for. */
export interface RememberedParse {
  /** The hash of all that decided it. */
  readonly key: string;
  /** `none`: it was refused, or does not exist in this environment. `text`: its JSON. `not-kept`: it must be parsed when somebody asks. */
  readonly app: { readonly kind: 'none' | 'not-kept' } | { readonly kind: 'text'; readonly text: string };
  readonly problems: readonly Problem[];
  readonly environments: readonly string[];
  readonly claims: readonly {
    readonly name: string;
    readonly app: string;
    readonly environment: string;
    readonly place: Place;
  }[];
}

/** What compiling an app gave: never the template, only how to know it again on the disk. */
export interface RememberedCompilation {
  readonly key: string;
  readonly problems: readonly Problem[];
  readonly made: Given<Made>;
}

/** A template in figures. */
export interface Made {
  readonly stack: string;
  readonly resources: number;
  readonly bytes: number;
  /** SHA-256 of the template's text and of its source map's; empty where nothing is remembered. */
  readonly template: string;
  readonly sourceMap: string;
}

/** One app, as it was the last time. */
export interface Remembered {
  readonly parse: RememberedParse;
  /** None: the app has no model. */
  readonly compilation: Given<RememberedCompilation>;
}

/** By the name of the app. */
export type Memory = ReadonlyMap<string, Remembered>;

/** A memory is kept in so many parts, so that a change of one app does not write all of them again. */
const PARTS = 16;

/** The names of all parts. */
export const PART_NAMES: readonly string[] = Array.from({ length: PARTS }, (_, part) => part.toString(PARTS));

/** The part that an app is in, which only its name decides. */
export function partOf(app: string): string {
  let sum = 0;
  for (let index = 0; index < app.length; index++) sum = (sum * 31 + app.charCodeAt(index)) % 65536;
  return PART_NAMES[sum % PARTS] as string;
}

/** The text of a part. The JSON of the apps stands behind, a line each, since it is rarely asked for. */
export function formatPart(compiler: string, part: Memory): string {
  const apps = [...part];
  const head = apps.map(([name, { parse, compilation }]) => [name, { ...parse, app: { kind: parse.app.kind } }, compilation]);
  const texts = apps.map(([, { parse }]) => (parse.app.kind === 'text' ? parse.app.text : ''));
  return seal(compiler, [JSON.stringify(head), ...texts].join('\n'));
}

type Kept = readonly [string, RememberedParse & { readonly app: { readonly kind: 'text' } }, Remembered['compilation']];

/** Nothing when it is not exactly what this code wrote. */
export function parsePart(compiler: string, bytes: Uint8Array): Memory {
  const sealed = openSealed(compiler, bytes);
  if (sealed.kind === 'none') return new Map();
  const [head = '[]', ...texts] = sealed.value.split('\n');
  const apps = (JSON.parse(head) as Kept[]).map(([name, parse, compilation], index): [string, Remembered] => {
    const app = parse.app.kind === 'text' ? { kind: 'text' as const, text: texts[index] as string } : parse.app;
    return [name, { parse: { ...parse, app }, compilation }];
  });
  return new Map(apps);
}
