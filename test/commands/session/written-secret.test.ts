import { expect } from 'chai';
import { formatWritten, wayBack, writtenIn } from '../../../lib/commands/session/written-secret.js';
import type { Plan } from '../../../lib/model/plan.js';
import { setEnvironment } from '../../support/environment.js';

const secret = { name: 'TOKEN', parameter: '/acme/token', version: 4 };
const place = { app: 'acme-inc', environment: 'production', region: 'eu-west-1' };
const flags = { json: false, rehearse: false };
const planOf = (...kinds: readonly string[]) =>
  ({ processes: [{ changes: kinds.map((kind) => ({ kind })) }] }) as unknown as Plan;
const only = planOf('restart');
const more = planOf('restart', 'secrets');

describe('a secret value that was written', () => {
  let restore = (): void => undefined;
  beforeEach(() => {
    restore = setEnvironment({ EMPIRE_REHEARSE: undefined });
  });
  afterEach(() => restore());

  it('comes back from the version that the parameter store keeps', () => {
    const read =
      'aws ssm get-parameter --name /acme/token:3 --with-decryption --query Parameter.Value --output text --region eu-west-1';
    const set = 'empire set --secret TOKEN -a acme-inc -e production';
    expect(wayBack(secret, place, flags)).to.equal(`${read} | ${set}`);
    expect(wayBack(secret, place, { ...flags, profile: 'ops' })).to.equal(`${read} --profile ops | ${set}`);
  });

  it('is known again from what the record says', () => {
    expect(writtenIn(['an image could not be kept', ...formatWritten(secret, only)])).to.deep.equal({ secret, only: true });
    expect(writtenIn(formatWritten(secret, more))).to.deep.equal({ secret, only: false });
    expect(writtenIn(['an image could not be kept'])).to.equal(undefined);
  });

  it('has nothing to come back to when it is the first', () => {
    const first = { ...secret, version: 1 };
    expect(formatWritten(first, more)).to.deep.equal([]);
    expect(wayBack((writtenIn(formatWritten(first, only)) as { secret: typeof secret }).secret, place, flags)).to.equal(
      'TOKEN had no value before: there is nothing to bring back',
    );
  });
});
