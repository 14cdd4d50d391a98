import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { Failure } from '../../lib/failure.js';
import type { PinnedImage } from '../../lib/model/app.js';
import type { RegistryWindow } from '../../lib/model/windows.js';
import { openAws } from '../../lib/windows/aws/index.js';
import { type Answers, type Scripted, startAnswers } from '../support/answers.js';
import { BARE_AWS, setEnvironment } from '../support/environment.js';

const NONE = { kind: 'none' } as const;
const sha = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;
const CONFIG = JSON.stringify({ architecture: 'amd64' });
const MANIFEST = JSON.stringify({ schemaVersion: 2, config: { digest: sha(CONFIG) }, layers: [] });
const TYPE = 'application/vnd.docker.distribution.manifest.v2+json';

/** What moto does not have: refusals, immutable tags, and the download of a configuration. */
describe('ECR', function () {
  this.timeout(10_000);
  let server: Answers;
  let registry: RegistryWindow;
  let restore = (): void => undefined;

  before(async () => {
    server = await startAnswers();
    restore = setEnvironment({ ...BARE_AWS, AWS_MAX_ATTEMPTS: '1' });
    registry = openAws({
      region: { kind: 'given', value: 'us-east-1' },
      profile: NONE,
      endpoint: { kind: 'given', value: server.url },
    }).registry;
  });
  after(async () => {
    restore();
    await server.stop();
  });

  const image: PinnedImage = {
    kind: 'pinned',
    tag: NONE,
    digest: sha(MANIFEST),
    repository: 'acme-inc',
    credentials: NONE,
    registry: { kind: 'ecr', host: '1.dkr.ecr.eu-west-1.amazonaws.com', account: '1', region: 'eu-west-1', partition: 'aws' },
  };
  const json = (status: number, body: object): Scripted => ({
    status,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify(body),
  });
  const found = json(200, {
    images: [{ imageId: { imageDigest: sha(MANIFEST) }, imageManifest: MANIFEST, imageManifestMediaType: TYPE }],
  });
  const denied = (action: string): Scripted =>
    json(400, { __type: 'AccessDeniedException', message: `User: u is not authorized to perform: ecr:${action} on resource: r` });
  /** Answers by the name of the API call; anything else is the download. */
  const serve = (answers: Readonly<Record<string, Scripted>>): void =>
    server.answer(({ headers }) => {
      const call = String(headers['x-amz-target'] ?? 'GET').split('.')[1] ?? 'Download';
      return answers[call] ?? { status: 500 };
    });
  const asked = (call: string) => {
    const one = server.asked.find(({ headers }) => String(headers['x-amz-target']).endsWith(`.${call}`));
    return JSON.parse(one?.body ?? 'null');
  };

  it('reads the architecture of a single image from its configuration', async () => {
    const downloadUrl = `${server.url}/blob`;
    serve({
      BatchGetImage: found,
      GetDownloadUrlForLayer: json(200, { downloadUrl }),
      Download: { status: 200, body: CONFIG },
    });
    const result = await registry.resolve(image);
    expect(result).to.deep.equal({ kind: 'found', digest: sha(MANIFEST), architectures: ['x86_64'], login: 'ecr' });
    expect(asked('BatchGetImage')).to.include({ registryId: '1', repositoryName: 'acme-inc' });
    expect(asked('GetDownloadUrlForLayer')).to.include({ layerDigest: sha(CONFIG) });
    expect(server.asked[0]?.headers.authorization).to.contain('/eu-west-1/ecr/');
  });

  it('leaves the architecture unsaid when the configuration may not be read', async () => {
    serve({ BatchGetImage: found, GetDownloadUrlForLayer: denied('GetDownloadUrlForLayer') });
    expect(await registry.resolve(image)).to.deep.include({ kind: 'found', architectures: [] });
  });

  it('is denied with action and resource', async () => {
    serve({ BatchGetImage: denied('BatchGetImage') });
    expect(await registry.resolve(image)).to.deep.equal({ kind: 'denied', reason: 'no permission for `ecr:BatchGetImage` on r' });
  });

  it('throws when ECR is broken', async () => {
    serve({});
    const thrown = await registry.resolve(image).catch((error: unknown) => error);
    expect(thrown).to.be.instanceOf(Failure).and.include({ code: 'outside-broken' });
  });

  it('keeps an image by putting its own manifest under our tag', async () => {
    serve({ BatchGetImage: found, PutImage: json(200, {}) });
    expect(await registry.keep(image, 'empire-default-acme-inc-v1')).to.deep.equal({ kind: 'kept' });
    expect(asked('PutImage')).to.deep.equal({
      registryId: '1',
      repositoryName: 'acme-inc',
      imageManifest: MANIFEST,
      imageManifestMediaType: TYPE,
      imageTag: 'empire-default-acme-inc-v1',
      imageDigest: sha(MANIFEST),
    });
  });

  it('is content when the tag is there already', async () => {
    serve({ BatchGetImage: found, PutImage: json(400, { __type: 'ImageAlreadyExistsException', message: 'exists' }) });
    expect(await registry.keep(image, 't')).to.deep.equal({ kind: 'kept' });
  });

  it('skips, with the reason, what may not be kept', async () => {
    serve({ BatchGetImage: found, PutImage: denied('PutImage') });
    expect(await registry.keep(image, 't')).to.deep.equal({ kind: 'skipped', reason: 'no permission for `ecr:PutImage` on r' });
    serve({
      BatchGetImage: found,
      PutImage: json(400, { __type: 'ImageTagAlreadyExistsException', message: 'The tag is immutable.' }),
    });
    const refused = { kind: 'skipped', reason: 'AWS refused: The tag is immutable (ecr:PutImage)' };
    expect(await registry.keep(image, 't')).to.deep.equal(refused);
    serve({ BatchGetImage: denied('BatchGetImage') });
    expect(await registry.keep(image, 't')).to.include({ kind: 'skipped' });
    serve({ BatchGetImage: json(400, { __type: 'RepositoryNotFoundException', message: 'no' }) });
    const gone = `1.dkr.ecr.eu-west-1.amazonaws.com/acme-inc has no ${sha(MANIFEST)}`;
    expect(await registry.keep(image, 't')).to.deep.equal({ kind: 'skipped', reason: gone });
  });

  it('throws when it cannot be known whether it was kept', async () => {
    serve({ BatchGetImage: found });
    const thrown = await registry.keep(image, 't').catch((error: unknown) => error);
    expect(thrown).to.be.instanceOf(Failure).and.include({ code: 'outside-broken' });
  });
});
