import { expect } from 'chai';
import type { Platform } from '../../lib/model/platform.js';
import { parsePlatform } from '../../lib/parse/platform.js';
import { PLATFORM_KEYS } from '../../lib/parse/platform-keys.js';
import { isCidr, isPublicZone, isTag, isZoneName } from '../../lib/parse/platform-values.js';
import { Problems } from '../../lib/problems.js';
import { makeRoot, parseFiles, readRoot, refusals, removeRoots } from '../support/root.js';

const IMAGE = { 'apps/demo/image': 'remind101/acme-inc:v1\n' };

function platformOf(text: string, overlay?: string): Platform {
  const files = { ...IMAGE, platform: text, ...(overlay === undefined ? {} : { 'platform.production': overlay }) };
  const problems = new Problems();
  const platform = parsePlatform(readRoot(makeRoot(files)), overlay === undefined ? 'default' : 'production', problems);
  expect(problems.all).to.deep.equal([]);
  if (platform.kind === 'none') throw new Error('refused');
  return platform.value;
}

const refused = (text: string, overlay?: string): string[] =>
  refusals(parseFiles({ ...IMAGE, platform: text, ...(overlay === undefined ? {} : { 'platform.production': overlay }) }));

describe('the platform', () => {
  after(removeRoots);

  it('needs no file', () => {
    const platform = parseFiles(IMAGE).platform;
    expect(platform).to.deep.equal({
      kind: 'given',
      value: {
        environment: 'default',
        prefix: 'empire',
        zone: 'empire',
        region: { kind: 'none' },
        account: { kind: 'none' },
        network: { kind: 'made', cidr: '10.0.0.0/16' },
        nat: 'one',
        capacity: 'fargate',
        arch: 'x86_64',
        instanceType: 't3.medium',
        minSize: 1,
        maxSize: 10,
        loadBalancers: 'per-app',
        publicZones: [],
        logRetentionDays: 30,
        earlySuccess: false,
        bucket: { kind: 'none' },
        permissionsBoundary: { kind: 'none' },
        tags: [],
      } satisfies Platform,
    });
  });

  it('takes ids and accounts verbatim: an account may begin with 0', () => {
    expect(platformOf('ACCOUNT=012345678901\n').account).to.deep.equal({ kind: 'given', value: '012345678901' });
    expect(platformOf('ACCOUNT="012345678901" # ours\n').account).to.deep.equal({ kind: 'given', value: '012345678901' });
  });

  it('reads numbers, booleans and lists', () => {
    const platform = platformOf(
      'CAPACITY=ec2\nMIN_SIZE=0\nMAX_SIZE=5\nEARLY_SUCCESS=true\nTAGS=team=web, cost=12\nPUBLIC_ZONES=example.com=Z0123\n',
    );
    expect([platform.minSize, platform.maxSize, platform.earlySuccess]).to.deep.equal([0, 5, true]);
    expect(platform.tags).to.deep.equal([
      { key: 'cost', value: '12' },
      { key: 'team', value: 'web' },
    ]);
    expect(platform.publicZones).to.deep.equal([{ name: 'example.com', id: 'Z0123' }]);
  });

  it('keeps our own environment as it is', () => {
    delete process.env['MAX_SIZE'];
    platformOf('CAPACITY=ec2\nMAX_SIZE=5\n');
    expect(process.env['MAX_SIZE']).to.equal(undefined);
    expect(process.env['value']).to.equal(undefined);
  });

  it('refuses what coercion would change', () => {
    for (const text of [
      'LOG_RETENTION_DAYS=007',
      'LOG_RETENTION_DAYS=30.0',
      'LOG_RETENTION_DAYS=3e1',
      'EARLY_SUCCESS=TRUE',
      'EARLY_SUCCESS=1',
      'TAGS=a=1,,b=2',
      'TAGS=a=1,',
      'TAGS=a=*',
    ]) {
      expect(refused(`${text}\n`), text).to.deep.equal([`platform-type platform:1:${text.indexOf('=') + 2}`]);
    }
  });

  it('refuses what the dotenv package would read otherwise', () => {
    expect(refused('TAGS=a=b#c\n')).to.deep.equal(['platform-two-readings platform:1:6']);
    expect(refused("TAGS='a=b'\n")).to.deep.equal([]);
    expect(refused('PREFIX=`acme`\n')).to.deep.equal(['platform-two-readings platform:1:8']);
  });

  it('has the refusals of `env`', () => {
    expect(refused('REGION: us-east-1\nREGION=us-east-1\nREGION=eu-west-1\nunset ZONE\n')).to.deep.equal([
      'dotenv-colon platform:1:1',
      'dotenv-duplicate platform:3:1',
      'dotenv-unset-in-base platform:4:1',
    ]);
  });

  it('merges an overlay by key, and `unset` takes a key away', () => {
    const platform = platformOf('ZONE=acme\nCAPACITY=spot\nREGION=us-east-1\n', 'CAPACITY=fargate\nunset REGION\n');
    expect([platform.environment, platform.zone, platform.capacity, platform.region.kind]).to.deep.equal([
      'production',
      'acme',
      'fargate',
      'none',
    ]);
  });

  it('takes an existing VPC', () => {
    const ids = (letter: string) => `subnet-0000000000000000${letter},subnet-1111111111111111${letter}`;
    const platform = platformOf(
      `VPC_ID=vpc-0123456789abcdef0\nVPC_CIDR=10.1.0.0/16\nPUBLIC_SUBNETS=${ids('a')}\nPRIVATE_SUBNETS=${ids('b')}\n`,
    );
    expect(platform.network).to.deep.equal({
      kind: 'existing',
      vpcId: 'vpc-0123456789abcdef0',
      cidr: '10.1.0.0/16',
      publicSubnets: ids('a').split(','),
      privateSubnets: ids('b').split(','),
    });
  });

  it('chooses an ARM instance for ARM', () => {
    expect(platformOf('CAPACITY=ec2\nARCH=arm64\n').instanceType).to.equal('t4g.medium');
  });

  it('says nothing about combinations while a value is refused', () => {
    expect(refused('CAPACITY=ec3\nINSTANCE_TYPE=t3.large\n')).to.deep.equal(['platform-value platform:1:10']);
  });

  it('checks the platform of every environment, whichever is selected', () => {
    expect(refused('', 'CAPACITY=ec2\nNAT=none\n')).to.deep.equal(['platform-nat-ec2 platform.production:2:5']);
    expect(refused('REGOIN=x\n', '')).to.deep.equal(['platform-unknown-key platform:1:1']);
  });

  it('does not mistake names of JavaScript for keys', () => {
    expect(refused('__proto__=1\nconstructor=2\ntoString=3\n')).to.deep.equal(
      [1, 2, 3].map((line) => `platform-unknown-key platform:${line}:1`),
    );
  });

  it('has a default that keeps the limits of every key', () => {
    for (const key of PLATFORM_KEYS) {
      if (key.default !== '') expect(key.accepts(key.default), key.name).to.equal(true);
      expect(key.accepts(''), key.name).to.equal(false);
      expect(
        [key.doc, key.limits].every((text) => text.length > 3),
        key.name,
      ).to.equal(true);
    }
  });

  it('knows networks, zones and tags', () => {
    expect(['10.0.0.0/16', '172.16.0.0/20', '192.168.1.0/28'].every(isCidr)).to.equal(true);
    expect(
      ['10.0.0.0', '10.0.0.0/15', '10.0.0.0/29', '10.0.0.1/24', '256.0.0.0/16', '010.0.0.0/16', '10.0.0.0/016'].some(isCidr),
    ).to.equal(false);
    expect(['empire', 'acme.internal', 'a-b.c'].every(isZoneName)).to.equal(true);
    expect(['', 'Empire', 'a..b', '-a', 'a-', 'a_b', 'empire.', '10.0', 'a'.repeat(64)].some(isZoneName)).to.equal(false);
    expect(['example.com=Z1'].every(isPublicZone)).to.equal(true);
    expect(['example.com', 'example.com=', 'com=Z1', 'example.com=z1', '=Z1'].some(isPublicZone)).to.equal(false);
    expect(['a=b', 'a=', 'Ünï=x=y'].every(isTag)).to.equal(true);
    expect(['a', '=b', 'aws:x=1', 'Empire:app=1', 'a=b;c'].some(isTag)).to.equal(false);
  });
});
