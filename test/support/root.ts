import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Folder } from '../../lib/model/folder.js';
import type { Problem } from '../../lib/model/problem.js';
import { type ParsedFolder, parseFolder } from '../../lib/parse/folder.js';
import { readFolder } from '../../lib/windows/disk.js';

/** The root of this repository. */
export const ROOT = path.resolve(__dirname, '..', '..');

/** Files of a repository, by path relative to its root. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

const made: string[] = [];

/** Makes a repository in a temporary directory and gives its root. `removeRoots` takes it away. */
export function makeRoot(files: Files): string {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'empire-test-'));
  made.push(root);
  for (const [name, content] of Object.entries(files)) {
    const full = path.join(root, name);
    fs.mkdirSync(path.dirname(full), { recursive: true });
    fs.writeFileSync(full, content);
  }
  return root;
}

/** Call it in `after`. */
export function removeRoots(): void {
  for (const root of made.splice(0)) fs.rmSync(root, { recursive: true, force: true });
}

export interface Asked {
  readonly environment?: string;
  readonly only?: readonly string[];
}

const onlyOf = (asked: Asked) =>
  asked.only === undefined ? ({ kind: 'none' } as const) : ({ kind: 'given', value: asked.only } as const);

export function readRoot(root: string, asked: Asked = {}): Folder {
  return readFolder(root, { appsPath: 'apps', only: onlyOf(asked) });
}

/** Files → what `parseFolder` says of them. */
export function parseFiles(files: Files, asked: Asked = {}): ParsedFolder {
  return parseRoot(makeRoot(files), asked);
}

export function parseRoot(root: string, asked: Asked = {}): ParsedFolder {
  return parseFolder(readRoot(root, asked), asked.environment ?? 'default', onlyOf(asked));
}

/** The errors as `code file:line:column`, in order. */
export function refusals(parsed: { readonly problems: readonly Problem[] }): string[] {
  return parsed.problems
    .filter(({ severity }) => severity === 'error')
    .map((problem) => `${problem.code} ${shownPlace(problem)}`);
}

function shownPlace({ place }: Problem): string {
  return place.kind === 'point' ? `${place.file}:${place.line}:${place.column}` : place.file;
}
