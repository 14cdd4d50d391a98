import type { Ground } from '../../lib/model/ground.js';
import type { Json } from '../../lib/model/json.js';
import type { Resource } from '../../lib/model/template.js';
import { getAtt, ref, sub } from '../resource.js';
import { policyDocument } from '../roles/role.js';
import { ground, groundTags } from './resource.js';

/** Where releases are kept: every version, encrypted, private, over TLS only. It outlives the platform. */
export function bucketResources({ platform }: Ground): Resource[] {
  if (platform.bucket.kind === 'given') return [];
  return [
    ground({
      id: 'Releases',
      type: 'AWS::S3::Bucket',
      properties: {
        BucketName: sub(`${platform.prefix}-${platform.environment}-releases-\${AWS::AccountId}-\${AWS::Region}`),
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        VersioningConfiguration: { Status: 'Enabled' },
        LifecycleConfiguration: {
          Rules: [
            // A record is written again every 15 seconds while a release runs.
            { Id: 'old-versions', Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 30 } },
            { Id: 'uploads', Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
          ],
        },
        Tags: groundTags(platform),
      },
      removal: 'retain',
      key: 'PREFIX',
    }),
    // It goes with the stack, unlike the bucket: one that stayed would stand in the way of the next platform's, which CloudFormation
    // can take in only by a name that is written out.
    ground({
      id: 'ReleasesPolicy',
      type: 'AWS::S3::BucketPolicy',
      properties: {
        Bucket: ref('Releases'),
        PolicyDocument: policyDocument([
          {
            Sid: 'TlsOnly',
            Effect: 'Deny',
            Principal: { AWS: '*' },
            Action: 's3:*',
            Resource: [getAtt('Releases', 'Arn'), sub(`\${Releases.Arn}/*`)],
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
        ]),
      },
      key: 'PREFIX',
    }),
  ];
}

/** ARN of the bucket that holds releases, made or adopted. */
export const releasesBucketArn = ({ platform: { bucket } }: Ground): Json =>
  bucket.kind === 'given' ? sub(`arn:\${AWS::Partition}:s3:::${bucket.value}`) : getAtt('Releases', 'Arn');

/** Its name. */
export const releasesBucket = ({ platform: { bucket } }: Ground): Json =>
  bucket.kind === 'given' ? bucket.value : ref('Releases');
