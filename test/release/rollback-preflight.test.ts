import { expect } from 'chai';
import { notComingBack } from '../../lib/release/not-coming-back.js';
import { imageOf, needsOf } from '../../lib/release/template-needs.js';
import { compileFiles } from '../support/planned.js';
import { aRecord } from '../support/records.js';
import { engineOn, openTest } from '../support/rehearsed-engine.js';

const { place } = engineOn(openTest());
const NONE = { kind: 'none' } as const;
const DIGEST = `sha256:${'a'.repeat(64)}`;
const CERTIFICATE = 'arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555';

describe('what a stored template needs', () => {
  it('is read out of the template: images, secrets, certificates', () => {
    const { text } = compileFiles({
      image: 'ghcr.io/acme/app:v1 credentials=secretsmanager:registry\n',
      Procfile: 'web:\n  command: bin/web\n  sidecars:\n    proxy:\n      image: envoy:1.30\nworker: bin/worker\n',
      scale: 'web=1\nworker=1\n',
      domains: `www.example.com cert=${CERTIFICATE}\n`,
      secrets: [
        'A=ssm:/acme/a',
        'B=arn:aws:ssm:us-east-1:123456789012:parameter/plain',
        'C=secretsmanager:acme/db#password',
        'D=arn:aws:secretsmanager:us-east-1:123456789012:secret:whole-AbCdEf',
        'E=arn:aws:secretsmanager:eu-west-1:123456789012:secret:elsewhere-AbCdEf',
        '',
      ].join('\n'),
    });
    const needs = needsOf(JSON.parse(text), place);
    expect(needs.images.map(({ repository }) => repository).sort()).to.deep.equal(['acme/app', 'envoy']);
    expect([...needs.parameters].sort()).to.deep.equal(['acme/a', 'plain']);
    expect([...needs.secrets].sort()).to.deep.equal([
      'acme/db',
      'arn:aws:secretsmanager:us-east-1:123456789012:secret:whole-AbCdEf',
      'registry',
    ]);
    expect(needs.certificates).to.deep.equal([CERTIFICATE]);
  });

  const IMAGES = [
    ['acme/app:v1', { kind: 'tagged', registry: { kind: 'hub' }, repository: 'acme/app', tag: 'v1' }],
    [`acme/app@${DIGEST}`, { kind: 'pinned', registry: { kind: 'hub' }, repository: 'acme/app', tag: NONE, digest: DIGEST }],
    ['nginx', { kind: 'tagged', registry: { kind: 'hub' }, repository: 'nginx', tag: 'latest' }],
    [
      'localhost:5000/app:v1',
      { kind: 'tagged', registry: { kind: 'other', host: 'localhost:5000' }, repository: 'app', tag: 'v1' },
    ],
    [
      `123456789012.dkr.ecr.eu-west-1.amazonaws.com/acme/app@${DIGEST}`,
      {
        kind: 'pinned',
        registry: {
          kind: 'ecr',
          host: '123456789012.dkr.ecr.eu-west-1.amazonaws.com',
          account: '123456789012',
          region: 'eu-west-1',
          partition: 'aws',
        },
        repository: 'acme/app',
        tag: NONE,
        digest: DIGEST,
      },
    ],
  ] as const;
  for (const [name, image] of IMAGES) {
    it(`reads the image ${name}`, () => {
      expect(imageOf(name)).to.deep.equal({ ...image, credentials: NONE });
    });
  }
});

describe('what a rollback says it does not bring back', () => {
  const { text } = compileFiles({ image: 'a/b:c\n', Procfile: 'web: x\n', scale: 'web=1\n', secrets: 'KEY=ssm:/k\n' });

  it('is nothing when there is nothing', () => {
    const plain = compileFiles({ image: 'a/b:c\n', Procfile: 'web: x\n', scale: 'web=1\n' }).text;
    expect(notComingBack(aRecord(1), plain, plain, [aRecord(2)])).to.deep.equal([]);
  });

  it('are values of secrets, data that was deleted, and migrations since', () => {
    const template = JSON.parse(text);
    template.Resources.Files = { Type: 'AWS::EFS::FileSystem', Properties: {} };
    const ran = (number: number, code: number) =>
      aRecord(number, {
        releaseProcess: { kind: 'given', value: { task: 't', exitCode: { kind: 'given', value: code }, output: NONE } },
      });
    const since = [ran(5, 0), ran(4, 1), ran(3, 0), ran(1, 0)];
    expect(notComingBack(aRecord(2), JSON.stringify(template), text, since)).to.deep.equal([
      'the values of secrets stay what they are now: KEY',
      'Files comes back empty: what it held in v2 was deleted with it',
      'what the release process of v3, v5 did (a migration, say) is not undone',
    ]);
  });
});
