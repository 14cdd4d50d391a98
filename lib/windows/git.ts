import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Failure } from '../failure.js';
import type { GitWindow } from '../model/windows.js';
import { readFolderAt } from './git-folder.js';

/** git, as it is installed on this computer. */
export function openGit(): GitWindow {
  return {
    head(root, path) {
      if (!mayBeRepository(root)) return { kind: 'none' };
      const commit = git(root, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
      // No git, no repository, no commit yet, or one that git does not trust: there is just no commit to name.
      if (commit.status !== 0) return { kind: 'none' };
      const changes = insist(root, [
        'status',
        '--porcelain',
        '-z',
        '--untracked-files=all',
        '--',
        `:(top,literal)${inTop(root, path)}`,
      ]);
      const branch = git(root, ['symbolic-ref', '--quiet', '--short', 'HEAD']);
      return {
        kind: 'given',
        value: {
          commit: commit.text.trim(),
          dirty: changes.length > 0,
          branch: branch.status === 0 ? { kind: 'given', value: branch.text.trim() } : { kind: 'none' },
        },
      };
    },

    changedSince(root, ref) {
      const commit = commitOf(root, ref);
      const known = insist(root, ['diff', '--name-only', '-z', '--no-renames', '--no-ext-diff', '--relative', commit, '--', '.']);
      const untracked = insist(root, ['ls-files', '--others', '--exclude-standard', '-z', '--', '.']);
      return [...new Set([...namesIn(known), ...namesIn(untracked)])].sort();
    },

    folderAt(root, ref, appsPath) {
      const commit = commitOf(root, ref);
      const top = git(root, ['rev-parse', '--verify', '--quiet', `${commit}:${prefixOf(root)}`]);
      // The root itself may be younger than that commit.
      const listing = top.status === 0 ? insist(root, ['ls-tree', '-r', '-t', '-l', '-z', '--full-tree', top.text.trim()]) : '';
      return readFolderAt(listing.toString(), appsPath, (ids) => insist(root, ['cat-file', '--batch'], `${ids.join('\n')}\n`));
    },
  };
}

/** Whether it is worth starting git: it looks for `.git` here and above, unless it is told where. */
function mayBeRepository(root: string): boolean {
  if (process.env['GIT_DIR']) return true;
  for (let at = resolve(root); ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return true;
    if (dirname(at) === at) return false;
  }
}

const namesIn = (output: Buffer): string[] => output.toString('utf8').split('\0').filter(Boolean);

/** Where the root is in its git repository: empty, or `infra/`. */
const prefixOf = (root: string): string => insist(root, ['rev-parse', '--show-prefix']).toString('utf8').replace(/\n$/, '');

function inTop(root: string, path: string): string {
  const full = `${prefixOf(root)}${path === '.' ? '' : path}`;
  return full.replace(/\/$/, '');
}

/** The commit that a person's word for it means. A word that looks like an option is never taken for one. */
function commitOf(root: string, ref: string): string {
  const found = git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
  if (found.status === 0) return found.text.trim();
  // The same question without --quiet says why, when it is not the ref.
  insist(root, ['rev-parse', '--git-dir']);
  throw new Failure(
    'git',
    `there is no commit \`${ref}\``,
    'name a branch, a tag or a commit; in CI, fetch it first (`git fetch --depth 1 origin <ref>`)',
    'git-ref-unknown',
  );
}

interface Ran {
  readonly status: number | null;
  readonly bytes: Buffer;
  readonly text: string;
  /** Why it failed, in git's words. */
  readonly why: string;
}

const LARGEST_OUTPUT = 1 << 29;

/** Answers do not depend on who runs it where: no hooks' variables, no translations, no pager, no file monitor. */
function git(root: string, parameters: readonly string[], input = ''): Ran {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    LC_ALL: 'C',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_LAZY_FETCH: '1',
  };
  for (const name of ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX']) delete env[name];
  const { status, stdout, stderr, error } = spawnSync('git', ['-c', 'core.fsmonitor=false', ...parameters], {
    cwd: root,
    env,
    input,
    maxBuffer: LARGEST_OUTPUT,
  });
  // Without git there is no stdout at all.
  const bytes = stdout ?? Buffer.alloc(0);
  const said = error?.message ?? stderr.toString('utf8').trim();
  return { status: error === undefined ? status : null, bytes, text: bytes.toString('utf8'), why: said };
}

/** The output, or a Failure in git's words. */
function insist(root: string, parameters: readonly string[], input = ''): Buffer {
  const ran = git(root, parameters, input);
  if (ran.status === 0) return ran.bytes;
  const why = ran.why.replace(/^fatal: /, '').split('\n')[0];
  const hint = /ENOENT/.test(ran.why) ? 'install git' : 'run this in a git repository that you own';
  throw new Failure('git', `\`git ${parameters[0]}\` failed: ${why}`, hint, 'git-failed');
}
