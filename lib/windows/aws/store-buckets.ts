import type { ListObjectVersionsCommandOutput, S3 } from '@aws-sdk/client-s3';
import type { Given } from '../../model/given.js';
import type { BucketState, StoreWindow } from '../../model/windows.js';
import type { AwsSession } from './session.js';
import { removeThese } from './store-versions.js';

type BucketCalls = Pick<StoreWindow, 'bucket' | 'removeBucket'>;

/** The part of S3 that is about whole buckets. */
export function bucketCalls(session: AwsSession, client: () => S3): BucketCalls {
  const about = (action: string, bucket: string) => ({ action: `s3:${action}`, resource: `s3://${bucket}` });
  return {
    async bucket(bucket) {
      const region = await session.call<Given<string>>(
        about('ListBucket', bucket),
        async () => ({ kind: 'given', value: (await client().headBucket({ Bucket: bucket })).BucketRegion ?? '' }),
        (error) => (error.status === 404 ? { kind: 'none' } : elsewhere(error.status)),
      );
      if (region.kind === 'none') return region;
      return await session.call<Given<BucketState>>(about('GetBucketVersioning', bucket), async () => {
        const { Status } = await client().getBucketVersioning({ Bucket: bucket });
        return { kind: 'given', value: { region: region.value, versioned: Status === 'Enabled' } };
      });
    },

    async removeBucket(bucket) {
      const removed = await session.call(
        about('DeleteObjectVersion', bucket),
        () => removeEverything(client(), bucket),
        (error) => (error.name === 'NoSuchBucket' ? 0 : undefined),
      );
      await session.call(
        about('DeleteBucket', bucket),
        async () => void (await client().deleteBucket({ Bucket: bucket })),
        (error) => (error.name === 'NoSuchBucket' ? null : undefined),
      );
      return removed;
    },
  };
}

/** S3 answers 301 for a bucket of another region; which one does not matter, since it cannot be used here. */
const elsewhere = (status: number): Given<string> | undefined =>
  status === 301 || status === 400 ? { kind: 'given', value: 'another region' } : undefined;

/** What is deleted leaves the listing, so each page is the first. */
async function removeEverything(client: S3, bucket: string): Promise<number> {
  let removed = 0;
  for (;;) {
    const page: ListObjectVersionsCommandOutput = await client.listObjectVersions({ Bucket: bucket });
    const listed = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])];
    if (listed.length === 0) return removed;
    await removeThese(
      client,
      bucket,
      listed.map(({ Key = '', VersionId }) => ({ key: Key, version: VersionId })),
    );
    removed += listed.length;
  }
}
