import { Flags } from '@oclif/core';
import { Failure } from '../../failure.js';
import type { Folder } from '../../model/folder.js';
import { appsOf } from '../../parse/folder.js';
import { parseLedger } from '../../parse/ledger.js';
import { decodeEntry } from '../../parse/source-text.js';
import { Problems } from '../../problems.js';
import type { Repository } from '../../windows/working-directory.js';
import { chooseApps } from './choose.js';
import type { SharedFlags } from './flags.js';
import { LocalFolder } from './local.js';

/** For commands that can take many apps at once. */
export const severalFlags = {
  all: Flags.boolean({ summary: 'every app of the environment', exclusive: ['changed'] }),
  changed: Flags.string({
    summary: 'the apps whose files differ from a git ref (HEAD when none is given: `--changed`)',
    helpValue: '<ref>',
  }),
};

export interface SeveralFlags extends SharedFlags {
  readonly all: boolean;
  readonly changed?: string | undefined;
}

/** `--changed` alone means `--changed=HEAD`; oclif knows no flag whose value may be left out. */
export function withDefaultRef(argv: readonly string[]): string[] {
  const end = argv.indexOf('--');
  return argv.map((word, index) => (word === '--changed' && (end === -1 || index < end) ? '--changed=HEAD' : word));
}

/** The apps that are meant, sorted; may be none with `--changed`. `gone`: apps that were removed from git since the ref. */
interface Chosen {
  readonly apps: readonly string[];
  readonly gone: readonly string[];
}

export interface Selected extends Chosen {
  /** Where the apps are opened: the one folder in which they were looked for. */
  readonly local: LocalFolder;
}

/** `--all`, `--changed`, or those that are named; without any, the app one stands in, or every app. */
export async function selectApps(
  named: readonly string[],
  flags: SeveralFlags,
  repository: Repository,
  environment: string,
): Promise<Selected> {
  if ((flags.all || flags.changed !== undefined) && (named.length > 0 || flags.app !== undefined)) {
    throw new Failure('empire', 'apps are named, and --all or --changed is given', 'do one of the two', 'usage-apps-twice');
  }
  const many = flags.all || flags.changed !== undefined;
  const chosen = many ? ({ kind: 'none' } as const) : chooseApps(named, flags, repository);
  const local = new LocalFolder(repository, environment, chosen);
  if (chosen.kind === 'given') return { apps: [...chosen.value].sort(), gone: [], local };
  const apps = appsOf(local.folder, environment);
  if (flags.changed === undefined) return { apps, gone: [], local };
  return { ...(await changedApps(local.folder, apps, flags.changed, repository, environment)), local };
}

async function changedApps(
  folder: Folder,
  apps: readonly string[],
  ref: string,
  { root, appsPath }: Repository,
  environment: string,
): Promise<Chosen> {
  if (/^0+$/.test(ref)) return { apps, gone: [] };
  const { openGit } = await import('../../windows/git.js');
  const git = openGit();
  const files = git.changedSince(root, ref);
  const platforms = ['platform', `platform.${environment}`];
  if (files.some((file) => platforms.includes(file))) return { apps, gone: [] };
  const touched = new Set(files.flatMap((file) => appOf(file, appsPath)));
  if (files.includes(`${appsPath}/ingress.lock`))
    for (const app of moved(git.folderAt(root, ref, appsPath), folder)) touched.add(app);
  const known = new Set(folder.apps.map(({ name }) => name));
  return {
    apps: apps.filter((name) => touched.has(name)),
    gone: [...touched].filter((name) => !known.has(name)).sort(),
  };
}

/** `apps/acme-inc/Procfile` → `acme-inc`; a README is no reason to deploy. */
function appOf(file: string, appsPath: string): string[] {
  if (!file.startsWith(`${appsPath}/`)) return [];
  const [app, name] = file.slice(appsPath.length + 1).split('/');
  return app === undefined || name === undefined || name.startsWith('README') || name.startsWith('.') ? [] : [app];
}

/** Apps whose listener rules have other numbers than before. */
function moved(before: Folder, after: Folder): string[] {
  const lines = (folder: Folder): Map<string, string> => {
    const source = folder.ledger.kind === 'given' ? decodeEntry(folder.ledger.value, new Problems()) : folder.ledger;
    const entries = source.kind === 'given' ? parseLedger(source.value, new Problems()) : [];
    return new Map(entries.map((entry) => [JSON.stringify(entry), entry.app]));
  };
  const [a, b] = [lines(before), lines(after)];
  const only = (mine: Map<string, string>, other: Map<string, string>) =>
    [...mine].flatMap(([line, app]) => (other.has(line) ? [] : [app]));
  return [...new Set([...only(a, b), ...only(b, a)])];
}
