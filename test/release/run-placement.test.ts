import { expect } from 'chai';
import { placementOf, platformPlacement } from '../../lib/release/run-placement.js';
import { ACME, compileFiles, type Files } from '../support/planned.js';

const template = (files: Files) => JSON.parse(compileFiles({ ...ACME, ...files }).text);
const VALUES: Readonly<Record<string, string>> = {
  PlatformClusterName: 'empire',
  PlatformPrivateSubnets: 'subnet-1,subnet-2',
  PlatformPublicSubnets: 'subnet-8,subnet-9',
  PlatformAppTasksGroup: 'sg-tasks',
  PlatformCapacityProvider: 'ec2-provider',
  'AppSecurityGroup.GroupId': 'sg-app',
};
const lookup = (name: string): string | undefined => VALUES[name];
const RELEASE = 'release: acme-inc migrate\n';

describe('where the release process runs', () => {
  it('is where the services run', () => {
    expect(placementOf(template({ Procfile: `web: acme-inc server\n${RELEASE}`, scale: '' }), lookup)).to.deep.equal({
      cluster: 'empire',
      subnets: ['subnet-1', 'subnet-2'],
      securityGroups: ['sg-app', 'sg-tasks'],
      publicAddress: false,
      capacityProvider: 'FARGATE',
    });
  });

  it('is with an address in public subnets where there is no NAT', () => {
    const found = placementOf(
      template({ Procfile: `web: acme-inc server\n${RELEASE}`, scale: '', platform: 'NAT=none\n' }),
      lookup,
    );
    expect([found?.publicAddress, found?.subnets]).to.deep.equal([true, ['subnet-8', 'subnet-9']]);
  });

  it('is where the schedules run when there is no service', () => {
    const found = placementOf(template({ Procfile: `tick: {command: tick, cron: "* * * * *"}\n${RELEASE}`, scale: '' }), lookup);
    expect(found?.subnets).to.deep.equal(['subnet-1', 'subnet-2']);
  });

  it('is where the platform says when there is neither', () => {
    const alone = template({ Procfile: RELEASE, scale: '' });
    expect(placementOf(alone, lookup)).to.equal(undefined);
    const places = { 'cluster-name': 'empire', 'private-subnets': 'subnet-1', 'app-tasks-group': 'sg-tasks' };
    expect(platformPlacement(alone, lookup, places)).to.deep.include({ subnets: ['subnet-1'], publicAddress: false });
    const open = { 'cluster-name': 'empire', 'public-subnets': 'subnet-8', 'app-tasks-group': 'sg-tasks' };
    expect(platformPlacement(alone, lookup, open)).to.deep.include({ subnets: ['subnet-8'], publicAddress: true });
    expect(platformPlacement(alone, lookup, {})).to.equal(undefined);
  });

  it('is on the capacity that its definition needs', () => {
    const files = {
      Procfile: `web: acme-inc server\n${RELEASE}`,
      scale: '',
      platform: 'CAPACITY=ec2\nINSTANCE_TYPES=t3.small\n',
    };
    expect(JSON.stringify(template({ ...files, platform: '' }).Resources.ReleaseTaskDefinition)).to.include('FARGATE');
    const ec2 = JSON.parse(
      JSON.stringify(template({ ...files, platform: '' })).replaceAll(
        '"RequiresCompatibilities":["FARGATE"]',
        '"RequiresCompatibilities":["EC2"]',
      ),
    );
    expect(placementOf(ec2, lookup)?.capacityProvider).to.equal('ec2-provider');
  });
});
