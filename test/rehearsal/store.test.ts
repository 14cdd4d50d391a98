import { expect } from 'chai';
import { expectFailure } from '../support/expected-failure.js';
import { openInMemory, START } from '../support/rehearsed-services.js';

const BUCKET = 'empire-default-releases-123456789012-us-east-1';
const NONE = { kind: 'none' } as const;
const ALWAYS = { kind: 'always' } as const;
const ABSENT = { kind: 'absent' } as const;

describe('rehearsed store', () => {
  it('lets one of twenty claims of the same key win', async () => {
    const { store } = openInMemory();
    const claims = await Promise.all(
      Array.from({ length: 20 }, (_, index) => store.put(BUCKET, 'records/1', `claim ${index}`, ABSENT)),
    );
    expect(claims.filter(({ kind }) => kind === 'written')).to.have.length(1);
    expect(claims.filter(({ kind }) => kind === 'refused')).to.have.length(19);
  });

  it('lets one of twenty updates of the same version win', async () => {
    const { store } = openInMemory();
    const first = await store.put(BUCKET, 'records/1', 'first', ABSENT);
    if (first.kind === 'refused') throw new Error('nothing was there');
    const condition = { kind: 'unchanged', etag: first.etag } as const;
    const updates = await Promise.all(
      Array.from({ length: 20 }, (_, index) => store.put(BUCKET, 'records/1', `update ${index}`, condition)),
    );
    expect(updates.filter(({ kind }) => kind === 'written')).to.have.length(1);
    const found = await store.get(BUCKET, 'records/1');
    expect(found.kind === 'given' && found.value.body).to.equal('update 0');
    expect(await store.put(BUCKET, 'records/none', 'x', condition)).to.deep.equal({ kind: 'refused' });
  });

  it('gives equal bytes equal tags, and other bytes other ones', async () => {
    const { store } = openInMemory();
    const tags = [];
    for (const body of ['a', 'b', 'a']) {
      const written = await store.put(BUCKET, 'key', body, ALWAYS);
      tags.push(written.kind === 'written' ? written.etag : '');
    }
    // MD5 of `a`, in quotes, as S3 gives it.
    expect(tags[0]).to.equal('"0cc175b9c0f1b6a831c399e269772661"');
    expect([tags[0] === tags[2], tags[0] === tags[1]]).to.deep.equal([true, false]);
  });

  it('lists in order of the bytes, in pages, with ages by its own clock', async () => {
    const { store, clock } = openInMemory();
    for (const key of ['r/b', 'r/a', 'r/B', 'r/ä', 'other/x', 'r/a/1']) await store.put(BUCKET, key, key, ALWAYS);
    await clock.sleep(90_000);
    const all = await store.list(BUCKET, 'r/', { limit: 100, after: NONE });
    expect(all.objects.map(({ key }) => key)).to.deep.equal(['r/B', 'r/a', 'r/a/1', 'r/b', 'r/ä']);
    expect([all.more, all.now - (all.objects[0]?.modifiedAt ?? 0)]).to.deep.equal([false, 90_000]);
    expect(all.objects[0]?.modifiedAt).to.equal(START);
    const page = await store.list(BUCKET, 'r/', { limit: 2, after: { kind: 'given', value: 'r/B' } });
    expect([page.objects.map(({ key }) => key), page.more]).to.deep.equal([['r/a', 'r/a/1'], true]);
  });

  it('removes, and reads nothing that is not there', async () => {
    const { store } = openInMemory();
    await store.put(BUCKET, 'key', 'body', ALWAYS);
    await store.remove(BUCKET, 'key');
    await store.remove(BUCKET, 'key');
    expect(await store.get(BUCKET, 'key')).to.deep.equal(NONE);
  });

  it('has every bucket, until a script removes it', async () => {
    const rehearsal = openInMemory();
    expect(await rehearsal.store.exists(BUCKET)).to.equal(true);
    rehearsal.script(JSON.stringify({ remove: 'bucket', name: BUCKET }), 'script');
    expect(await rehearsal.store.exists(BUCKET)).to.equal(false);
    const failure = await expectFailure(rehearsal.store.get(BUCKET, 'key'), 'outside-refused');
    expect(failure.message).to.contain(BUCKET).and.to.contain('NoSuchBucket');
  });

  it('gives CloudFormation what is behind a URL', async () => {
    const { store, world } = openInMemory();
    await store.put(BUCKET, 'objects/abc', '{"Resources": {}}', ALWAYS);
    expect(world.object(store.url(BUCKET, 'objects/abc'))).to.equal('{"Resources": {}}');
    expect(world.object(store.url(BUCKET, 'objects/none'))).to.equal(undefined);
    await store.put(BUCKET, 'objects/a b+c', 'odd', ALWAYS);
    expect(store.url(BUCKET, 'objects/a b+c')).to.match(/\.s3\.us-east-1\.amazonaws\.com\/objects\/a%20b%2Bc$/);
    expect(world.object(store.url(BUCKET, 'objects/a b+c'))).to.equal('odd');
  });
});
