import { expect } from 'chai';
import type { Failure } from '../../lib/failure.js';
import type { App, Image } from '../../lib/model/app.js';
import type { RegistryWindow, ResolvedImage } from '../../lib/model/windows.js';
import { formatReference, pinImages } from '../../lib/pin/index.js';
import { app, given, IMAGE, NONE, service } from '../support/model-apps.js';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const OTHER = `sha256:${'b'.repeat(64)}`;
const found = (digest: string): ResolvedImage => ({ kind: 'found', digest, architectures: ['x86_64'], login: 'anonymous' });
const PROXY: Image = { ...IMAGE, repository: 'library/nginx', tag: '1' } as Image;
const ECR: Image = {
  ...IMAGE,
  registry: { kind: 'ecr', host: '1.dkr.ecr.us-east-1.amazonaws.com', account: '1', region: 'us-east-1', partition: 'aws' },
} as Image;

function registry(answer: (image: Image) => ResolvedImage): RegistryWindow & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    resolve: async (image) => {
      asked.push(formatReference(image));
      return answer(image);
    },
    keep: async () => ({ kind: 'kept' }),
  };
}

const withProxy = (name: string) => service(name, { sidecars: [sidecar(PROXY)] });
const sidecar = (image: Image) => ({
  name: 'proxy',
  image,
  command: { kind: 'image' } as const,
  environment: [],
  ports: [],
  health: NONE,
  essential: true,
  cpu: NONE,
  memoryMiB: NONE,
  dependsOn: [],
});

async function refused(image: Image, answer: ResolvedImage): Promise<string[]> {
  try {
    await pinImages(
      { ...app([]), image },
      registry(() => answer),
      [],
    );
  } catch (error) {
    const { message, hint, code } = error as Failure;
    return [message, hint, code];
  }
  throw new Error('it was not refused');
}

describe('pinning images', () => {
  it('gives every image its digest, sidecars included, and asks for each reference once', async () => {
    const outside = registry((image) => found(image.repository === 'library/nginx' ? OTHER : DIGEST));
    const pinned = await pinImages(app([withProxy('web'), withProxy('worker')]), outside, []);
    expect(outside.asked).to.deep.equal(['remind101/acme-inc:v1', 'library/nginx:1']);
    expect(pinned.images).to.deep.equal([
      { reference: 'remind101/acme-inc:v1', pinned: `remind101/acme-inc@${DIGEST}`, digest: DIGEST },
      { reference: 'library/nginx:1', pinned: `library/nginx@${OTHER}`, digest: OTHER },
    ]);
    expect(pinned.app.image).to.deep.equal({ ...IMAGE, kind: 'pinned', tag: given('v1'), digest: DIGEST });
    const sidecars = pinned.app.processes.flatMap((process) => (process.kind === 'off' ? [] : process.sidecars));
    expect(sidecars.map(({ image }) => image.kind === 'pinned' && image.digest)).to.deep.equal([OTHER, OTHER]);
    expect([...pinned.resolved.keys()]).to.deep.equal(outside.asked);
  });

  it('keeps what is known and asks for the rest', async () => {
    const outside = registry(() => found(OTHER));
    const known = [{ reference: 'remind101/acme-inc:v1', pinned: `remind101/acme-inc@${DIGEST}`, digest: DIGEST }];
    const pinned = await pinImages(app([withProxy('web')]), outside, known);
    expect(outside.asked).to.deep.equal(['library/nginx:1']);
    expect(pinned.images[0]?.digest).to.equal(DIGEST);
    expect(
      (
        await pinImages(
          app([]),
          registry(() => found(OTHER)),
          [{ ...known[0], reference: 'remind101/acme-inc:v0' } as never],
        )
      ).images[0]?.digest,
    ).to.equal(OTHER);
  });

  it('takes a digest that was written as it is, also when the registry does not let us look', async () => {
    const written: Image = { ...IMAGE, kind: 'pinned', tag: NONE, digest: DIGEST } as Image;
    const of: App = { ...app([]), image: written };
    for (const answer of [found(OTHER), { kind: 'denied', reason: 'login wanted' } as const]) {
      const pinned = await pinImages(
        of,
        registry(() => answer),
        [],
      );
      expect(pinned.images).to.deep.equal([
        { reference: `remind101/acme-inc@${DIGEST}`, pinned: `remind101/acme-inc@${DIGEST}`, digest: DIGEST },
      ]);
    }
  });

  it('refuses a tag that is not there', async () => {
    expect(await refused(IMAGE, { kind: 'missing', what: 'tag' })).to.deep.equal([
      'remind101/acme-inc:v1: the repository has no tag `v1`',
      'push it first, or correct the `image` file',
      'image-missing',
    ]);
  });

  it('refuses a repository that is not there', async () => {
    expect(await refused(IMAGE, { kind: 'missing', what: 'repository' })).to.deep.equal([
      'remind101/acme-inc:v1: there is no such repository, or it is private and this computer is not logged in to it',
      'correct the `image` file; for a private repository run `docker login`',
      'image-missing',
    ]);
  });

  it('refuses a digest that is gone', async () => {
    const written: Image = { ...IMAGE, kind: 'pinned', tag: NONE, digest: DIGEST } as Image;
    const [message] = await refused(written, { kind: 'missing', what: 'digest' });
    expect(message).to.equal(`remind101/acme-inc@${DIGEST}: the repository has no image of this digest (any more)`);
  });

  it('refuses a registry that does not let this computer look', async () => {
    expect(await refused(ECR, { kind: 'denied', reason: 'not authorized' })).to.deep.equal([
      '1.dkr.ecr.us-east-1.amazonaws.com/remind101/acme-inc:v1: the registry does not let this computer read it: not authorized',
      'run `docker login`, or allow your role `ecr:BatchGetImage` on the repository in account 1, or write the digest (`@sha256:…`) into the `image` file: then nothing must be looked up',
      'image-denied',
    ]);
  });
});
