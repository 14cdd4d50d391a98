import type { Clock } from '../../../model/windows.js';
import { type Address, schemeOf } from './address.js';
import type { DockerLogin } from './docker-login.js';
import { type Answer, fetchWithin } from './fetch.js';
import { fieldOf, parseJson } from './manifest.js';

/** As anybody, or with a login. */
export type Asker = { readonly kind: 'anonymous' } | Exclude<DockerLogin, { kind: 'none' }>;

/**
 * The `Authorization` header that answers a registry's challenge; empty when this asker has none.
 *
 * @see https://distribution.github.io/distribution/spec/auth/token/
 */
export async function authorize(challenge: string, asker: Asker, address: Address, clock: Clock): Promise<string> {
  const basic = asker.kind === 'password' ? `Basic ${Buffer.from(`${asker.user}:${asker.password}`).toString('base64')}` : '';
  if (/^basic\b/i.test(challenge)) return basic;
  const { realm = '', service = '', scope = `repository:${address.repository}:pull` } = parseChallenge(challenge);
  if (!isSafe(realm)) return '';
  const query = { ...(service === '' ? {} : { service }), scope };
  const answer =
    asker.kind === 'token'
      ? await exchange(realm, { ...query, token: asker.token }, clock)
      : await ask(realm, query, basic, clock);
  if (answer.status !== 200) return '';
  const body = parseJson(answer.text);
  const token = fieldOf(body, 'token') ?? fieldOf(body, 'access_token');
  return typeof token === 'string' && token !== '' ? `Bearer ${token}` : '';
}

/** `Bearer realm="…",service="…",scope="…"`. */
export function parseChallenge(challenge: string): Partial<Record<string, string>> {
  const fields = challenge.matchAll(/([a-z_]+)="([^"]*)"/gi);
  return Object.fromEntries([...fields].map(([, name = '', value]) => [name.toLowerCase(), value]));
}

/** A login goes over TLS only, or to this computer. */
function isSafe(realm: string): boolean {
  if (!URL.canParse(realm)) return false;
  const { protocol, host } = new URL(realm);
  return protocol === 'https:' || (protocol === 'http:' && schemeOf(host) === 'http');
}

async function ask(realm: string, query: Record<string, string>, authorization: string, clock: Clock): Promise<Answer> {
  const url = new URL(realm);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return await fetchWithin(url.href, authorization === '' ? {} : { headers: { authorization } }, clock);
}

async function exchange(realm: string, { token, ...query }: Record<string, string>, clock: Clock): Promise<Answer> {
  const form = { grant_type: 'refresh_token', client_id: 'empire', refresh_token: token ?? '', ...query };
  return await fetchWithin(realm, { method: 'POST', body: new URLSearchParams(form) }, clock);
}
