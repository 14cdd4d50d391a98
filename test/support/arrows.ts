import { dirname, join } from 'node:path';

/** One import of one file. */
export interface Import {
  /** Relative to the root of the repository. */
  readonly file: string;
  /** As written. */
  readonly target: string;
  /** `import type`, `export type`: nothing of it is there at run time. */
  readonly typeOnly: boolean;
}

const STATEMENT = /^\s*(?:import|export)\s+(type\s+)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]/gm;
const CALL = /\b(?:require|import|require\.resolve)\(\s*['"]([^'"]+)['"]\s*\)/g;

/** All imports of a source text: statements, re-exports, `import()` and `require()`. */
export function importsOf(file: string, text: string): Import[] {
  const found: Import[] = [];
  for (const [, type, target] of text.matchAll(STATEMENT)) {
    if (target !== undefined) found.push({ file, target, typeOnly: type !== undefined });
  }
  for (const [, target] of text.matchAll(CALL)) {
    if (target !== undefined) found.push({ file, target, typeOnly: false });
  }
  return found;
}

/** Rooms below the ones that a room may use beside itself, the model, `failure` and `problems`. Commands and bin may use every room. */
const ROOMS: ReadonlyMap<string, readonly string[]> = new Map([
  ['lib/cache', []],
  ['lib/parse', []],
  ['lib/compile', ['constructs']],
  ['lib/pin', []],
  ['lib/plan', []],
  ['lib/observe', []],
  ['lib/check', ['lib/observe']],
  ['lib/release', ['lib/observe', 'lib/plan']],
  ['lib/rehearsal', []],
  ['lib/view', []],
  ['lib/windows', []],
  ['constructs', []],
]);

interface PackageRule {
  /** The package, without `node:`. */
  readonly name: string;
  readonly allowed: (from: Import) => boolean;
}

const inRoom =
  (...rooms: readonly string[]) =>
  ({ file }: Import): boolean =>
    rooms.some((room) => file.startsWith(`${room}/`));

const isCdkClass = (file: string): boolean => /^constructs\/([^/]+\/)?index\.ts$/.test(file);

/** The rehearsed account lives in a file; the door reads the package.json of the program itself. Neither is the outside. */
const KEEPS_FILES = new Set(['bin/command-line.ts', 'lib/rehearsal/state-file.ts']);

/** Starts the bundles, which are files beside it. */
const STARTS = inRoom('bin/quick');

const PACKAGES: readonly PackageRule[] = [
  { name: 'js-yaml', allowed: inRoom('lib/parse', 'lib/view', 'lib/windows') },
  { name: 'dotenv', allowed: ({ file }) => /^lib\/parse\/platform(\/|\.ts|-)/.test(file) },
  { name: 'dotenv-parse-variables', allowed: ({ file }) => /^lib\/parse\/platform(\/|\.ts|-)/.test(file) },
  { name: 'aws-cdk-lib', allowed: ({ file, typeOnly }) => isCdkClass(file) || (typeOnly && file.startsWith('constructs/')) },
  { name: 'constructs', allowed: ({ file, typeOnly }) => isCdkClass(file) || (typeOnly && file.startsWith('constructs/')) },
  { name: '@oclif/core', allowed: inRoom('lib/commands', 'bin') },
  { name: '@aws-cdk/cloudformation-diff', allowed: inRoom('lib/plan') },
  { name: 'fs', allowed: (from) => inRoom('lib/windows')(from) || STARTS(from) || KEEPS_FILES.has(from.file) },
];

/** Join rooms as commands do: the stages in their order, and the library that a program imports. */
const JOINS = new Set(['bin', 'lib/commands', 'lib/pipeline', 'lib/index']);

/** Parts of Node without a door to the outside: every room may use them. */
const HARMLESS = new Set(['node:path', 'node:crypto', 'node:util', 'node:url', 'node:net', 'node:module', 'node:process']);

function roomOf(path: string): string {
  return /^(lib\/[^/]+|constructs|bin)\//.exec(path)?.[1] ?? path.replace(/\.(js|ts)$/, '');
}

/** Why an import is not allowed; empty when it is. */
export function refusals(from: Import): string[] {
  const reason = from.target.startsWith('.') ? refuseRoom(from) : refusePackage(from);
  return reason === '' ? [] : [`${from.file} imports ${from.target}: ${reason}`];
}

function refuseRoom({ file, target }: Import): string {
  const room = roomOf(file);
  const other = roomOf(join(dirname(file), target));
  if (room === other) return '';
  if (room === 'lib/model') return 'the model imports nothing';
  if (JOINS.has(room)) return '';
  if (other === 'lib/model' || other === 'lib/failure' || other === 'lib/problems') return '';
  if (isCdkClass(file)) return other.startsWith('lib/') ? '' : 'rooms meet only in the model';
  return ROOMS.get(room)?.includes(other) ? '' : 'rooms meet only in the model';
}

function refusePackage(from: Import): string {
  const bare = from.target.replace(/^node:/, '');
  const name = bare.startsWith('@') ? bare.split('/').slice(0, 2).join('/') : (bare.split('/')[0] ?? bare);
  if (name.startsWith('@aws-sdk/')) return inRoom('lib/windows')(from) ? '' : `${name} has another room`;
  const rule = PACKAGES.find((known) => known.name === name);
  if (rule !== undefined) return rule.allowed(from) ? '' : `${name === 'fs' ? 'node:fs' : name} has another room`;
  if (from.target.startsWith('node:') && roomOf(from.file).match(/^(bin|lib\/(commands|windows))$/)) return '';
  return HARMLESS.has(from.target) ? '' : `${from.target} has no room`;
}
