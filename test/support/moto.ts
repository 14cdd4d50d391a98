import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * Its own end of the pipe closes when this process dies, however it dies: then the server ends too.
 *
 * moto looks at If-Match and If-None-Match first and writes afterwards, so two of its threads may both write; S3 does it in one.
 */
const SERVER = `
import os, runpy, sys, threading
from moto.s3.responses import S3Response
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
put_object, one_at_a_time = S3Response.put_object, threading.RLock()
def put_alone(self):
    with one_at_a_time:
        return put_object(self)
S3Response.put_object = put_alone
launcher = sys.argv[1]
sys.argv = [launcher, "-H", "127.0.0.1", "-p", "0"]
runpy.run_path(launcher, run_name="__main__") if launcher != "" else runpy.run_module("moto.server", run_name="__main__")
`;

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
  const env = { ...process.env, PYTHONUNBUFFERED: '1', MOTO_ALLOW_NONEXISTENT_REGION: 'true', ...environment };
  const child = spawn(found.python, ['-c', SERVER, launcher], { cwd: folder, env, stdio: ['pipe', 'ignore', 'pipe'] });
  const url = await addressOf(child);
  return {
    url,
    reset: async () => {
      const answer = await fetch(`${url}/moto-api/reset`, { method: 'POST' });
      if (!answer.ok) throw new Error(`moto did not reset: ${answer.status}`);
    },
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      if (child.exitCode === null && child.kill()) await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The line on stderr that names the port. Whatever comes after is read and dropped, so that the pipe never fills. */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.setEncoding('utf8');
    child.stderr?.on('data', (text: string) => {
      said = `${said}${text}`.slice(-10_000);
      const address = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    });
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`moto ended before it listened:\n${said}`)));
  });
}
