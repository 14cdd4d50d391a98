import { createHash, randomUUID } from 'node:crypto';
import { ACMClient, RequestCertificateCommand } from '@aws-sdk/client-acm';
import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { BatchDeleteImageCommand, CreateRepositoryCommand, ECRClient, PutImageCommand } from '@aws-sdk/client-ecr';
import { CreateClusterCommand, ECSClient, RegisterTaskDefinitionCommand } from '@aws-sdk/client-ecs';
import { CreateBucketCommand, PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { Json, JsonObject } from '../../../lib/model/json.js';
import { ACCOUNT, type Ground, type Network, REGION } from './ground.js';

/** In moto nothing is there that is not made. */
export function groundOfMoto(endpoint: string): Ground {
  const options = { endpoint, region: REGION };
  const ecr = new ECRClient(options);
  const ecs = new ECSClient(options);
  const nothing = async (): Promise<void> => undefined;
  return {
    noBucket: nothing,
    noParameter: nothing,
    noSecret: nothing,
    bucket: async (Bucket) => {
      const s3 = new S3Client({ ...options, forcePathStyle: true });
      await s3.send(new CreateBucketCommand({ Bucket }));
      await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
    },
    parameter: async (Name, Value) =>
      void (await new SSMClient(options).send(new PutParameterCommand({ Name, Value, Type: 'String' }))),
    secret: async (Name) => {
      const made = await new SecretsManagerClient(options).send(new CreateSecretCommand({ Name, SecretString: 'hush' }));
      return made.ARN ?? '';
    },
    certificate: (status) => certificate(new ACMClient(options), status),
    repository: async (repositoryName) => void (await ecr.send(new CreateRepositoryCommand({ repositoryName }))),
    push: (repository, tag) => push(ecr, repository, tag),
    noImage: async (repositoryName, imageDigest) =>
      void (await ecr.send(new BatchDeleteImageCommand({ repositoryName, imageIds: [{ imageDigest }] }))),
    cluster: async (clusterName) => void (await ecs.send(new CreateClusterCommand({ clusterName }))),
    network: () => network(endpoint),
    taskDefinition: async (properties) => {
      const registered = await ecs.send(new RegisterTaskDefinitionCommand(camel(properties) as never));
      return registered.taskDefinition?.taskDefinitionArn ?? '';
    },
    logGroup: async (logGroupName) =>
      void (await new CloudWatchLogsClient(options).send(new CreateLogGroupCommand({ logGroupName }))),
  };
}

/** moto issues at once what a private authority signs; a public one it validates after a minute. */
async function certificate(acm: ACMClient, status: 'ISSUED' | 'PENDING_VALIDATION'): Promise<string> {
  const authority = { CertificateAuthorityArn: `arn:aws:acm-pca:${REGION}:${ACCOUNT}:certificate-authority/${randomUUID()}` };
  const made = await acm.send(
    new RequestCertificateCommand({ DomainName: 'other.example.com', ...(status === 'ISSUED' ? authority : {}) }),
  );
  return made.CertificateArn ?? '';
}

/** Of the network that every account begins with. There is no client of EC2 here, and moto does not check signatures. */
async function network(endpoint: string): Promise<Network> {
  const [subnet, group] = await Promise.all([
    firstId(endpoint, 'DescribeSubnets', /subnet-[0-9a-f]+/),
    firstId(endpoint, 'DescribeSecurityGroups', /sg-[0-9a-f]+/),
  ]);
  return { subnet, group };
}

async function firstId(endpoint: string, Action: string, id: RegExp): Promise<string> {
  const authorization = `AWS4-HMAC-SHA256 Credential=testing/20260101/${REGION}/ec2/aws4_request`;
  const body = new URLSearchParams({ Action, Version: '2016-11-15' });
  const text = await (await fetch(endpoint, { method: 'POST', headers: { authorization }, body })).text();
  const [found] = id.exec(text) ?? [];
  if (found === undefined) throw new Error(`moto has nothing to ${Action}: ${text}`);
  return found;
}

/** moto computes digests in its own way, so each is given. */
async function push(ecr: ECRClient, repositoryName: string, imageTag: string): Promise<void> {
  const imageManifestMediaType = 'application/vnd.oci.image.index.v1+json';
  const manifests = ['amd64', 'arm64'].map((architecture) => ({ platform: { os: 'linux', architecture } }));
  const content = { schemaVersion: 2, mediaType: imageManifestMediaType, manifests, annotations: { build: randomUUID() } };
  const imageManifest = JSON.stringify(content);
  const imageDigest = `sha256:${createHash('sha256').update(imageManifest).digest('hex')}`;
  await ecr.send(new PutImageCommand({ repositoryName, imageTag, imageManifest, imageManifestMediaType, imageDigest }));
}

/** Names of a template to names of the ECS API; the options of a log driver keep theirs. */
function camel(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => camel(item));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as JsonObject).map(([key, inner]) => {
    const name = key.slice(0, 1).toLowerCase() + key.slice(1);
    return [name, key === 'Options' ? inner : camel(inner)];
  });
  return Object.fromEntries(entries) as JsonObject;
}
