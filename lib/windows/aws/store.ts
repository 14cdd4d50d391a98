import type { S3 } from '@aws-sdk/client-s3';
import { Failure } from '../../failure.js';
import type { Given } from '../../model/given.js';
import type { Clock, PutCondition, StoredName, StoredObject, StoreWindow } from '../../model/windows.js';
import type { Call } from './error.js';
import { type AwsSession, given, once } from './session.js';
import { bucketCalls } from './store-buckets.js';
import { withDate } from './store-clock.js';
import { removeVersions } from './store-versions.js';

type Put = Awaited<ReturnType<StoreWindow['put']>>;

/** S3 gives at most so many names at once. */
const NAMES = 1000;

const about = (action: string, bucket: string, key: string): Call => ({
  action: `s3:${action}`,
  resource: `s3://${bucket}${key === '' ? '' : `/${key}`}`,
  hint: `check that the bucket \`${bucket}\` is there: \`empire platform deploy\` makes it`,
});

/** S3. */
export function openStore(session: AwsSession, clock: Clock): StoreWindow {
  const client = once(() => {
    const { S3 } = require('@aws-sdk/client-s3') as typeof import('@aws-sdk/client-s3');
    // What stands in for S3 has no host name per bucket.
    return new S3({ ...session.settings(), forcePathStyle: session.redirected });
  });
  return {
    put: (bucket, key, body, condition) => put(session, client(), clock, { bucket, key, body, condition }),

    async get(bucket, key) {
      return await session.call<Given<StoredObject>>(
        about('GetObject', bucket, key),
        async () => {
          const { Body, ETag = '', LastModified } = await client().getObject({ Bucket: bucket, Key: key });
          const body = (await Body?.transformToString('utf-8')) ?? '';
          return given({ body, etag: ETag, modifiedAt: LastModified?.getTime() ?? 0 });
        },
        (error) => (error.name === 'NoSuchKey' ? { kind: 'none' } : undefined),
      );
    },

    list: (bucket, prefix, query) => list(session, client(), bucket, prefix, query),

    async remove(bucket, key) {
      await session.call(about('DeleteObjectVersion', bucket, key), () => removeVersions(client(), bucket, key));
    },

    async exists(bucket) {
      return await session.call(
        about('ListBucket', bucket, ''),
        async () => {
          await client().headBucket({ Bucket: bucket });
          return true;
        },
        (error) => (error.status === 404 ? false : undefined),
      );
    },

    url: (bucket, key) => urlOf(session.region, bucket, key),

    ...bucketCalls(session, client),
  };
}

/** Two writers of one key at the same time: S3 asks one of them to try again. */
const CONFLICTS = 5;

async function put(
  session: AwsSession,
  client: S3,
  clock: Clock,
  { bucket, key, body, condition }: { bucket: string; key: string; body: string; condition: PutCondition },
): Promise<Put> {
  const input = { Bucket: bucket, Key: key, Body: body, ContentType: 'text/plain; charset=utf-8', ...conditionOf(condition) };
  for (let attempt = 1; ; attempt += 1) {
    const result = await session.call<Put | { readonly kind: 'conflict' }>(
      about('PutObject', bucket, key),
      async () => ({ kind: 'written', etag: (await client.putObject(input)).ETag ?? '' }),
      ({ name, status }) => {
        if (name === 'ConditionalRequestConflict') return { kind: 'conflict' };
        // If-Match of an object that is gone is answered so.
        const refused = status === 412 || (name === 'NoSuchKey' && condition.kind === 'unchanged');
        return refused ? { kind: 'refused' } : undefined;
      },
    );
    if (result.kind !== 'conflict') return result;
    if (attempt === CONFLICTS) throw tooManyWriters(bucket, key);
    await clock.sleep(100 * 2 ** attempt);
  }
}

function tooManyWriters(bucket: string, key: string): Failure {
  return new Failure(
    `s3://${bucket}/${key}`,
    'others are writing it at the same time, also after waiting',
    'run the command once more',
    'throttled',
  );
}

function conditionOf(condition: PutCondition): { IfNoneMatch?: string; IfMatch?: string } {
  switch (condition.kind) {
    case 'always':
      return {};
    case 'absent':
      return { IfNoneMatch: '*' };
    case 'unchanged':
      return { IfMatch: condition.etag };
  }
}

async function list(
  session: AwsSession,
  client: S3,
  bucket: string,
  prefix: string,
  { limit, after }: { readonly limit: number; readonly after: Given<string> },
): ReturnType<StoreWindow['list']> {
  const objects: StoredName[] = [];
  let more = true;
  let now = 0;
  let last = after;
  while (more && objects.length < limit) {
    const input = {
      Bucket: bucket,
      Prefix: prefix,
      MaxKeys: Math.min(NAMES, limit - objects.length),
      ...(last.kind === 'given' ? { StartAfter: last.value } : {}),
    };
    const page = await session.call(about('ListBucket', bucket, prefix), () => withDate(client, input));
    for (const { Key = '', ETag = '', LastModified } of page.answer.Contents ?? []) {
      objects.push({ key: Key, etag: ETag, modifiedAt: LastModified?.getTime() ?? 0 });
    }
    now = page.now;
    more = page.answer.IsTruncated === true;
    last = given(objects.at(-1)?.key);
  }
  return { objects, more, now };
}

/** Always in AWS's own form: CloudFormation takes the bucket from the host name. */
function urlOf(region: Given<string>, bucket: string, key: string): string {
  const path = key.split('/').map(encodeURIComponent).join('/');
  if (region.kind === 'none') return `https://${bucket}.s3.amazonaws.com/${path}`;
  const suffix = region.value.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return `https://${bucket}.s3.${region.value}.${suffix}/${path}`;
}
