import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BARE_AWS } from './environment.js';
import { startServer } from './moto-server.js';
import { findPython } from './python.js';

/** A moto server on 127.0.0.1. */
export interface Moto {
  /** `http://127.0.0.1:<port>`, for AWS_ENDPOINT_URL. */
  readonly url: string;
  /** Forgets everything: between tests. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

/** How moto is started. */
export interface MotoOptions {
  /** A Python program that runs `moto.server` itself, with the arguments it gets. Else moto as it is. */
  readonly launcher?: string;
  /** For the launcher: what moto itself reads when it is loaded is the same for all suites. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** moto takes any region, and makes no thousand machine images that nobody looks at. */
const SETTINGS = { MOTO_ALLOW_NONEXISTENT_REGION: 'true', MOTO_EC2_LOAD_DEFAULT_AMIS: 'false' };

/** What every process that talks to moto has in its environment: no profile of this computer is ever read. */
export function motoEnvironment(moto: Pick<Moto, 'url'>): Record<string, string> {
  return {
    AWS_ACCESS_KEY_ID: 'testing',
    AWS_SECRET_ACCESS_KEY: 'testing',
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL: moto.url,
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

/** Starts moto, or skips the suite with a line that says why. With CI=true it must be there. */
export async function startMotoOrSkip(context: Mocha.Context, options: MotoOptions = {}): Promise<Moto> {
  // It may have to be installed first. What a suite itself may take begins with its tests.
  context.timeout(600_000);
  const found = findPython('moto');
  if (found.kind === 'found') return await startMoto(options);
  if (process.env['CI'] === 'true') throw new Error(`moto is needed when CI=true: ${found.why}`);
  console.log(`      skipped: no Python with moto (${found.why})`);
  return context.skip();
}

/** Starts moto on a free port. Throws when no Python has it. */
export async function startMoto({ launcher = '', environment = {} }: MotoOptions = {}): Promise<Moto> {
  const found = findPython('moto');
  if (found.kind === 'absent') throw new Error(`moto cannot be had: ${found.why}`);
  const folder = mkdtempSync(join(tmpdir(), 'empire-moto-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const wish = { launcher, folder, environment: { ...process.env, ...BARE_AWS, ...SETTINGS, ...environment } };
  const { url, end } = await startServer(found.python, wish).catch((error) => {
    remove();
    throw error;
  });
  return {
    url,
    reset: async () => {
      const answer = await fetch(`${url}/moto-api/reset`, { method: 'POST' });
      if (!answer.ok) throw new Error(`moto did not reset: ${answer.status}`);
    },
    stop: async () => {
      await end();
      remove();
    },
  };
}
