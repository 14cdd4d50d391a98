import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, CreateStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { expect } from 'chai';
import type { Moto } from '../support/moto.js';
import { keepCalls, type RecordedCall, readCalls, recordedCalls } from './ci-calls.js';
import { DENIED } from './ci-denied.js';
import { enforcePolicies, type Keys, keysOf, keyVariables } from './ci-keys.js';
import { runInAccount, startAccountOrSkip } from './launcher.js';
import { client, pushImages, REGISTRY } from './registry.js';

const IMAGE = `${REGISTRY}/example/hello`;

/**
 * The roles of GitHub Actions as their stack makes them, with moto's IAM enforcement on.
 *
 * Proven here: that these commands make no call whose action, or whose resource, the role's policies do not allow, and that the calls of
 * DENIED are refused by the same policies. moto knows the signature, the action, and on S3 the resource; the resources of the other
 * services, and that a role is passed, are read from the requests by moto_access.py. Not proven here, and held by the evaluation in
 * test/platform-ci.test.ts on the calls that are recorded here: conditions (moto ignores every one), and what CloudFormation does in the
 * caller's name (moto asks nobody). Nor is the trust in GitHub: moto believes every token.
 */
describe('the roles of GitHub Actions, by real API calls', function () {
  this.timeout(180_000);
  let account: Moto;
  let root: string;
  let keys: Readonly<Record<RecordedCall['role'], Keys>>;
  const start = process.cwd();

  before(async function () {
    root = mkdtempSync(join(tmpdir(), 'empire-e2e-roles-'));
    account = await startAccountOrSkip(this, [], { EMPIRE_CALLS: join(root, 'calls') });
    mkdirSync(join(root, 'apps/hello'), { recursive: true });
    const files = { image: `${IMAGE}:v1\n`, Procfile: 'web:\nrelease: migrate\n' };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(root, 'apps/hello', name), text);
    writeFileSync(join(root, 'platform'), 'GITHUB_REPOSITORY=acme/apps\n');
    process.chdir(root);
    await pushImages(account, 'example/hello', ['v1', 'v2']);
    await makePlatform();
    keys = { plan: await keysOf(account, 'plan'), deploy: await keysOf(account, 'deploy') };
    await enforcePolicies(account);
  });

  after(async () => {
    process.chdir(start);
    if (root !== undefined) rmSync(root, { recursive: true, force: true });
    await account?.stop();
  });

  it('let a pull request check and plan, and a merge deploy, scale and roll back', async () => {
    await ok('plan', 'check', 'hello');
    await ok('plan', 'diff', 'hello');
    await ok('deploy', 'deploy', 'hello', '--yes');
    await ok('plan', 'check', 'hello');
    writeFileSync(join(root, 'apps/hello/image'), `${IMAGE}:v2\n`);
    await ok('plan', 'diff', 'hello');
    await ok('deploy', 'deploy', 'hello', '--yes');
    await ok('deploy', 'scale', 'web=2', '-a', 'hello');
    expect((await ok('deploy', 'rollback', 'v1', '-a', 'hello', '--yes')).stdout).to.equal('Rolled back hello to v1 as v4.\n');
    await ok('plan', 'releases', '-a', 'hello');
  });

  it('make the calls that were recorded, which the evaluation of their conditions starts from', () => {
    const whose = new Map((['plan', 'deploy'] as const).map((role) => [keys[role].accessKeyId, role]));
    const calls = readCalls(readFileSync(join(root, 'calls'), 'utf8'), whose);
    expect(calls.length).to.be.greaterThan(20);
    if (process.env['GOLDEN']) keepCalls(calls);
    expect(calls).to.deep.equal(recordedCalls());
  });

  it('do not let the plan deploy: it is told which permission is missing', async () => {
    const { code, stderr } = await runInAccount(
      account,
      ['deploy', `${IMAGE}:v2`, '-a', 'hello', '--yes', '--force'],
      variables('plan'),
    );
    expect(code).to.equal(1);
    expect(stderr).to.match(/no permission for `(s3:PutObject|ecr:PutImage)`/);
  });

  for (const { what, roles, call } of DENIED) {
    it(`deny ${what}`, async () => {
      for (const role of roles) {
        const refused = await call({ endpoint: account.url, region: 'us-east-1', credentials: keys[role] }).then(
          () => 'nothing was refused',
          (error: Error) => `${error.name}: ${error.message}`,
        );
        expect(refused, role).to.match(/AccessDenied|not authorized/);
      }
    });
  }

  async function ok(role: RecordedCall['role'], ...words: string[]) {
    const screen = await runInAccount(account, words, variables(role));
    expect(screen.code, `${role}: ${words.join(' ')}\n${screen.stdout}${screen.stderr}`).to.equal(0);
    return screen;
  }

  const variables = (role: RecordedCall['role']) => keyVariables(keys[role]);

  /** By a person, who may do everything. */
  async function makePlatform(): Promise<void> {
    const { stdout } = await runInAccount(account, ['platform', 'synth', '--json']);
    const cloudformation = new CloudFormationClient(client(account));
    await cloudformation.send(new CreateStackCommand({ StackName: 'empire-platform', TemplateBody: stdout }));
    const { Stacks = [] } = await cloudformation.send(new DescribeStacksCommand({ StackName: 'empire-platform' }));
    expect(Stacks[0]?.StackStatus).to.equal('CREATE_COMPLETE');
  }
});
