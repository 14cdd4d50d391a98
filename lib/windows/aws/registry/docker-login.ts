import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fieldOf, parseJson } from './manifest.js';

/** What `docker login` keeps for one registry. */
export type DockerLogin =
  | { readonly kind: 'password'; readonly user: string; readonly password: string }
  /** An identity token: changed into an access token with OAuth. */
  | { readonly kind: 'token'; readonly token: string }
  /** Nobody logged in, or why that cannot be told. */
  | { readonly kind: 'none'; readonly why: string };

const NONE: DockerLogin = { kind: 'none', why: 'this computer has no login for it either' };

/** The login for a registry, named as Docker does: `https://index.docker.io/v1/`, `ghcr.io`. */
export async function readDockerLogin(registry: string): Promise<DockerLogin> {
  const folder = process.env['DOCKER_CONFIG'] || join(homedir(), '.docker');
  const path = join(folder, 'config.json');
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'EACCES' || error.code === 'ENOTDIR') return '{}';
    throw error;
  });
  const config = parseJson(text);
  if (config === undefined) return { kind: 'none', why: `${path} is no JSON` };
  const helper = ownField(fieldOf(config, 'credHelpers'), registry) ?? fieldOf(config, 'credsStore');
  if (typeof helper === 'string' && helper !== '') return await askHelper(helper, registry);
  return entryLogin(entryOf(fieldOf(config, 'auths'), registry));
}

/** Docker writes `ghcr.io`, older versions `https://ghcr.io/v1/`. */
function entryOf(auths: unknown, registry: string): unknown {
  const wanted = [registry, `https://${registry}`, `https://${registry}/`, `https://${registry}/v1/`, `https://${registry}/v2/`];
  return wanted.map((name) => ownField(auths, name)).find((entry) => entry !== undefined);
}

function ownField(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? fieldOf(value, name) : undefined;
}

function entryLogin(entry: unknown): DockerLogin {
  const token = fieldOf(entry, 'identitytoken');
  if (typeof token === 'string' && token !== '') return { kind: 'token', token };
  const auth = fieldOf(entry, 'auth');
  if (typeof auth !== 'string' || auth === '') return NONE;
  const decoded = Buffer.from(auth, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  if (colon < 1) return { kind: 'none', why: 'the login in the Docker configuration cannot be read' };
  return { kind: 'password', user: decoded.slice(0, colon), password: decoded.slice(colon + 1).replace(/\0+$/, '') };
}

/** A helper that has not answered by then waits for a person. */
const SECONDS = 20;

/** `docker-credential-<name> get`: the registry on its stdin, JSON on its stdout. */
async function askHelper(name: string, registry: string): Promise<DockerLogin> {
  const program = `docker-credential-${name}`;
  if (!/^[\w.-]+$/.test(name))
    return { kind: 'none', why: `the Docker configuration names a strange helper: ${JSON.stringify(name)}` };
  const { status, output, error } = await run(program, registry);
  if (error !== '') return { kind: 'none', why: `${program} cannot be run: ${error}` };
  if (status !== 0) return /not found/i.test(output) ? NONE : { kind: 'none', why: `${program} ended with ${status}` };
  const answer = parseJson(output);
  const user = fieldOf(answer, 'Username');
  const secret = fieldOf(answer, 'Secret');
  if (typeof user !== 'string' || typeof secret !== 'string') return { kind: 'none', why: `${program} gave no login` };
  return user === '<token>' ? { kind: 'token', token: secret } : { kind: 'password', user, password: secret };
}

interface Ended {
  readonly status: number | null;
  readonly output: string;
  readonly error: string;
}

function run(program: string, input: string): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(program, ['get'], { stdio: ['pipe', 'pipe', 'ignore'] });
    // Not spawn's own time limit: where the program is missing, that one keeps Node alive until it is over.
    const limit = setTimeout(() => child.kill(), SECONDS * 1000);
    const end = (ended: Ended): void => {
      clearTimeout(limit);
      resolve(ended);
    };
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output = `${output}${text}`.slice(0, 100_000);
    });
    child.once('error', (error) => end({ status: null, output, error: error.message }));
    child.once('close', (status) => end({ status, output, error: '' }));
    // A helper may end without reading.
    child.stdin.once('error', () => undefined);
    child.stdin.end(input);
  });
}
