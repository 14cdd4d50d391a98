import type { PutCondition } from '../../../lib/model/windows.js';
import { ACCOUNT, REGION } from './ground.js';
import type { Scenario } from './scenario.js';

const BUCKET = `empire-default-releases-${ACCOUNT}-${REGION}`;
const NONE = { kind: 'none' } as const;
const ALWAYS: PutCondition = { kind: 'always' };
const ABSENT: PutCondition = { kind: 'absent' };
const unchanged = (etag: string): PutCondition => ({ kind: 'unchanged', etag });
const after = (value: string) => ({ kind: 'given', value }) as const;

const conditions: Scenario = {
  name: 'store: conditions',
  against: 'plain',
  async play({ windows: { store }, ground, step }) {
    await ground.bucket(BUCKET);
    const put = (key: string, body: string, condition: PutCondition) => store.put(BUCKET, key, body, condition);
    await step('the first of a key', put('records/1', 'one', ABSENT));
    await step('the second of a key', put('records/1', 'two', ABSENT));
    const read = await step('read', store.get(BUCKET, 'records/1'));
    const etag = read?.kind === 'given' ? read.value.etag : '';
    await step('a change', put('records/1', 'three, with ünïcode and\r\nlines', unchanged(etag)));
    await step('a change of what was changed', put('records/1', 'four', unchanged(etag)));
    await step('a change of what is not there', put('records/2', 'five', unchanged(etag)));
    await step('what is there then', store.get(BUCKET, 'records/1'));
    await step('the same bytes again', put('records/1', 'three, with ünïcode and\r\nlines', ALWAYS));
    await step('an empty object', put('records/3', '', ABSENT));
    await step('an empty object, read', store.get(BUCKET, 'records/3'));
    await step('removed', store.remove(BUCKET, 'records/1'));
    await step('removed twice', store.remove(BUCKET, 'records/1'));
    await step('read after it was removed', store.get(BUCKET, 'records/1'));
    await step('a change after it was removed', put('records/1', 'six', unchanged(etag)));
    await step('the first of a removed key', put('records/1', 'one', ABSENT));
  },
};

const claims: Scenario = {
  name: 'store: twenty at once',
  against: 'plain',
  async play({ windows: { store }, ground, step }) {
    await ground.bucket(BUCKET);
    const all = (word: string, condition: PutCondition) =>
      Promise.all(Array.from({ length: 20 }, (_, index) => store.put(BUCKET, 'records/1', `${word} ${index}`, condition)));
    const count = (results: readonly { readonly kind: string }[]) => ({
      written: results.filter(({ kind }) => kind === 'written').length,
      refused: results.filter(({ kind }) => kind === 'refused').length,
    });
    await step('claim a key', all('claim', ABSENT), count);
    const read = await store.get(BUCKET, 'records/1');
    await step('change it', all('change', unchanged(read.kind === 'given' ? read.value.etag : '')), count);
    await step('write it regardless', all('text', ALWAYS), count);
  },
};

/** `~` is the last of ASCII, `𝄞` takes two places in JavaScript's text and sorts before `ﬀ` there, but not by its bytes. */
const KEYS = ['r/b', 'r/a', 'r/B', 'r/ä', 'r/a/1', 'r/~', 'r/10', 'r/9', 'r/\u{1d11e}', 'r/\ufb00', 'other/x', 'r'];

const listing: Scenario = {
  name: 'store: listing',
  against: 'plain',
  async play({ windows: { store }, ground, step }) {
    await ground.bucket(BUCKET);
    for (const key of KEYS) await store.put(BUCKET, key, `body of ${key}`, ALWAYS);
    await step('all', store.list(BUCKET, '', { limit: 100, after: NONE }));
    await step('a folder', store.list(BUCKET, 'r/', { limit: 100, after: NONE }));
    await step('exactly as many', store.list(BUCKET, 'r/', { limit: 10, after: NONE }));
    await step('the first page', store.list(BUCKET, 'r/', { limit: 4, after: NONE }));
    await step('the next page', store.list(BUCKET, 'r/', { limit: 4, after: after('r/a') }));
    await step('after a key that is not there', store.list(BUCKET, 'r/', { limit: 4, after: after('r/aa') }));
    await step('after the last', store.list(BUCKET, 'r/', { limit: 4, after: after('r/\u{1d11e}') }));
    await step('nothing', store.list(BUCKET, 'none/', { limit: 4, after: NONE }));
    await store.remove(BUCKET, 'r/B');
    await step('without what was removed', store.list(BUCKET, 'r/', { limit: 2, after: NONE }));
    const { objects } = await store.list(BUCKET, 'r/', { limit: 100, after: NONE });
    await step('ages in whole seconds', Promise.resolve(objects.map(({ modifiedAt }) => modifiedAt % 1000)));
  },
};

const missing: Scenario = {
  name: 'store: what is not there',
  against: 'plain',
  async play({ windows: { store }, ground, step }) {
    await ground.bucket(BUCKET);
    await ground.noBucket('no-such-bucket');
    await step('a bucket that is there', store.exists(BUCKET));
    await step('a key that is not', store.get(BUCKET, 'nothing'));
    await step('a bucket that is not', store.exists('no-such-bucket'));
    await step('read there', store.get('no-such-bucket', 'key'));
    await step('write there', store.put('no-such-bucket', 'key', 'body', ALWAYS));
    await step('claim there', store.put('no-such-bucket', 'key', 'body', ABSENT));
    await step('change there', store.put('no-such-bucket', 'key', 'body', unchanged('"0cc175b9c0f1b6a831c399e269772661"')));
    await step('list there', store.list('no-such-bucket', '', { limit: 10, after: NONE }));
    await step('remove there', store.remove('no-such-bucket', 'key'));
    await step('the URL of an object', Promise.resolve(store.url(BUCKET, 'releases/default/acme-inc/objects/1f')));
    await step('the URL of an odd key', Promise.resolve(store.url(BUCKET, 'a b/c+d?e')));
  },
};

export const storeScenarios: readonly Scenario[] = [conditions, claims, listing, missing];
