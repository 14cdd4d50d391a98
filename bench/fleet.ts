import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Case } from './measure.js';

/** What else people ask of all apps of a repository: one of them was changed since the last commit. */
export function fleetCases(empire: string, root: string, apps: number, env: Readonly<Record<string, string>>): Case[] {
  commit(root);
  const rehearsed = { ...env, EMPIRE_REHEARSE: '1', EMPIRE_REHEARSE_SPEED: 'infinite' };
  const changed = join(root, 'apps', 'app-0001', 'env');
  const shown = apps.toLocaleString('en');
  const one = (words: string, what: string): Case => ({
    name: `${words} of ${shown} apps, ${what}`,
    words: [process.execPath, empire, ...words.split(' ')],
    cwd: root,
    env: rehearsed,
    before: (run) => writeFileSync(changed, `RACK_ENV=production\nNUMBER=1\nCHANGED=${run}\n`),
  });
  return [
    one('lint', 'one changed'),
    one('lint --no-cache', 'nothing remembered'),
    one('diff --changed', 'one changed'),
    one('diff --changed --from HEAD', 'one changed'),
    one('diff --from HEAD', 'one changed'),
    one('diff', 'none deployed'),
    one('check', 'none deployed'),
  ];
}

function commit(root: string): void {
  const git = (...words: string[]): void => void execFileSync('git', words, { cwd: root });
  git('init', '--quiet');
  git('add', 'apps');
  git('-c', 'user.name=Bench', '-c', 'user.email=bench@example.com', 'commit', '--quiet', '--message', 'all of them');
}
