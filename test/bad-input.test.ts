import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { openRehearsal, type Rehearsal } from '../lib/rehearsal/index.js';
import { given, PLATFORM } from './support/model-apps.js';
import { type Answer, identity, refusal, SmallAws } from './support/small-aws.js';
import { runOnScreen, type Screen } from './support/transcript.js';

const REHEARSED = {
  EMPIRE_REHEARSE: '1',
  EMPIRE_REHEARSE_SPEED: 'infinite',
  EMPIRE_REHEARSE_START: '2026-06-04T14:27:00Z',
};
const NOBODY = {
  AWS_ACCESS_KEY_ID: '',
  AWS_SECRET_ACCESS_KEY: '',
  AWS_SESSION_TOKEN: '',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_ENDPOINT_URL: '',
  EMPIRE_REHEARSE: '',
};
const KEYS = { ...NOBODY, AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example' };
const SOMEBODY = { ...KEYS, AWS_REGION: 'us-east-1' };

/** Calls that only read. */
const READS =
  /^(GetCallerIdentity|Describe\w+|List\w+|Get\w+|AmazonSSM\.GetParameters|.*\.(Describe|List|Get)\w+|GET .*|HEAD .*)$/;

describe('bad input: one clear line, and nothing was changed', () => {
  let root: string;
  const before = process.cwd();
  const surroundings = { ...process.env };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'empire-bad-input-'));
    cpSync(resolve('test/commands/folders/wrong-outside'), root, { recursive: true });
    process.chdir(root);
    for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_PROFILE']) delete process.env[name];
  });

  afterEach(() => {
    process.chdir(before);
    process.env = { ...surroundings };
    rmSync(root, { recursive: true });
  });

  /** On AWS, or what answers in its place; gives what was asked of it. */
  async function onAws(words: string, answers: Readonly<Record<string, Answer>>): Promise<Screen & { asked: string[] }> {
    const aws = new SmallAws(answers);
    try {
      const endpoint = await aws.open();
      const screen = await runOnScreen(words.split(' '), { ...SOMEBODY, AWS_ENDPOINT_URL: endpoint });
      return { ...screen, asked: aws.asked };
    } finally {
      aws.close();
    }
  }

  function account(): Rehearsal {
    const platform = { ...PLATFORM, account: given('123456789012'), region: given('us-east-1') };
    return openRehearsal({
      platform,
      root: given(root),
      speed: Number.POSITIVE_INFINITY,
      start: given(Date.parse(REHEARSED.EMPIRE_REHEARSE_START)),
    });
  }

  /** Everything in the account that a command could have changed. */
  const contents = (): string =>
    account().look(({ state: { stacks, services, store, registry, parameters } }) =>
      JSON.stringify([
        stacks.stacks,
        services.services,
        services.tasks,
        Object.values(store.buckets).flatMap(Object.keys),
        registry.kept,
        parameters,
      ]),
    );

  /** Rehearsed, and refused without having changed anything. */
  async function refuses(words: string, what: string, hint: string): Promise<void> {
    const was = contents();
    const screen = await runOnScreen(words.split(' '), REHEARSED);
    expectLine(screen, what, hint);
    expect(contents(), 'the account').to.equal(was);
  }

  describe('who and where', () => {
    it('no credentials', async () => {
      const screen = await runOnScreen(['deploy', 'arm', '--yes'], { ...NOBODY, AWS_REGION: 'us-east-1' });
      expectLine(
        screen,
        'AWS credentials: there are none: Could not load credentials from any providers (sts:GetCallerIdentity)',
        'log in (`aws sso login`, `aws configure`), choose a profile with --profile or AWS_PROFILE, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
      );
    });

    it('no region', async () => {
      const screen = await runOnScreen(['deploy', 'arm', '--yes'], KEYS);
      expectLine(screen, 'AWS region: no region is set', 'say it with --region, AWS_REGION, or REGION in the file `platform`');
    });

    it('expired credentials', async () => {
      const expired = refusal(403, 'ExpiredToken', 'The security token included in the request is expired');
      const screen = await onAws('deploy arm --yes', { GetCallerIdentity: expired });
      expectLine(
        screen,
        'AWS credentials: they have expired (sts:GetCallerIdentity, request id req-1)',
        'log in again: `aws sso login`, or get new temporary keys, then run the command once more',
      );
      expect([...new Set(screen.asked)]).to.deep.equal(['GetCallerIdentity']);
    });

    it('another account than ACCOUNT', async () => {
      const screen = await onAws('deploy arm --yes', { GetCallerIdentity: identity('999999999999') });
      expectLine(
        screen,
        'account: the environment `default` is in the account 123456789012, but these credentials are of 999999999999',
        'choose another profile with --profile, or another environment with -e',
      );
      expect(screen.asked).to.deep.equal(['GetCallerIdentity']);
    });

    it('no network', async () => {
      const screen = await runOnScreen(['deploy', 'arm', '--yes'], { ...SOMEBODY, AWS_ENDPOINT_URL: 'http://127.0.0.1:9' });
      expectLine(
        screen,
        'network: no answer from http://127.0.0.1:9: connect ECONNREFUSED 127.0.0.1:9 (sts:GetCallerIdentity)',
        'check the connection, a proxy or VPN, and that the region is spelled right, then run the command once more',
      );
    }).timeout(30_000);

    it('a missing permission, named with action and resource', async () => {
      const screen = await onAws('deploy arm --yes', { GetCallerIdentity: identity('123456789012') });
      const resource = 'arn:aws:cloudformation:us-east-1:123456789012:stack/empire-hello/*';
      expectLine(
        screen,
        `stack empire-arm: no permission for \`cloudformation:DescribeStacks\` on ${resource} (request id req-1)`,
        `let arn:aws:sts::123456789012:assumed-role/ci/me do \`cloudformation:DescribeStacks\` on ${resource}, or use another profile`,
      );
      expect(screen.asked.filter((action) => !READS.test(action))).to.deep.equal([]);
    });
  });

  describe('the platform', () => {
    it('is not there', async () => {
      const names = ['app-tasks-group', 'cluster-name', 'private-subnets', 'public-subnets', 'vpc-cidr', 'vpc-id', 'zone-id'];
      const steps = names.map((name) => `{"remove": "parameter", "name": "/empire/default/${name}"}`);
      account().script(steps.join('\n'), 'script');
      await refuses(
        'deploy good --yes',
        'platform of default: it is not deployed in this account and region',
        'run `empire platform deploy`',
      );
    });

    it('has lost its bucket', async () => {
      account().script('{"remove": "bucket", "name": "empire-default-releases-123456789012-us-east-1"}', 'script');
      await refuses(
        'deploy good --yes',
        'platform: the bucket empire-default-releases-123456789012-us-east-1, which keeps the releases, is not there',
        'make the platform first: `empire platform deploy`',
      );
    });
  });

  describe('a permission that only the first write needs', () => {
    it('is missing: nothing is claimed', async () => {
      account().script('{"refuse": "store.put", "code": "permission-denied", "times": "always"}', 'script');
      const was = contents();
      const { stderr, ...screen } = await runOnScreen(['deploy', 'good', '--yes'], REHEARSED);
      // The plan was shown before.
      const afterPlan = stderr.slice(stderr.indexOf('error: '));
      expectLine(
        { stderr: afterPlan, ...screen },
        'store.put: no permission for `s3:PutObject` on *',
        'let the role you use do `s3:PutObject`, or use another profile',
      );
      expect(contents(), 'the account').to.equal(was);
    });
  });

  describe('the image', () => {
    it('does not exist', () =>
      refuses(
        'deploy no-image --yes',
        'remind101/acme-inc:v1-missing: the repository has no tag `v1-missing`',
        'push it first, or correct the `image` file',
      ));

    it('is for other processors', () =>
      refuses(
        'deploy arm --yes',
        'remind101/acme-inc:v1-arm64: it is built for arm64 only, and the app runs on x86_64',
        'build it with `docker buildx build --platform linux/amd64`, or set `arch: arm64` in the Procfile',
      ));

    it('can be pulled by this computer and not by a task', () =>
      refuses(
        'deploy private --yes',
        "remind101/acme-inc:v1-private: this computer's login can pull it, but a task has none",
        'add `credentials=secretsmanager:NAME` after the image in apps/private/image:1:1, with the login in that secret; or use ECR',
      ));
  });

  describe('what the app refers to', () => {
    it('a secret that is not there', () =>
      refuses(
        'deploy no-secret --yes',
        'DATABASE_URL: `ssm:/acme/database-missing` does not exist',
        'make it with `empire set --secret DATABASE_URL -a no-secret`, or correct apps/no-secret/secrets:1:1',
      ));

    it('a certificate for another name', () =>
      refuses(
        'deploy certificate-name --yes',
        'mismatch.example.com: its certificate is for another name: other.example.com',
        'write the ARN of a certificate for mismatch.example.com into apps/certificate-name/domains:1:1',
      ));

    it('a certificate of another region', () =>
      refuses(
        'deploy certificate-region --yes',
        "elsewhere.example.com: its certificate is in eu-west-1 of 123456789012, and the app in us-east-1 of 123456789012: a load balancer takes only its own region's",
        'write the ARN of a certificate of us-east-1 into apps/certificate-region/domains:1:1',
      ));
  });

  describe('a release', () => {
    it('whose number does not exist', async () => {
      expect((await runOnScreen(['deploy', 'good', '--yes'], REHEARSED)).code).to.equal(0);
      await refuses(
        'rollback v99 -a good --yes',
        'good: there is no release v99',
        'the newest is v1: see `empire releases -a good`',
      );
    });

    it('that failed cannot be rolled back to', async () => {
      expect((await runOnScreen(['deploy', 'good', '--yes'], REHEARSED)).code).to.equal(0);
      const failed = await runOnScreen(['deploy', 'good', 'remind101/acme-inc:v2-crash', '--yes'], REHEARSED);
      expect(failed.code).to.equal(1);
      await refuses('rollback v2 -a good --yes', 'good: v2 failed: it never served', 'choose one that succeeded: v1');
    });

    it('onto a stack that somebody else made with our name', async () => {
      await makeForeign(account(), 'empire-good');
      await refuses(
        'deploy good --yes',
        'empire-good: somebody else made a stack of this name: it has no parameter `Release`',
        'rename the app, set another PREFIX in the platform file, or delete that stack',
      );
      await refuses(
        'rollback v1 -a good --yes',
        'empire-good: there is a stack of this name that empire did not make: it has no parameter `Release`',
        'give the app another name, or set another PREFIX in the `platform` file',
      );
    });
  });
});

function expectLine({ stderr, stdout, code }: Screen, what: string, hint: string): void {
  const lines = stderr.split('\n').filter((line) => line !== '' && !/ in \S+ \(\d{12}, \S+\)/.test(line));
  expect(lines, stderr).to.deep.equal([`error: ${what}`, `  hint: ${hint}`]);
  expect(stdout).to.equal('');
  expect(code).to.equal(1);
}

/** A stack without the parameter `Release`. */
async function makeForeign(rehearsal: Rehearsal, stack: string): Promise<void> {
  const body = JSON.stringify({ Resources: { Topic: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/theirs' } } } });
  const { id } = await rehearsal.stacks.createChangeSet({
    stack,
    name: 'theirs',
    kind: 'create',
    template: { kind: 'body', body },
    parameters: {},
    description: '',
    token: 'theirs',
  });
  await rehearsal.clock.sleep(10_000);
  await rehearsal.stacks.executeChangeSet({ stack, id, token: 'theirs' });
  await rehearsal.clock.sleep(120_000);
  const made = await rehearsal.stacks.describe(stack);
  expect(made.kind === 'given' && made.value.status).to.equal('CREATE_COMPLETE');
}
