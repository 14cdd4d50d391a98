import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect } from 'chai';
import { Failure } from '../../lib/failure.js';
import type { PinnedImage, TaggedImage } from '../../lib/model/app.js';
import type { RegistryWindow } from '../../lib/model/windows.js';
import { addressOf } from '../../lib/windows/aws/registry/address.js';
import { openRegistry } from '../../lib/windows/aws/registry/index.js';
import { AwsSession } from '../../lib/windows/aws/session.js';
import { type Answers, type Asked, type Scripted, startAnswers } from '../support/answers.js';
import { setEnvironment } from '../support/environment.js';

const NONE = { kind: 'none' } as const;
const sha = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;

const CONFIG = JSON.stringify({ architecture: 'arm64', os: 'linux' });
const SINGLE = JSON.stringify({ schemaVersion: 2, config: { digest: sha(CONFIG) }, layers: [] });
const INDEX = JSON.stringify({
  schemaVersion: 2,
  manifests: [
    { platform: { os: 'linux', architecture: 'amd64' } },
    { platform: { os: 'linux', architecture: 'arm64' } },
    { platform: { os: 'windows', architecture: 'amd64' } },
    { platform: { os: 'unknown', architecture: 'unknown' } },
  ],
});
const BASIC = `Basic ${Buffer.from('jo:hush').toString('base64')}`;

