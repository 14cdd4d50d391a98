import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './repository.js';

/** A real nginx, or why there is none. */
export type Nginx = { readonly kind: 'found'; readonly program: string } | { readonly kind: 'absent'; readonly why: string };

const FOLDER = join(ROOT, '.nginx');
const OWN = join(FOLDER, 'usr', 'sbin', 'nginx');

/** The system's nginx; where CI has none, Debian's package, unpacked into `.nginx/` and not installed. */
export function findNginx(): Nginx {
  const program = ['nginx', '/usr/sbin/nginx', OWN].find(runs);
  if (program !== undefined) return { kind: 'found', program };
  if (process.env['CI'] !== 'true') return { kind: 'absent', why: 'nginx is not installed: `apt-get install nginx`' };
  const why = unpack();
  return runs(OWN) ? { kind: 'found', program: OWN } : { kind: 'absent', why: why === '' ? `${OWN} does not run` : why };
}

const runs = (program: string): boolean => spawnSync(program, ['-v']).status === 0;

/** Why Debian's package could not be had; empty when it could. */
function unpack(): string {
  mkdirSync(FOLDER, { recursive: true });
  // Without root the lists cannot be renewed, but those that are there may do.
  spawnSync('apt-get', ['update', '-qq']);
  const download = spawnSync('apt-get', ['download', 'nginx'], { cwd: FOLDER, encoding: 'utf8' });
  if (download.status !== 0) return `apt-get download nginx: ${download.error?.message ?? download.stderr.trim()}`;
  const [file] = readdirSync(FOLDER).filter((name) => name.endsWith('.deb'));
  const unpacked = spawnSync('dpkg', ['-x', file ?? '', FOLDER], { cwd: FOLDER, encoding: 'utf8' });
  return unpacked.status === 0 ? '' : `dpkg -x: ${unpacked.error?.message ?? unpacked.stderr.trim()}`;
}
