import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { ROOT } from '../support/repository.js';
import { type Facts, type Ran, runWorkflow } from '../support/workflow.js';

describe('the GitHub Actions workflow that init writes', function () {
  this.timeout(120_000);
  let prepared: string;
  let root: string;
  let repository: string;
  /** Finding what `npx` starts takes npm longer than that takes. */
  let realNpx: boolean;

  before(() => {
    prepared = mkdtempSync(join(tmpdir(), 'empire-workflow-'));
    root = prepared;
    repository = join(root, 'repository');
    mkdirSync(repository);
    git('init', '--quiet', '--initial-branch=main');
    empire('init', 'hello', '--image', 'example/hello:v1');
    empire('init', 'other', '--image', 'example/other:v1');
    writeFileSync(join(repository, '.gitignore'), `${read('.gitignore')}node_modules\nplan.md\n`);
    commit('Two apps');
    execFileSync('git', ['clone', '--quiet', '--bare', repository, join(root, 'origin.git')]);
    git('remote', 'add', 'origin', '../origin.git');
    git('fetch', '--quiet', 'origin');
  });

  after(() => rmSync(prepared, { recursive: true }));

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'empire-workflow-'));
    cpSync(prepared, root, { recursive: true });
    repository = join(root, 'repository');
    realNpx = false;
  });

  afterEach(() => rmSync(root, { recursive: true }));

  it('plans what a pull request touches, comments it, and deploys that on merge', () => {
    const before = head();
    git('checkout', '--quiet', '-b', 'change');
    writeFileSync(join(repository, 'apps/hello/image'), 'example/hello:v2\n');
    commit('Version 2');

    const planned = run({
      'github.event_name': 'pull_request',
      'github.base_ref': 'main',
      'github.event.pull_request.number': '7',
    });
    expect(failed(planned)).to.deep.equal([]);
    expect(jobs(planned)).to.deep.equal(['compile', 'plan']);
    const comment = readFileSync(join(root, 'comment.md'), 'utf8');
    expect(comment).to.include('hello').and.not.include('other');
    expect(readFileSync(join(root, 'gh.txt'), 'utf8')).to.equal(
      'pr comment 7 --body-file plan.md --edit-last --create-if-none\n',
    );
    expect(empire('releases', '-a', 'hello')).to.equal('');

    git('checkout', '--quiet', 'main');
    git('merge', '--quiet', 'change');
    const deployed = run({ 'github.event_name': 'push', 'github.event.before': before });
    expect(failed(deployed)).to.deep.equal([]);
    expect(jobs(deployed)).to.deep.equal(['deploy']);
    expect(empire('releases', '-a', 'hello')).to.match(/^v1 .*Deploy example\/hello:v2/);
    expect(empire('releases', '-a', 'other')).to.equal('');
  });

  it('deploys everything at the first push, when there is nothing before', () => {
    realNpx = true;
    const deployed = run({ 'github.event_name': 'push', 'github.event.before': '0'.repeat(40) });
    expect(failed(deployed)).to.deep.equal([]);
    for (const app of ['hello', 'other']) expect(empire('releases', '-a', app)).to.match(/^v1 /);
  });

  it('fails a pull request whose app cannot be deployed', () => {
    git('checkout', '--quiet', '-b', 'change');
    writeFileSync(join(repository, 'apps/hello/image'), 'example/hello:v2-missing\n');
    commit('An image that is not there');
    const planned = run({
      'github.event_name': 'pull_request',
      'github.base_ref': 'main',
      'github.event.pull_request.number': '7',
    });
    expect(failed(planned)).to.deep.equal(['npx empire check --changed="$BASE"']);
  });

  it('gives a fork no identity: its pull request is compiled and not planned', () => {
    const planned = run({
      'github.event_name': 'pull_request',
      'github.event.pull_request.head.repo.full_name': 'stranger/apps',
    });
    expect(jobs(planned)).to.deep.equal(['compile']);
  });

  function run(facts: Facts): Ran[] {
    return runWorkflow(
      read('.github/workflows/empire.yml'),
      {
        'github.repository': 'acme/apps',
        'github.event.pull_request.head.repo.full_name': 'acme/apps',
        'github.token': 'token',
        'vars.AWS_REGION': 'us-east-1',
        'vars.EMPIRE_PLAN_ROLE': 'arn:aws:iam::123456789012:role/plan',
        'vars.EMPIRE_DEPLOY_ROLE': 'arn:aws:iam::123456789012:role/deploy',
        ...facts,
      },
      { cwd: repository, env: environment(), stands: standIn },
    );
  }

  /** What GitHub and the registry would do. */
  function standIn(step: string, input: Readonly<Record<string, string>>): void {
    if (step === 'npm ci') {
      mkdirSync(join(repository, 'node_modules/.bin'), { recursive: true });
      rmSync(join(repository, 'node_modules/.bin/empire'), { force: true });
      symlinkSync(join(ROOT, 'bin/empire'), join(repository, 'node_modules/.bin/empire'));
      return;
    }
    const [action] = step.split('@');
    if (action === 'actions/checkout') expect(input['fetch-depth']).to.equal('0');
    else if (action === 'actions/setup-node') expect(input['node-version']).to.equal('24');
    else if (action === 'aws-actions/configure-aws-credentials')
      expect(input['role-to-assume']).to.match(/:role\/(plan|deploy)$/);
    else throw new Error(`an action that the test does not know: ${step}`);
  }

  /** GitHub's own program writes down what it was told. `npx`, but for one test, only starts what `npm ci` put there. */
  function environment(): Record<string, string> {
    const bin = join(root, 'bin');
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, 'gh'), `#!/bin/sh\necho "$@" > ${root}/gh.txt\ncp plan.md ${root}/comment.md\n`);
    chmodSync(join(bin, 'gh'), 0o755);
    writeFileSync(join(bin, 'npx'), `#!/bin/sh\nexec ${repository}/node_modules/.bin/"$@"\n`);
    chmodSync(join(bin, 'npx'), realNpx ? 0o644 : 0o755);
    return {
      PATH: `${bin}:${process.env['PATH']}`,
      HOME: root,
      CI: 'true',
      TZ: 'UTC',
      EMPIRE_REHEARSE: '1',
      EMPIRE_REHEARSE_SPEED: 'infinite',
    };
  }

  function empire(...words: string[]): string {
    return execFileSync(join(ROOT, 'bin/empire'), words, {
      cwd: repository,
      env: { ...environment(), CI: '' },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  function git(...words: string[]): string {
    const identity = ['-c', 'user.name=Somebody', '-c', 'user.email=somebody@example.com'];
    return execFileSync('git', [...identity, ...words], { cwd: repository, encoding: 'utf8' });
  }

  function commit(message: string): void {
    git('add', '--all');
    git('commit', '--quiet', '--message', message);
  }

  const head = () => git('rev-parse', 'HEAD').trim();
  const read = (path: string) => readFileSync(join(repository, path), 'utf8');
  const failed = (ran: readonly Ran[]) => ran.filter(({ code }) => code !== 0).map(({ step }) => step);
  const jobs = (ran: readonly Ran[]) => [...new Set(ran.map(({ job }) => job))];
});
