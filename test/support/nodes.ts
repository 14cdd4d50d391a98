import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the processes of mocha's pool have put away. */
const { certificates }: { readonly certificates: NodeJS.ProcessEnv } = require('./workers.cjs');

/** The other Node versions we promise to run on, as npm packages of their binaries; exact, so that a run can be repeated. */
const VERSIONS = { node22: '22.23.3', node24: '24.21.0' } as const;

const ROOT = join(__dirname, '..', '..', '.nodes');

/**
 * Paths of Node 22 and 24, installed once into `.nodes/` (never into our own `node_modules`: its `.bin/node` would shadow
 * the system's). Undefined, with the reason on the screen, where the registry cannot be reached.
 */
export function otherNodes(): { readonly version: string; readonly path: string }[] | undefined {
  const found = Object.entries(VERSIONS).map(([name, version]) => ({
    version,
    path: join(ROOT, 'node_modules', name, 'bin', 'node'),
  }));
  if (!found.every(isVersion)) install();
  if (found.every(isVersion)) return found;
  console.error(
    `      Node ${Object.values(VERSIONS).join(' and ')} could not be installed into .nodes/; is the npm registry reachable?`,
  );
  return undefined;
}

function isVersion({ version, path }: { version: string; path: string }): boolean {
  return existsSync(path) && execFileSync(path, ['--version'], { encoding: 'utf8' }).trim() === `v${version}`;
}

function install(): void {
  mkdirSync(ROOT, { recursive: true });
  writeFileSync(join(ROOT, 'package.json'), '{ "private": true }\n');
  const packages = Object.entries(VERSIONS).map(([name, version]) => `${name}@npm:node@${version}`);
  try {
    const env = { ...process.env, ...certificates };
    execFileSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', ...packages], { cwd: ROOT, env, stdio: 'pipe' });
  } catch (error) {
    console.error(`      npm install of ${packages.join(', ')} failed: ${(error as Error).message.split('\n')[0]}`);
  }
}
