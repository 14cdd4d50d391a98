import { DescribeServicesCommand, ECSClient, ListServicesCommand, RunTaskCommand } from '@aws-sdk/client-ecs';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect } from 'chai';
import { copyAcme, IMAGE, REPOSITORY, useAccount } from './account.js';
import { client, pushImages } from './registry.js';

/** moto starts no tasks for a service, so one is started by hand where a task is needed. */
describe('what runs, by real API calls', function () {
  this.timeout(180_000);
  const account = useAccount(['default'], copyAcme);
  const { ok, run } = account;

  before(async () => {
    await pushImages(account.moto, REPOSITORY, ['v1']);
    await ok('deploy', `${IMAGE}:v1`, '-a', 'acme-inc', '--yes');
  });

  it('tells where the app is and what happened to it', async () => {
    const info = JSON.parse((await ok('info', 'acme-inc', '--json')).stdout);
    expect(info).to.deep.include({ app: 'acme-inc', account: '123456789012', url: 'http://acme-inc.empire', maintenance: false });
    expect(info.release).to.include({ number: 1, version: 'v1' });
    expect(info.images[0]).to.have.property('reference', `${IMAGE}:v1`);
    expect([info.logGroup, info.stack.name]).to.deep.equal(['/empire/default/acme-inc', 'empire-acme-inc']);
    expect(info.securityGroup).to.match(/^sg-/);
    expect((await ok('open', 'acme-inc')).stdout).to.equal('http://acme-inc.empire\n');
    expect((await ok('events', 'acme-inc')).stdout).to.match(/empire-acme-inc {2}(CREATE|UPDATE)_COMPLETE$/m);
  });

  it('lists a task, stops it, and says why it stopped', async () => {
    const id = await runTask('acme-inc_web');
    const name = `run.${id.slice(0, 8)}`;
    expect((await ok('ps', 'acme-inc')).stdout).to.match(new RegExp(`^v1\\.${name} +1X +RUNNING +- +"rake db:migrate"$`, 'm'));
    const restarted = await run('restart', name, '-a', 'acme-inc');
    expect([restarted.code, restarted.stderr]).to.deep.equal([
      1,
      `acme-inc in default (123456789012, us-east-1)\nerror: restart: ${name} is not kept running: nothing would start it again\n  hint: to stop it: \`empire stop ${name}\`\n`,
    ]);
    expect((await ok('stop', id.slice(0, 8), '-a', 'acme-inc')).stdout).to.equal(`Stopped ${name} of acme-inc.\n`);
    const { tasks } = JSON.parse((await ok('ps', 'acme-inc', '--all', '--json')).stdout);
    const stopped = tasks.find((task: { id: string }) => task.id === id);
    expect(stopped).to.include({
      process: 'run',
      origin: 'run',
      introducedIn: 1,
      status: 'STOPPED',
      reason: 'stopped by moto (empire stop)',
    });
    const again = await run('stop', name, '-a', 'acme-inc');
    expect([again.code, again.stderr]).to.match(/has stopped already: stopped by moto/);
  });

  it('restarts through a release with the same definition', async () => {
    const before = await definitionOf('web');
    expect((await ok('restart', 'web', '-a', 'acme-inc', '-m', 'it leaks')).stdout).to.equal('Restarted web of acme-inc.\n');
    expect(await definitionOf('web')).to.equal(before);
    expect((await ok('releases', '-a', 'acme-inc', '-n', '1')).stdout).to.match(/^v2 .*Restart web \(it leaks\) .*current$/m);
  });

  it('goes into maintenance and out of it', async () => {
    const counts = async () => (await ok('maintenance', '-a', 'acme-inc')).stdout;
    expect((await ok('maintenance', 'on', 'Back soon.', '-a', 'acme-inc')).stdout).to.equal(
      'Enabled maintenance mode on acme-inc.\n',
    );
    expect(await counts()).to.equal('enabled\n');
    expect((await ok('restart', '-a', 'acme-inc')).stderr).to.contain('nothing of acme-inc is meant to run');
    expect((await ok('maintenance', 'off', '-a', 'acme-inc')).stdout).to.equal('Disabled maintenance mode on acme-inc.\n');
    expect(await counts()).to.equal('disabled\n');
  });

  /** A task that stays, as a person begins it. */
  async function runTask(family: string): Promise<string> {
    const stays = { model_name: 'ecs::task', transition: { progression: 'manual', times: 1000 } };
    await fetch(`${account.moto.url}/moto-api/state-manager/set-transition`, { method: 'POST', body: JSON.stringify(stays) });
    const { tasks = [] } = await new ECSClient(client(account.moto)).send(
      new RunTaskCommand({
        cluster: 'empire-default',
        taskDefinition: `empire-${family}`,
        startedBy: 'empire-run-0badcafe',
        overrides: { containerOverrides: [{ name: 'web', command: ['rake', 'db:migrate'] }] },
        launchType: 'FARGATE',
        networkConfiguration: { awsvpcConfiguration: { subnets: await subnets(), securityGroups: [] } },
      }),
    );
    return tasks[0]?.taskArn?.split('/').at(-1) ?? expect.fail('moto started no task');
  }

  async function subnets(): Promise<string[]> {
    const ssm = new SSMClient(client(account.moto));
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: '/empire/default/private-subnets' }));
    return (Parameter?.Value ?? '').split(',');
  }

  async function definitionOf(process: string): Promise<string> {
    const ecs = new ECSClient(client(account.moto));
    const { serviceArns = [] } = await ecs.send(new ListServicesCommand({ cluster: 'empire-default' }));
    const { services = [] } = await ecs.send(new DescribeServicesCommand({ cluster: 'empire-default', services: serviceArns }));
    const found = services.find(({ taskDefinition = '' }) => taskDefinition.includes(`_${process}:`));
    return found?.taskDefinition ?? expect.fail(`no service of ${process}`);
  }
});
