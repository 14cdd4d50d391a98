import { createHash } from 'node:crypto';
import { Failure } from '../../../failure.js';
import type { Clock, ResolvedImage } from '../../../model/windows.js';
import { type Address, type Reference, schemeOf } from './address.js';
import { readDockerLogin } from './docker-login.js';
import { type Answer, fetchWithin } from './fetch.js';
import { type Architecture, fieldOf, MANIFEST_TYPES, parseArchitecture, parseJson, parseManifest } from './manifest.js';
import { authorize } from './oci-token.js';

/**
 * Asks a registry that speaks the OCI distribution API: first as anybody, which is all that a task can do, then with this
 * computer's login.
 *
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests
 */
export async function resolveOci(address: Address, reference: Reference, clock: Clock): Promise<ResolvedImage> {
  const ask = new Asking(address, clock);
  const first = await ask.manifest(reference, { kind: 'anonymous' });
  if (!isRefused(first)) return await ask.outcome(first, reference, 'anonymous');
  const login = await readDockerLogin(address.login);
  const reason = `${address.shown} does not exist, or it is private`;
  if (login.kind === 'none') return { kind: 'denied', reason: `${reason}; ${login.why}` };
  const second = await ask.manifest(reference, login);
  if (isRefused(second)) return { kind: 'denied', reason: `${reason}, also for the login of this computer` };
  return await ask.outcome(second, reference, 'local');
}

const isRefused = ({ status }: Answer): boolean => status === 401 || status === 403;

/** One repository, and the authorization that its registry wants once it is known. */
class Asking {
  private header: Readonly<Record<string, string>> = {};

  constructor(
    private readonly address: Address,
    private readonly clock: Clock,
  ) {}

  /** The manifest; when the registry asks for a token, with one. */
  async manifest(reference: Reference, login: Parameters<typeof authorize>[1]): Promise<Answer> {
    this.header = {};
    const first = await this.get(`manifests/${reference.text}`, MANIFEST_TYPES);
    const challenge = first.headers.get('www-authenticate');
    if (first.status !== 401 || challenge === null) return first;
    const authorization = await authorize(challenge, login, this.address, this.clock);
    if (authorization === '') return first;
    this.header = { authorization };
    return await this.get(`manifests/${reference.text}`, MANIFEST_TYPES);
  }

  async outcome(answer: Answer, reference: Reference, login: 'anonymous' | 'local'): Promise<ResolvedImage> {
    if (answer.status === 404) return { kind: 'missing', what: isUnknownName(answer) ? 'repository' : reference.kind };
    if (answer.status !== 200) throw unusable(this.address, answer);
    const digest = `sha256:${createHash('sha256').update(answer.bytes).digest('hex')}`;
    const claimed = reference.kind === 'digest' ? reference.text : answer.headers.get('docker-content-digest');
    if (claimed?.startsWith('sha256:') && claimed !== digest) throw forged(this.address, claimed);
    return { kind: 'found', digest, architectures: await this.architectures(answer.text), login };
  }

  private async architectures(manifest: string): Promise<readonly Architecture[]> {
    const facts = parseManifest(manifest);
    if (facts.kind !== 'image') return facts.kind === 'index' ? facts.architectures : [];
    const { status, text } = await this.get(`blobs/${facts.config}`, []);
    return status === 200 ? parseArchitecture(text) : [];
  }

  private async get(path: string, accepted: readonly string[]): Promise<Answer> {
    const { host, repository } = this.address;
    const headers = { ...(accepted.length === 0 ? {} : { accept: accepted.join(', ') }), ...this.header };
    return await fetchWithin(`${schemeOf(host)}://${host}/v2/${repository}/${path}`, { headers }, this.clock);
  }
}

function isUnknownName({ text }: Answer): boolean {
  const errors = fieldOf(parseJson(text), 'errors');
  return Array.isArray(errors) && errors.some((error) => fieldOf(error, 'code') === 'NAME_UNKNOWN');
}

function unusable({ host, shown }: Address, { status }: Answer): Failure {
  if (status === 429) {
    const hint = 'wait, or log in with `docker login`, which has a higher limit';
    return new Failure(shown, `${host} says that there were too many pulls`, hint, 'throttled');
  }
  if (status >= 500) {
    const hint = 'this is on the side of the registry: run the command once more later';
    return new Failure(shown, `${host} could not answer (status ${status})`, hint, 'outside-broken');
  }
  return new Failure(shown, `${host} answered with status ${status}`, 'check the name of the image', 'outside-refused');
}

function forged({ host, shown }: Address, claimed: string): Failure {
  const hint = 'something between here and the registry changes its answers: a proxy or a mirror';
  return new Failure(shown, `what ${host} sent is not ${claimed}`, hint, 'outside-broken');
}
