import { createHash } from 'node:crypto';
import { Failure } from '../failure.js';
import type { PutCondition, StoredName, StoreWindow } from '../model/windows.js';
import type { Gate } from './gate.js';
import { groundOfBucket, isOfStack } from './grounds.js';
import { compareKeys } from './order.js';
import { isRemoved } from './removed.js';
import type { RehearsalState } from './state.js';
import type { World } from './world.js';

type Objects = RehearsalState['store']['buckets'][string];

/**
 * S3 with conditional writes and strong consistency. Every bucket is there, as if its platform were deployed, until a script
 * removes it.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export function rehearsedStore(gate: Gate): StoreWindow {
  const read = <Result>(method: string, bucket: string, action: (objects: Objects, state: RehearsalState) => Result) =>
    gate.call(`store.${method}`, ({ state }) => action(objectsOf(state, bucket), state));
  return {
    put: (bucket, key, body, condition) =>
      read('put', bucket, (objects, state) => {
        const found = objects[key];
        if (!holds(condition, found?.etag)) return { kind: 'refused' as const };
        const etag = etagOf(body);
        objects[key] = { body, etag, modifiedAt: toSecond(state.now) };
        return { kind: 'written' as const, etag };
      }),
    get: (bucket, key) =>
      read('get', bucket, (objects) => {
        const found = objects[key];
        return found === undefined ? { kind: 'none' as const } : { kind: 'given' as const, value: { ...found } };
      }),
    list: (bucket, prefix, query) =>
      read('list', bucket, (objects, state) => {
        const names = namesOf(objects, prefix, query.after.kind === 'given' ? query.after.value : '');
        return { objects: names.slice(0, query.limit), more: names.length > query.limit, now: state.now };
      }),
    remove: (bucket, key) =>
      read('remove', bucket, (objects) => {
        delete objects[key];
      }),
    exists: (bucket) => gate.call('store.exists', ({ state }) => isThere(state, bucket)),
    bucket: (bucket) =>
      gate.call('store.bucket', ({ state, region }) =>
        isThere(state, bucket) ? { kind: 'given' as const, value: { region, versioned: true } } : { kind: 'none' as const },
      ),
    removeBucket: (bucket) =>
      gate.call('store.removeBucket', ({ state, buckets }) => {
        const held = Object.keys(state.store.buckets[bucket] ?? {}).length;
        buckets.removeBucket(bucket);
        return held;
      }),
    url: (bucket, key) => urlOf(gate.region, bucket, key),
  };
}

/** The text behind `store.url(…)`. */
export function objectAt(state: RehearsalState, url: string): string | undefined {
  const [, bucket = '', path = ''] = /^https:\/\/([^/]+)\.s3\.[^/]+\/(.+)$/.exec(url) ?? [];
  return state.store.buckets[bucket]?.[decodeURIComponent(path)]?.body;
}

function urlOf(region: string, bucket: string, key: string): string {
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return `https://${bucket}.s3.${region}.${suffix}/${key.split('/').map(encodeURIComponent).join('/')}`;
}

/** Not removed by a script, and not by the platform that it belonged to. */
function isThere(state: RehearsalState, bucket: string): boolean {
  if (isRemoved(state, 'bucket', bucket)) return false;
  return !isOfStack(state, groundOfBucket(bucket)) || Object.hasOwn(state.store.buckets, bucket);
}

/** The buckets as CloudFormation makes and removes them. */
export const bucketsOf = (state: RehearsalState): World['buckets'] => ({
  hasBucket: (name) => Object.hasOwn(state.store.buckets, name),
  makeBucket: (name) => {
    state.store.buckets[name] ??= {};
  },
  removeBucket: (name) => {
    delete state.store.buckets[name];
    delete state.stacks.names[`AWS::S3::Bucket ${name}`];
    delete state.stacks.names[`AWS::S3::BucketPolicy ${name}`];
  },
});

function objectsOf(state: RehearsalState, bucket: string): Objects {
  if (!isThere(state, bucket)) {
    throw new Failure(
      `s3://${bucket}`,
      'the bucket does not exist (NoSuchBucket)',
      'deploy the platform: empire platform deploy',
      'outside-refused',
    );
  }
  state.store.buckets[bucket] ??= {};
  return state.store.buckets[bucket];
}

function holds(condition: PutCondition, etag: string | undefined): boolean {
  switch (condition.kind) {
    case 'always':
      return true;
    case 'absent':
      return etag === undefined;
    case 'unchanged':
      return etag === condition.etag;
  }
}

/** In order of the bytes of the keys, beginning after `after`. */
function namesOf(objects: Objects, prefix: string, after: string): StoredName[] {
  return Object.keys(objects)
    .filter((key) => key.startsWith(prefix) && (after === '' || compareKeys(key, after) > 0))
    .sort(compareKeys)
    .map((key) => ({ key, etag: objects[key]?.etag ?? '', modifiedAt: objects[key]?.modifiedAt ?? 0 }));
}

/** For an object written in one part: the MD5 of its bytes, in quotes. */
const etagOf = (body: string): string => `"${createHash('md5').update(body).digest('hex')}"`;

/** Last-Modified has no milliseconds. */
const toSecond = (time: number): number => Math.floor(time / 1000) * 1000;
