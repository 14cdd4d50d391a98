import { expect } from 'chai';
import fc from 'fast-check';
import type { SecretReference } from '../../lib/model/app.js';
import { editSecrets, formatSecretReference, parseSecrets } from '../../lib/parse/secrets.js';
import { reading, said } from '../support/reading.js';

const read = (text: string, overlay = false) =>
  reading('apps/demo/secrets', text, (source, problems) => parseSecrets(source, overlay, problems));
const SECRET = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf';
const none = { kind: 'none' } as const;
const given = (value: string) => ({ kind: 'given', value }) as const;

describe('secrets', () => {
  for (const [text, expected] of [
    ['ssm:/acme/db', { kind: 'ssm', parameter: '/acme/db' }],
    ['secretsmanager:acme/db', { kind: 'secretsmanager', secret: 'acme/db', key: none }],
    ['secretsmanager:acme/db#url # the URL', { kind: 'secretsmanager', secret: 'acme/db', key: given('url') }],
    [
      'arn:aws-us-gov:ssm:us-gov-west-1:123456789012:parameter/db',
      { kind: 'ssm-arn', arn: 'arn:aws-us-gov:ssm:us-gov-west-1:123456789012:parameter/db' },
    ],
    [SECRET, { kind: 'secretsmanager-arn', arn: SECRET, key: none, stage: none, version: none }],
    [`${SECRET}:url::`, { kind: 'secretsmanager-arn', arn: SECRET, key: given('url'), stage: none, version: none }],
    [
      `${SECRET}::AWSPREVIOUS:`,
      { kind: 'secretsmanager-arn', arn: SECRET, key: none, stage: given('AWSPREVIOUS'), version: none },
    ],
  ] as [string, SecretReference][]) {
    it(`reads ${text}`, () => {
      const { value, problems } = read(`DB=${text}`);
      expect(problems).to.deep.equal([]);
      expect(value.entries.map((entry) => entry.value)).to.deep.equal([expected]);
    });
  }

  for (const [text, code] of [
    ['hunter2', 'secrets-not-a-reference'],
    ['', 'secrets-not-a-reference'],
    ['ssn:/a', 'secrets-not-a-reference'],
    ['ssm:db', 'secrets-ssm-name'],
    ['ssm:/a b', 'secrets-ssm-name'],
    ['secretsmanager:', 'secrets-secretsmanager-name'],
    ['secretsmanager:a#b:c', 'secrets-secretsmanager-name'],
    ['arn:aws:s3:::bucket', 'secrets-arn'],
    [`${SECRET}:url`, 'secrets-arn'],
    [`${SECRET}:k:s:v`, 'secrets-stage-and-version'],
  ]) {
    it(`refuses ${JSON.stringify(text)}`, () => expect(said(read(`DB=${text}`).problems)).to.deep.equal([`1:4 ${code}`]));
  }

  it('never shows what may be a secret value', () => {
    expect(JSON.stringify(read('DB=hunter2').problems)).to.not.contain('hunter2');
  });

  it('refuses EMPIRE_ names as env does', () =>
    expect(said(read('EMPIRE_X=ssm:/a').problems)).to.deep.equal(['1:1 env-reserved-name']));

  it('reads back exactly what was written', () => {
    const part = fc
      .option(fc.stringMatching(/^[A-Za-z0-9_]{1,8}$/), { nil: undefined })
      .map((text) => (text === undefined ? none : given(text)));
    const word = fc.stringMatching(/^[A-Za-z0-9_.-]{1,8}$/);
    const reference: fc.Arbitrary<SecretReference> = fc.oneof(
      fc
        .array(word, { minLength: 1, maxLength: 4 })
        .map((levels): SecretReference => ({ kind: 'ssm', parameter: `/${levels.join('/')}` })),
      fc
        .tuple(word, fc.oneof(part, fc.constant(given('a "b" #c'))))
        .map(([secret, key]): SecretReference => ({ kind: 'secretsmanager', secret, key })),
      fc
        .tuple(part, part)
        .map(([key, stage]): SecretReference => ({ kind: 'secretsmanager-arn', arn: SECRET, key, stage, version: none })),
    );
    fc.assert(
      fc.property(reference, reference, (a, b) => {
        const text = editSecrets(
          '# keep\nA=ssm:/old # c\n',
          {
            set: new Map([
              ['A', a],
              ['B', b],
            ]),
            unset: new Set(),
          },
          false,
        );
        const { value, problems } = read(text);
        expect(problems).to.deep.equal([]);
        expect(value.entries.map((entry) => entry.value)).to.deep.equal([a, b]);
        expect(text).to.match(/^# keep\nA=.* # c\nB=/);
        expect(value.entries.map((entry) => formatSecretReference(entry.value))).to.deep.equal([a, b].map(formatSecretReference));
      }),
    );
  });
});
