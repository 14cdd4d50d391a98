import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { expect } from 'chai';
import { type Moto, motoEnvironment } from '../support/moto.js';
import { ROOT } from '../support/repository.js';
import type { Screen } from '../support/transcript.js';
import { type Facts, type Ran, runWorkflow } from '../support/workflow.js';
import { enforcePolicies, type Keys, keysOf, keyVariables } from './ci-keys.js';
import { runInAccount, startAccountOrSkip } from './launcher.js';
import { client, pushImages, REGISTRY } from './registry.js';

const IMAGE = `${REGISTRY}/example/hello`;

/** The real `cdk`, in a scratch repository, against an account in which nothing is; after the platform is there, with its CI roles. */
describe('the GitHub Actions workflow with cdk, by real API calls', function () {
  this.timeout(180_000);
  let account: Moto;
  let root: string;
  let repository: string;
  let roles: Readonly<Record<string, Keys>> | undefined;
  let first: Awaited<ReturnType<typeof stacks>>;
  const start = process.cwd();

  before(async function () {
    account = await startAccountOrSkip(this, []);
    await pushImages(account, 'example/hello', ['v1', 'v2', 'v3']);
    root = mkdtempSync(join(tmpdir(), 'empire-cdk-workflow-'));
    repository = join(root, 'repository');
    mkdirSync(repository);
    git('init', '--quiet', '--initial-branch=main');
    run('empire', 'init', 'hello', '--image', `${IMAGE}:v1`, '--ci', 'cdk');
    writeFileSync(join(repository, '.gitignore'), `${read('.gitignore')}node_modules\n`);
    writeFileSync(join(repository, 'platform'), `${read('platform')}GITHUB_REPOSITORY=acme/apps\n`);
    commit('An app');
    process.chdir(repository);
  });

  after(async () => {
    process.chdir(start);
    if (root !== undefined) rmSync(root, { recursive: true, force: true });
    await account?.stop();
  });

  it('makes the platform first when a person deploys everything, then the app, which reads what the platform published', async () => {
    install();
    const said = execFileSync('npx', ['cdk', 'deploy', '--all', '--require-approval', 'never'], {
      cwd: repository,
      env: environment(),
      encoding: 'utf8',
      stdio: 'pipe',
    });
    expect(said.indexOf('✅  empire-platform')).to.be.greaterThan(-1);
    expect(said.indexOf('✅  empire-hello')).to.be.greaterThan(said.indexOf('✅  empire-platform'));
    const made = await stacks();
    expect(made['empire-hello']?.resolved['PlatformVpcId']).to.equal(made['empire-platform']?.outputs['Vpc']);
    expect(made['empire-hello']?.resolved['PlatformClusterName']).to.equal(made['empire-platform']?.outputs['Cluster']);
    roles = { plan: await keysOf(account, 'plan'), deploy: await keysOf(account, 'deploy') };
    first = made;
    await enforcePolicies(account);
  });

  it('compiles and compares for a pull request, with the role that may only read', () => {
    writeFileSync(join(repository, 'apps/hello/image'), `${IMAGE}:v2\n`);
    commit('Version 2');
    const ran = workflow({ 'github.event_name': 'pull_request' });
    expect(failed(ran)).to.deep.equal([]);
    expect(jobs(ran)).to.deep.equal(['plan']);
    expect(saidAtEnd(ran)).to.match(/Stack empire-platform .*\s+There were no differences/);
    expect(saidAtEnd(ran)).to.match(/Stack empire-hello[\s\S]*AWS::ECS::TaskDefinition WebTaskDefinition/);
  });

  it('gives a fork no identity', () => {
    const fork = { 'github.event.pull_request.head.repo.full_name': 'stranger/apps' };
    expect(jobs(workflow({ 'github.event_name': 'pull_request', ...fork }))).to.deep.equal([]);
  });

  it('deploys the app of a push, with the role that may deploy, and leaves the platform to people', async () => {
    const ran = workflow({ 'github.event_name': 'push' });
    expect(failed(ran)).to.deep.equal([]);
    expect(jobs(ran)).to.deep.equal(['deploy']);
    expect(saidAtEnd(ran))
      .to.match(/✅ {2}empire-hello\n/)
      .and.not.match(/^empire-platform/m);
    expect((await stacks())['empire-hello']?.outputs['TaskDefinitions']).not.to.equal(
      first['empire-hello']?.outputs['TaskDefinitions'],
    );
  });

  it('leaves a stack that `empire deploy` takes over: what cdk made is a release of its own', async () => {
    await ok('deploy', `${IMAGE}:v3`, '-a', 'hello', '--yes');
    const { stdout } = await ok('releases', '-a', 'hello');
    expect(stdout).to.match(/^v2 .*Deploy .*example\/hello:v3.*current$/m);
    expect(stdout).to.match(/^v1 .*Changed by something other than empire/m);
    expect((await stacks())['empire-hello']?.outputs['Release']).to.equal('v2');
  });

  /** The keys are those of the role that the workflow asks for. */
  function workflow(facts: Facts): Ran[] {
    const env = { ...environment(), PATH: `${quickNpx()}:${process.env['PATH']}` };
    const keys = (role: string) => keyVariables(roles?.[role] as Keys);
    return runWorkflow(
      read('.github/workflows/empire-cdk.yml'),
      {
        'github.repository': 'acme/apps',
        'github.event.pull_request.head.repo.full_name': 'acme/apps',
        'vars.AWS_REGION': 'us-east-1',
        'vars.EMPIRE_PLAN_ROLE': 'arn:aws:iam::123456789012:role/empire-platform-ci-plan',
        'vars.EMPIRE_DEPLOY_ROLE': 'arn:aws:iam::123456789012:role/empire-platform-ci-deploy',
        ...facts,
      },
      { cwd: repository, env, stands: (step, input) => Object.assign(env, standIn(step, input, keys)) },
    );
  }

  /** What GitHub and the registry would do. */
  function standIn(step: string, input: Readonly<Record<string, string>>, keys: (role: string) => object): object {
    const known: Readonly<Record<string, () => unknown>> = {
      'npm ci': install,
      'actions/checkout@v5': () => expect(input['fetch-depth']).to.equal('0'),
      'actions/setup-node@v5': () => expect(input['node-version']).to.equal('24'),
      'aws-actions/configure-aws-credentials@v5': () => keys(input['role-to-assume']?.split('-ci-')[1] ?? ''),
    };
    const stand = known[step];
    if (stand === undefined) throw new Error(`an action that the test does not know: ${step}`);
    const given = stand();
    return step.startsWith('aws-actions/') ? (given as object) : {};
  }

  function install(): void {
    const bin = join(repository, 'node_modules/.bin');
    rmSync(bin, { recursive: true, force: true });
    mkdirSync(bin, { recursive: true });
    for (const name of ['empire', 'empire-cdk']) symlinkSync(join(ROOT, 'bin', name), join(bin, name));
    symlinkSync(join(ROOT, 'node_modules/aws-cdk/bin/cdk'), join(bin, 'cdk'));
  }

  /** npx takes half a second to find what is installed. The first deploy goes through it; the workflow's commands need not again. */
  function quickNpx(): string {
    const bin = join(root, 'bin');
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, 'npx'), '#!/bin/sh\nname=$1; shift; exec "node_modules/.bin/$name" "$@"\n', { mode: 0o755 });
    return bin;
  }

  /** moto takes the first label of an address for a bucket, so its address is a name. */
  const environment = (): Record<string, string> => ({
    ...motoEnvironment({ url: account.url.replace('127.0.0.1', 'localhost') }),
    PATH: process.env['PATH'] ?? '',
    HOME: root,
    CI: 'true',
    TZ: 'UTC',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  });

  /** As the role that may deploy sees them, once there is one: then nobody else may look. */
  async function stacks() {
    const credentials = roles === undefined ? {} : { credentials: roles['deploy'] as Keys };
    const cloudformation = new CloudFormationClient({ ...client(account), ...credentials });
    const names = ['empire-platform', 'empire-hello'] as const;
    const found = await Promise.all(
      names.map(async (StackName) => {
        const { Stacks = [] } = await cloudformation.send(new DescribeStacksCommand({ StackName }));
        const { Outputs = [], Parameters = [] } = Stacks[0] ?? {};
        const outputs = Object.fromEntries(Outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
        const resolved = Object.fromEntries(
          Parameters.map(({ ParameterKey = '', ResolvedValue = '' }) => [ParameterKey, ResolvedValue]),
        );
        return [StackName, { outputs, resolved }] as const;
      }),
    );
    return Object.fromEntries(found);
  }

  async function ok(...words: string[]): Promise<Screen> {
    const screen = await runInAccount(account, words, keyVariables(roles?.['deploy'] as Keys));
    expect(screen.code, `${words.join(' ')}\n${screen.stderr}`).to.equal(0);
    return screen;
  }

  function run(program: string, ...words: string[]): void {
    execFileSync(join(ROOT, 'bin', program), words, { cwd: repository, env: environment(), stdio: 'pipe' });
  }

  function git(...words: string[]): void {
    const identity = ['-c', 'user.name=Somebody', '-c', 'user.email=somebody@example.com'];
    execFileSync('git', [...identity, ...words], { cwd: repository, stdio: 'pipe' });
  }

  function commit(message: string): void {
    git('add', '--all');
    git('commit', '--quiet', '--message', message);
  }

  const read = (path: string) => readFileSync(join(repository, path), 'utf8');
  const saidAtEnd = (ran: readonly Ran[]) => `${ran.at(-1)?.stdout}${ran.at(-1)?.stderr}`;
  const failed = (ran: readonly Ran[]) =>
    ran.filter(({ code }) => code !== 0).map(({ step, stdout, stderr }) => `${step}\n${stdout}${stderr}`);
  const jobs = (ran: readonly Ran[]) => [...new Set(ran.map(({ job }) => job))];
});
