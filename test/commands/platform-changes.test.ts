import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { runOnScreen, type Screen } from '../support/transcript.js';

const REHEARSED = { EMPIRE_REHEARSE: '1', EMPIRE_REHEARSE_SPEED: 'infinite', EMPIRE_REHEARSE_START: '2026-06-04T14:27:00Z' };
const FIRST = 'platform in default (123456789012, us-east-1) · rehearsal: nothing is real\n';

/** Changes of a platform that stands, in a rehearsed account. */
describe('a platform that changes', function () {
  this.timeout(60_000);
  let root: string;
  const start = process.cwd();

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'empire-platform-'));
    mkdirSync(join(root, 'apps/hello'), { recursive: true });
    writeFileSync(join(root, 'apps/hello/image'), 'nginxdemos/hello:0.4\n');
    process.chdir(root);
  });

  afterEach(() => {
    process.chdir(start);
    rmSync(root, { recursive: true, force: true });
  });

  const empire = (...words: string[]): Promise<Screen> => runOnScreen(words, REHEARSED);

  async function ok(...words: string[]): Promise<Screen> {
    const screen = await empire(...words);
    expect(screen.code, `${words.join(' ')}\n${screen.stderr}`).to.equal(0);
    return screen;
  }

  const platform = (...lines: string[]): void => writeFileSync(join(root, 'platform'), `${lines.join('\n')}\n`);

  async function script(...steps: object[]): Promise<void> {
    writeFileSync(join(root, 'script.jsonl'), `${steps.map((step) => JSON.stringify(step)).join('\n')}\n`);
    await ok('rehearsal', 'script', 'script.jsonl');
  }

  /** What a person is told: without the plan and the progress in front of it. */
  const told = ({ stderr }: Screen): string => stderr.slice(stderr.search(/^error: /m));

  for (const [key, arn, what] of [
    ['PERMISSIONS_BOUNDARY', 'arn:aws:iam::123456789012:policy/bound', 'policy'],
    ['GITHUB_PROVIDER', 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com', 'identity provider'],
  ] as const) {
    it(`is not begun while there is no ${what} that ${key} names`, async () => {
      platform('GITHUB_REPOSITORY=acme/apps', `${key}=${arn}`);
      expect((await ok('check')).stdout).to.contain(arn);
      await script({ remove: 'piece', name: arn });
      const refused = await empire('platform', 'deploy', '--yes');
      const column = key.length + 2;
      expect(told(refused)).to.equal(
        `error: ${arn}: there is no such ${what}\n  hint: correct \`${key}\` (platform:2:${column})\n`,
      );
      expect((await empire('check')).stdout).to.match(new RegExp(`NO .*there is no such ${what}`));
      expect((await ok('platform', 'show')).stdout).not.to.contain('CREATE');
      await script({ restore: 'piece', name: arn });
      await ok('platform', 'deploy', '--yes');
    });
  }

  const replacing: readonly [string, readonly string[], string][] = [
    ['the zone', ['ZONE=other'], 'Zone'],
    [
      'the VPC',
      ['VPC_CIDR=10.9.0.0/16'],
      'AppTasksSecurityGroup, PublicSubnet1, PrivateSubnet1, PublicSubnet2, PrivateSubnet2, Vpc',
    ],
    ['the cluster', ['CLUSTER=ours'], 'Cluster, `/empire/default/cluster-name`'],
  ];
  for (const [what, lines, torn] of replacing) {
    it(`refuses to replace ${what} under an app`, async () => {
      await ok('platform', 'deploy');
      await ok('deploy', 'hello');
      platform(...lines);
      const refused = await empire('platform', 'deploy', '--yes', '--allow', 'broader,data-loss,downtime');
      const [, named = ''] = /this would replace (.*), and apps stand on that: hello\n/.exec(refused.stderr) ?? [];
      expect(named.split(', ').sort()).to.include.members(torn.split(', ').filter((one) => !one.startsWith('`')));
      expect(refused.stderr).to.contain(
        '  hint: make another environment (`platform.<name>`) with the new settings and move the apps there, or destroy them first\n',
      );
      expect(refused.code).to.equal(1);
      const looked = await empire('platform', 'diff');
      expect(looked.stderr).to.contain(
        `error: platform of default: this would replace ${named}, and apps stand on that: hello\n`,
      );
      expect(looked.code).to.equal(0);
    });
  }

  it('replaces them when nobody stands on it', async () => {
    await ok('platform', 'deploy');
    platform('ZONE=other');
    expect((await ok('platform', 'deploy')).stdout).to.equal('Changed the platform of default.\n');
  });

  it('takes a third zone under an app, and refuses to take it away again', async () => {
    await ok('platform', 'deploy');
    await ok('deploy', 'hello');
    platform('AVAILABILITY_ZONES=3');
    await ok('platform', 'deploy');
    platform('AVAILABILITY_ZONES=2');
    const refused = await empire('platform', 'deploy');
    expect(told(refused)).to.equal(
      'error: platform of default: this would replace PublicSubnet3, PrivateSubnet3, and apps stand on that: hello\n  hint: make another environment (`platform.<name>`) with the new settings and move the apps there, or destroy them first\n',
    );
  });

  it('says what failed first and by which line, and that nothing was left; then goes on from there', async () => {
    platform('NAT=one');
    await script({ fail: 'create', stack: 'empire-platform', resource: 'NatGateway1', reason: 'Elastic IP quota reached.' });
    const failed = await empire('platform', 'deploy');
    expect(told(failed)).to.equal(
      'error: platform of default: NatGateway1 (AWS::EC2::NatGateway) CREATE_FAILED: Elastic IP quota reached (platform:1:5); nothing was left of it\n  hint: correct that, then `empire platform deploy`\n',
    );
    expect(failed.code).to.equal(1);
    expect((await ok('environments')).stdout).to.match(/^default +platform +never made /);
    const again = await ok('platform', 'deploy');
    expect(again.stdout).to.equal('Made the platform of default.\n');
    expect(again.stderr).to.contain('the first create failed and was undone: the empty stack is deleted, then created again\n');
  });

  it('is as it was before when a change fails, also when not even that works at first', async () => {
    await ok('platform', 'deploy');
    platform('NAT=per-zone');
    await script(
      { fail: 'create', stack: 'empire-platform', resource: 'NatGateway2', reason: 'no more addresses' },
      { fail: 'rollback', stack: 'empire-platform', resource: 'S3Endpoint' },
    );
    const failed = await empire('platform', 'deploy');
    expect(told(failed)).to.contain(
      'NatGateway2 (AWS::EC2::NatGateway) CREATE_FAILED: no more addresses (platform:1:5); it is as it was before\n',
    );
    expect((await ok('platform', 'deploy')).stdout).to.equal('Changed the platform of default.\n');
    await script(
      { fail: 'update', stack: 'empire-platform', resource: 'Private2Route' },
      { fail: 'rollback', stack: 'empire-platform', resource: '*', times: 1 },
    );
    platform('NAT=one');
    const stuck = await empire('platform', 'deploy');
    expect(stuck.code).to.equal(1);
    const way = await ok('platform', 'deploy');
    expect(way.stdout).to.equal('Changed the platform of default.\n');
    expect(way.stderr).to.contain('the last update failed and could not be undone: its rollback is continued first\n');
  });

  it('undoes what takes too long', async () => {
    const late = await empire('platform', 'deploy', '--timeout', '60s');
    expect(told(late)).to.equal(
      'error: platform of default: not ready within 1 min: what was made was deleted; nothing was left of it\n  hint: correct that, then `empire platform deploy`\n',
    );
    expect((await ok('environments')).stdout).to.contain('not deployed');
  });

  it('waits for another deploy, since there is one stack', async () => {
    expect((await ok('platform', 'deploy', '--no-wait')).stdout).to.equal('The platform of default is on its way.\n');
    const second = await ok('platform', 'deploy');
    expect(second.stderr).to.contain('the stack is being created: waiting until it is done\n');
    expect(second.stderr).to.contain('nothing to change in the platform of default\n');
    await ok('platform', 'destroy', '--confirm', 'default');
  });

  it('needs the permission to make roles only where one is missing', async () => {
    await script({ refuse: 'roles.createServiceLinked', code: 'permission-denied', times: 'always' });
    const refused = await empire('platform', 'deploy');
    expect(told(refused)).to.equal(
      'error: roles.createServiceLinked: no permission for `iam:CreateServiceLinkedRole` on *\n  hint: let the role you use do `iam:CreateServiceLinkedRole`, or use another profile\n',
    );
    expect((await ok('platform', 'diff', '--json')).stdout).to.contain('"kind": "create"');
  });

  it('refuses an adopted piece that is not there, before anything is changed', async () => {
    const adopted = [
      'subnet-0123456789abcdef0',
      'subnet-0123456789abcdef1',
      'subnet-0123456789abcdef2',
      'subnet-0123456789abcdef3',
    ];
    platform(
      'VPC_ID=vpc-0123456789abcdef0',
      'VPC_CIDR=10.1.0.0/16',
      `PUBLIC_SUBNETS=${adopted.slice(0, 2).join(',')}`,
      `PRIVATE_SUBNETS=${adopted.slice(2).join(',')}`,
      'ZONE_ID=Z0123456789ABC',
      'RELEASES_BUCKET=our-releases',
    );
    await script({ remove: 'piece', name: 'subnet-0123456789abcdef3' });
    const words = 'subnet-0123456789abcdef2, subnet-0123456789abcdef3: there is no subnet subnet-0123456789abcdef3 in us-east-1';
    const refused = await empire('platform', 'deploy');
    expect(refused.stderr).to.equal(`${FIRST}error: ${words}\n  hint: correct \`PRIVATE_SUBNETS\` (platform:4:17)\n`);
    const checked = await empire('check', 'hello');
    expect(checked.stdout).to.contain(`NO    subnets          ${words}\n`);
    expect(checked.code).to.equal(1);
    await script({ restore: 'piece', name: 'subnet-0123456789abcdef3' });
    await ok('platform', 'deploy');
    expect((await ok('check', 'hello')).stdout).to.match(/^platform\n├─ OK {4}vpc /);
    const purge = await empire('platform', 'destroy', '--purge', '--confirm', 'default');
    expect(told(purge)).to.equal(
      'error: s3://our-releases: the platform adopted this bucket and does not delete it\n  hint: leave out --purge; the releases are below `releases/default/` in it\n',
    );
    expect((await ok('platform', 'destroy', '--confirm', 'default')).stdout).to.equal('Destroyed the platform of default.\n');
  });

  it('is planned as a comment for a review', async () => {
    await ok('platform', 'deploy');
    platform('NAT=none');
    const { stdout, code } = await empire('platform', 'diff', '--markdown', '--exit-code');
    expect(stdout).to.match(/^### `platform of default`: `.*; about .*`\n/);
    expect(stdout).to.contain('| the platform | changes |');
    expect(code).to.equal(3);
  });
});