describe('registries that speak the OCI distribution API', () => {
  let server: Answers;
  let registry: RegistryWindow;
  let docker: string;
  let slept: number[];
  let restore = (): void => undefined;

  before(async () => {
    server = await startAnswers();
  });
  beforeEach(() => {
    docker = mkdtempSync(join(tmpdir(), 'empire-docker-'));
    restore = setEnvironment({ DOCKER_CONFIG: docker, PATH: `${docker}${delimiter}${process.env['PATH']}` });
    slept = [];
    const clock = { now: () => Date.now(), sleep: async (milliseconds: number) => void slept.push(milliseconds) };
    registry = openRegistry(new AwsSession({ region: NONE, profile: NONE, endpoint: NONE }), clock);
  });
  afterEach(() => {
    restore();
    rmSync(docker, { recursive: true });
  });
  after(() => server.stop());

  const image = (tag: string): TaggedImage => ({
    kind: 'tagged',
    tag,
    repository: 'remind101/acme-inc',
    credentials: NONE,
    registry: { kind: 'other', host: server.host },
  });
  const pinned = (digest: string): PinnedImage => ({ ...image(''), kind: 'pinned', tag: NONE, digest });

  /** A registry: what it holds, and who may see it. */
  const serve = (seen: 'anybody' | 'token' | 'login' | 'basic', manifest = INDEX): void => {
    server.answer((asked) => {
      if (asked.path.startsWith('/token')) return token(asked, seen);
      if (!isAllowed(asked, seen)) return challenge(seen);
      if (/\/manifests\/(v1|sha256:.*)$/.test(asked.path)) return { status: 200, body: manifest };
      if (asked.path.endsWith(`/blobs/${sha(CONFIG)}`)) return { status: 200, body: CONFIG };
      const code = asked.path.includes('/no-such/') ? 'NAME_UNKNOWN' : 'MANIFEST_UNKNOWN';
      return { status: 404, body: JSON.stringify({ errors: [{ code }] }) };
    });
  };
  const challenge = (seen: string): Scripted => {
    const bearer = `Bearer realm="${server.url}/token",service="registry.test",scope="repository:remind101/acme-inc:pull"`;
    return { status: 401, headers: { 'www-authenticate': seen === 'basic' ? 'Basic realm="x"' : bearer } };
  };
  const token = ({ headers, body }: Asked, seen: string): Scripted => {
    const knows = headers.authorization === BASIC || new URLSearchParams(body).get('refresh_token') === 'identity';
    return seen === 'login' && !knows
      ? { status: 200, body: JSON.stringify({ token: 'for-anybody' }) }
      : { status: 200, body: JSON.stringify({ token: 'good' }) };
  };
  const isAllowed = ({ headers }: Asked, seen: string): boolean => {
    if (seen === 'anybody') return true;
    return headers.authorization === (seen === 'basic' ? BASIC : 'Bearer good');
  };
  const found = (architectures: readonly string[], login: string, manifest = INDEX) => ({
    kind: 'found',
    digest: sha(manifest),
    architectures,
    login,
  });

  it('finds the digest of a tag and the architectures of its index', async () => {
    serve('anybody');
    expect(await registry.resolve(image('v1'))).to.deep.equal(found(['arm64', 'x86_64'], 'anonymous'));
    expect(server.asked.map(({ path }) => path)).to.deep.equal(['/v2/remind101/acme-inc/manifests/v1']);
    expect(server.asked[0]?.headers.accept).to.contain('application/vnd.oci.image.index.v1+json');
  });

  it('gets a token for anybody when the registry wants one', async () => {
    serve('token');
    expect(await registry.resolve(image('v1'))).to.include({ kind: 'found', login: 'anonymous' });
    const asked = server.asked.find(({ path }) => path.startsWith('/token'));
    expect(asked?.path).to.equal('/token?service=registry.test&scope=repository%3Aremind101%2Facme-inc%3Apull');
    expect(asked?.headers.authorization).to.equal(undefined);
  });

  it('reads the architecture of a single image from its configuration', async () => {
    serve('token', SINGLE);
    expect(await registry.resolve(image('v1'))).to.deep.equal(found(['arm64'], 'anonymous', SINGLE));
  });

  it('resolves a digest, and does not take another one for it', async () => {
    serve('anybody');
    expect(await registry.resolve(pinned(sha(INDEX)))).to.include({ kind: 'found', digest: sha(INDEX) });
    const failure = await failureOf(registry.resolve(pinned(sha('other'))));
    expect(failure).to.include({ code: 'outside-broken' });
    expect(failure.what).to.contain(sha('other'));
  });

  it('says what is missing', async () => {
    serve('anybody');
    expect(await registry.resolve(image('v9'))).to.deep.equal({ kind: 'missing', what: 'tag' });
    const other = { ...image('v1'), repository: 'no-such/repo', tag: 'v9' };
    expect(await registry.resolve(other)).to.deep.equal({ kind: 'missing', what: 'repository' });
    server.answer(() => ({ status: 404 }));
    expect(await registry.resolve(pinned(sha('gone')))).to.deep.equal({ kind: 'missing', what: 'digest' });
  });

  it('is denied what is private when nobody logged in', async () => {
    serve('login');
    expect(await registry.resolve(image('v1'))).to.deep.equal({
      kind: 'denied',
      reason: `${server.host}/remind101/acme-inc does not exist, or it is private; this computer has no login for it either`,
    });
  });

  describe('with the login of this computer', () => {
    const configure = (config: object): void => writeFileSync(join(docker, 'config.json'), JSON.stringify(config));
    const program = (script: string): void => {
      const path = join(docker, 'docker-credential-test');
      writeFileSync(path, `#!/bin/sh\n${script}\n`);
      chmodSync(path, 0o755);
    };
    const auth = Buffer.from('jo:hush').toString('base64');

    for (const [name, seen] of [
      ['a token', 'login'],
      ['the password itself', 'basic'],
    ] as const) {
      it(`finds a private image, with ${name}, and says that a task cannot`, async () => {
        serve(seen);
        configure({ auths: { [server.host]: { auth } } });
        expect(await registry.resolve(image('v1'))).to.include({ kind: 'found', login: 'local' });
      });
    }

    it('asks the credential helper of the registry', async () => {
      serve('login');
      program(`read host; [ "$1" = get ] && [ "$host" = "${server.host}" ] && echo '{"Username":"jo","Secret":"hush"}'`);
      configure({ credHelpers: { [server.host]: 'test' }, credsStore: 'another' });
      expect(await registry.resolve(image('v1'))).to.include({ kind: 'found', login: 'local' });
    });

    it('exchanges an identity token of the credential store', async () => {
      serve('login');
      program(`cat >/dev/null; echo '{"Username":"<token>","Secret":"identity"}'`);
      configure({ credsStore: 'test' });
      expect(await registry.resolve(image('v1'))).to.include({ kind: 'found', login: 'local' });
      const exchange = server.asked.find(({ method }) => method === 'POST');
      expect(exchange?.body).to.contain('grant_type=refresh_token');
    });

    it('says why a helper gave no login', async () => {
      serve('login');
      const reason = async (): Promise<string> => {
        const result = await registry.resolve(image('v1'));
        return result.kind === 'denied' ? (result.reason.split('; ')[1] ?? '') : result.kind;
      };
      configure({ credsStore: 'absent' });
      expect(await reason()).to.match(/^docker-credential-absent cannot be run: .*ENOENT/);
      configure({ credsStore: '../evil' });
      expect(await reason()).to.equal('the Docker configuration names a strange helper: "../evil"');
      configure({ credsStore: 'test' });
      program('cat >/dev/null; echo credentials not found in native keychain; exit 1');
      expect(await reason()).to.equal('this computer has no login for it either');
      program('cat >/dev/null; exit 3');
      expect(await reason()).to.equal('docker-credential-test ended with 3');
      writeFileSync(join(docker, 'config.json'), '{');
      expect(await reason()).to.equal(`${join(docker, 'config.json')} is no JSON`);
    });

    it('is denied when the login does not help', async () => {
      serve('login');
      configure({ auths: { [server.host]: { auth: Buffer.from('jo:wrong').toString('base64') } } });
      const result = await registry.resolve(image('v1'));
      expect(result).to.have.property('reason').that.contains('also for the login of this computer');
    });

    it('sends no login to a realm without TLS', async () => {
      configure({ auths: { [server.host]: { auth } } });
      server.answer(() => ({ status: 401, headers: { 'www-authenticate': 'Bearer realm="http://registry.example/token"' } }));
      expect(await registry.resolve(image('v1'))).to.include({ kind: 'denied' });
      expect(server.asked.every(({ headers }) => headers.authorization === undefined)).to.equal(true);
    });
  });

  it('asks again when the registry is broken, and gets through', async () => {
    let times = 0;
    server.answer(() => {
      times += 1;
      return times < 3 ? { status: 502, body: '<html>' } : { status: 200, body: INDEX };
    });
    expect(await registry.resolve(image('v1'))).to.include({ kind: 'found' });
    expect(slept).to.deep.equal([200, 400]);
  });

  it('says that a registry is broken, throttles, or does not answer', async () => {
    server.answer(() => ({ status: 503 }));
    expect(await failureOf(registry.resolve(image('v1')))).to.include({ code: 'outside-broken' });
    server.answer(() => ({ status: 429, headers: { 'retry-after': '3' } }));
    slept = [];
    const throttled = await failureOf(registry.resolve(image('v1')));
    expect(throttled).to.include({ code: 'throttled' });
    expect(throttled.hint).to.contain('docker login');
    expect(slept).to.deep.equal([3000, 3000]);
    server.answer(() => 'hang up');
    expect(await failureOf(registry.resolve(image('v1')))).to.include({ code: 'network' });
    const nowhere = await startAnswers();
    await nowhere.stop();
    const gone = { ...image('v1'), registry: { kind: 'other', host: nowhere.host } } as const;
    const failure = await failureOf(registry.resolve(gone));
    expect(failure).to.include({ code: 'network' });
    expect(failure.what).to.contain(nowhere.host);
  });

  it('refuses an endless manifest', async () => {
    server.answer(() => ({ status: 200, body: Buffer.alloc(5 * 1024 * 1024, 32) }));
    expect(await failureOf(registry.resolve(image('v1')))).to.include({ code: 'outside-refused' });
  });

  it('survives manifests that are no manifests', async () => {
    for (const body of ['', '[]', 'null', '{"manifests":[null,{"platform":1}]}', '{"config":{"digest":"../../x"}}']) {
      server.answer(() => ({ status: 200, body }));
      expect(await registry.resolve(image('v1'))).to.deep.equal(found([], 'anonymous', body));
    }
  });

  it('keeps nothing outside ECR', async () => {
    expect(await registry.keep(pinned(sha(INDEX)), 'x')).to.deep.equal({
      kind: 'skipped',
      reason: 'only ECR takes tags of ours',
    });
  });

  it('knows where Docker Hub is', () => {
    const hub = { ...image('v1'), registry: { kind: 'hub' } } as const;
    expect(addressOf({ ...hub, repository: 'nginx' })).to.include({
      host: 'registry-1.docker.io',
      repository: 'library/nginx',
      login: 'https://index.docker.io/v1/',
    });
    expect(addressOf(hub)).to.include({ repository: 'remind101/acme-inc' });
    const docker = { ...image('v1'), registry: { kind: 'other', host: 'docker.io' } } as const;
    expect(addressOf(docker)).to.include({ host: 'registry-1.docker.io' });
    const aws = { ...image('v1'), registry: { kind: 'other', host: 'public.ecr.aws' } } as const;
    expect(addressOf(aws)).to.include({ host: 'public.ecr.aws', login: 'public.ecr.aws' });
  });
});

async function failureOf(call: Promise<unknown>): Promise<Failure> {
  const thrown = await call.then(
    () => new Error('it succeeded'),
    (error: unknown) => error,
  );
  if (!(thrown instanceof Failure)) throw thrown;
  return thrown;
}
