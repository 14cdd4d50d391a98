import { expect } from 'chai';
import { type InfoView, infoJson, renderInfo } from '../../lib/view/info.js';
import { given, NONE } from '../support/model-apps.js';
import { aRecord } from '../support/records.js';

const AT = Date.UTC(2026, 5, 4, 14, 27);
const ARN = 'arn:aws:acm:us-east-1:123456789012:certificate/0b1c';
const FULL: InfoView = {
  app: 'acme-inc',
  environment: 'production',
  account: '123456789012',
  region: 'us-east-1',
  stack: { name: 'empire-production--acme-inc', id: 'arn:stack', status: 'UPDATE_COMPLETE', changedAt: AT },
  release: given(
    aRecord(3, {
      images: [{ reference: 'remind101/acme-inc:v3', pinned: 'remind101/acme-inc@sha256:ab', digest: 'sha256:ab' }],
      processes: [
        { name: 'web', kind: 'service', count: '2', size: { cpu: 256, memoryMiB: 512, nproc: 256, name: '1X' }, command: [] },
        { name: 'console', kind: 'run-only', count: '', size: { cpu: 256, memoryMiB: 512, nproc: 256, name: '1X' }, command: [] },
      ],
    }),
  ),
  url: given('https://acme-inc.example.com'),
  privateName: given('acme-inc.empire'),
  certificates: [
    { arn: ARN, status: 'ISSUED', names: ['acme-inc.example.com'] },
    { arn: `${ARN}d`, status: 'gone', names: [] },
  ],
  logGroup: given('/empire/production/acme-inc'),
  securityGroup: given('sg-1'),
  maintenance: true,
};
const EMPTY: InfoView = {
  ...FULL,
  release: NONE,
  url: NONE,
  privateName: NONE,
  certificates: [],
  logGroup: NONE,
  securityGroup: NONE,
  maintenance: false,
};

describe('info', () => {
  it('tells an app in a line per fact', () => {
    expect(renderInfo(FULL).replaceAll(/\w{3} .\d \d\d:\d\d/g, 'Jun  4 14:27')).to.equal(
      [
        'app          acme-inc in production (123456789012, us-east-1)',
        'stack        empire-production--acme-inc  UPDATE_COMPLETE  Jun  4 14:27',
        'release      v3  Jun  4 14:27  Deploy remind101/acme-inc:v3  alice',
        'image        remind101/acme-inc:v3  sha256:ab',
        'scale        web=2:1X',
        'url          https://acme-inc.example.com',
        'private      acme-inc.empire',
        `certificate  acme-inc.example.com  ISSUED  ${ARN}`,
        `certificate  gone  ${ARN}d`,
        'log group    /empire/production/acme-inc',
        'security     sg-1',
        'maintenance  on',
        '',
      ].join('\n'),
    );
  });

  it('leaves out what there is not', () => {
    expect(renderInfo(EMPTY).replaceAll(/ +.*$/gm, '')).to.equal('app\nstack\nrelease\n');
    expect(renderInfo(EMPTY)).to.contain('none succeeded yet');
  });

  it('is for programs what its documentation says', () => {
    const json = infoJson(FULL) as Record<string, object>;
    expect(Object.keys(json)).to.deep.equal(
      ['app', 'environment', 'account', 'region', 'stack', 'release', 'images', 'processes'].concat([
        'url',
        'privateName',
        'certificates',
        'logGroup',
        'securityGroup',
        'maintenance',
      ]),
    );
    expect(json).to.deep.include({
      stack: {
        name: 'empire-production--acme-inc',
        id: 'arn:stack',
        status: 'UPDATE_COMPLETE',
        changedAt: '2026-06-04T14:27:00.000Z',
      },
      images: [{ reference: 'remind101/acme-inc:v3', digest: 'sha256:ab' }],
      certificates: FULL.certificates,
      maintenance: true,
    });
    expect(json['release']).to.deep.equal({
      number: 3,
      version: 'v3',
      description: 'Deploy remind101/acme-inc:v3',
      by: 'arn:aws:sts::123456789012:assumed-role/admin/alice',
      createdAt: '2026-06-04T14:27:00.000Z',
    });
    expect((json['processes'] as object[])[1]).to.deep.include({ name: 'console', kind: 'run-only', count: null });
    expect(infoJson(EMPTY)).to.deep.include({
      release: null,
      images: [],
      processes: [],
      url: null,
      logGroup: null,
      maintenance: false,
    });
  });
});
