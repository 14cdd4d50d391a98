import { expect } from 'chai';
import fc from 'fast-check';
import { numberOfKey, recordKey } from '../../lib/release/record-key.js';
import { releaseId, uuidOfName } from '../../lib/release/release-id.js';

const PLACE = { environment: 'default', app: 'acme-inc', account: '123456789012', region: 'us-east-1' };

describe('keys and ids of releases', () => {
  it('list the newest release first', () => {
    const keys = [1, 2, 9, 10, 99, 100, 12345].map((number) => recordKey(PLACE, number));
    expect([...keys].sort()).to.deep.equal([...keys].reverse());
    expect(keys[3]).to.equal('releases/default/acme-inc/records/99999989.v10.json');
  });

  it('name one number each', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999_998 }), (number) => {
        expect(numberOfKey(PLACE, recordKey(PLACE, number))).to.equal(number);
      }),
    );
    for (const key of [
      'records/x',
      'releases/default/acme-inc/records/99999989.v11.json',
      'releases/default/acme-inc/purged.json',
    ]) {
      expect(numberOfKey(PLACE, key), key).to.equal(undefined);
    }
  });

  // https://www.rfc-editor.org/rfc/rfc9562#name-example-of-a-uuidv5-value
  it('makes UUIDs of version 5 as the RFC does', () => {
    expect(uuidOfName('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).to.equal(
      '2ed6657d-e927-568b-95e1-2665a8aea6a2',
    );
  });

  it('gives every release an id of its own, the same for everybody', () => {
    const ids = [1, 2, 3].flatMap((number) => [
      releaseId(PLACE, number),
      releaseId({ ...PLACE, environment: 'production' }, number),
      releaseId({ ...PLACE, app: 'api' }, number),
      releaseId({ ...PLACE, account: '210987654321' }, number),
      releaseId({ ...PLACE, region: 'eu-west-1' }, number),
    ]);
    expect(new Set(ids).size).to.equal(15);
    expect(releaseId({ ...PLACE }, 1)).to.equal(ids[0]);
  });
});
