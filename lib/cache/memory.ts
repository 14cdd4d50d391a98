import { createHash } from 'node:crypto';
import type { App } from '../model/app.js';
import type { AppDirectory } from '../model/folder.js';
import type { Given } from '../model/given.js';
import type { LedgerEntry } from '../model/ledger.js';
import type { Place, Problem } from '../model/problem.js';

/** What parsing an app gave, but for the origins of its values, which only a compilation asks for. */
export interface RememberedParse {
  /** The hash of all that decided it. */
  readonly key: string;
  readonly app: Given<App>;
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

export const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** The hash of one app's files with everything else that parsing looks at, which `surroundings` is the hash of. Each part says its length. */
export function parseKey(surroundings: string, directory: AppDirectory): string {
  const hash = createHash('sha256');
  const add = (part: string): void => void hash.update(`${Buffer.byteLength(part)}:${part}`);
  [surroundings, directory.name, directory.path].forEach(add);
  for (const { name, path, content } of directory.entries) {
    [name, path, content.kind].forEach(add);
    if (content.kind !== 'bytes') add(JSON.stringify(content));
    else hash.update(`${content.bytes.length}:`).update(content.bytes);
  }
  return hash.digest('hex');
}

/** What a compilation looks at beside that: the numbers of the app's own listener rules. */
export const compileKey = (parsed: string, own: readonly LedgerEntry[]): string => sha256(`${parsed} ${JSON.stringify(own)}`);

/** The text of a memory, behind its own hash. */
export function formatMemory(memory: Memory): string {
  const body = JSON.stringify([...memory]);
  return `${sha256(body)}\n${body}`;
}

/** Nothing when the text is not exactly what was written: then it is as if there had been none. */
export function parseMemory(text: string): Given<Memory> {
  const end = text.indexOf('\n');
  const body = text.slice(end + 1);
  if (end === -1 || sha256(body) !== text.slice(0, end)) return { kind: 'none' };
  return { kind: 'given', value: new Map(JSON.parse(body) as [string, Remembered][]) };
}
