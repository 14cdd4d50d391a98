import type { ListObjectVersionsCommandOutput, S3 } from '@aws-sdk/client-s3';

/** Deletes every version of a key: a bucket with versions keeps what a plain delete only hides. */
export async function removeVersions(client: S3, bucket: string, key: string): Promise<void> {
  let marker: Marker | undefined = {};
  while (marker !== undefined) {
    const page: ListObjectVersionsCommandOutput = await client.listObjectVersions({ Bucket: bucket, Prefix: key, ...marker });
    const listed = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])];
    const versions = listed.filter(({ Key }) => Key === key).map(({ VersionId }) => ({ key, version: VersionId }));
    if (versions.length > 0) await removeThese(client, bucket, versions);
    // Names come in order: one that only begins like the key is behind all versions of it.
    marker = listed.some(({ Key = '' }) => Key > key) ? undefined : markerAfter(page);
  }
}

interface Marker {
  readonly KeyMarker?: string;
  readonly VersionIdMarker?: string;
}

function markerAfter({ IsTruncated, NextKeyMarker, NextVersionIdMarker }: ListObjectVersionsCommandOutput): Marker | undefined {
  if (IsTruncated !== true || NextKeyMarker === undefined) return undefined;
  return NextVersionIdMarker === undefined
    ? { KeyMarker: NextKeyMarker }
    : { KeyMarker: NextKeyMarker, VersionIdMarker: NextVersionIdMarker };
}

export interface Version {
  readonly key: string;
  readonly version: string | undefined;
}

/** At most 1000 at once. */
export async function removeThese(client: S3, bucket: string, versions: readonly Version[]): Promise<void> {
  const objects = versions.map(({ key, version }) => (version === undefined ? { Key: key } : { Key: key, VersionId: version }));
  const { Errors: [failed] = [] } = await client.deleteObjects({ Bucket: bucket, Delete: { Objects: objects, Quiet: true } });
  // The call as a whole succeeds also when a single one is refused.
  if (failed !== undefined) throw Object.assign(new Error(failed.Message), { name: failed.Code, $metadata: {} });
}
