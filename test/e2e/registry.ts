import { createHash } from 'node:crypto';
import { CreateRepositoryCommand, ECRClient, PutImageCommand } from '@aws-sdk/client-ecr';
import type { Moto } from '../support/moto.js';

/** The account of every moto. */
export const REGISTRY = '123456789012.dkr.ecr.us-east-1.amazonaws.com';

/** How tests speak to the account themselves. */
export const client = (account: Moto) => ({
  endpoint: account.url,
  region: 'us-east-1',
  credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' },
});

/** Images without layers in a new repository of moto's ECR. */
export async function pushImages(account: Moto, repositoryName: string, tags: readonly string[]): Promise<void> {
  await new ECRClient(client(account)).send(new CreateRepositoryCommand({ repositoryName }));
  for (const tag of tags) await pushImage(account, repositoryName, tag, tag);
}

/** One image, or a tag that moves to one; gives its digest. moto computes digests in its own way, so it is given. */
export async function pushImage(account: Moto, repositoryName: string, imageTag: string, content: string): Promise<string> {
  const imageManifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', size: 2, digest: digest(`config ${content}`) },
    layers: [{ mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', size: 2, digest: digest(`layer ${content}`) }],
  });
  const imageDigest = digest(imageManifest);
  const image = { repositoryName, imageTag, imageManifest, imageDigest };
  await new ECRClient(client(account)).send(new PutImageCommand(image));
  return imageDigest;
}

const digest = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;
