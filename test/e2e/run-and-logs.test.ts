import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { CloudWatchLogsClient, CreateLogStreamCommand, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeTasksCommand, ECSClient, ListTasksCommand, type Task } from '@aws-sdk/client-ecs';
import { expect } from 'chai';
import { ROOT } from '../support/repository.js';
import { IMAGE, REPOSITORY, useAccount } from './account.js';
import { client, pushImages } from './registry.js';

const GROUP = '/empire/default/acme-inc';
const TASK = '0123456789abcdef0123456789abcdef';

/**
 * The calls of `run` and `logs` as moto answers them. It runs no container, so that a program's own exit code, its log and ECS Exec
 * are not to be had there.
 */
describe('one-off tasks and logs, by real API calls', function () {
  this.timeout(180_000);
  const account = useAccount(['default'], (root) => {
    cpSync(join(ROOT, 'test/commands/folders/one-off'), root, { recursive: true });
  });
  const { ok, run } = account;

  it('has nothing to show of an app that was never deployed', async () => {
    const logs = await run('logs', 'acme-inc');
    expect([logs.code, logs.stderr]).to.deep.equal([
      1,
      'error: acme-inc: it is not deployed in default\n  hint: deploy it: `empire deploy acme-inc`\n',
    ]);
    expect((await run('run', '-a', 'acme-inc', 'ls')).code).to.equal(125);
  });

  it('starts a task with its command, variables, size and names', async () => {
    await pushImages(account.moto, REPOSITORY, ['v1']);
    await ok('deploy', `${IMAGE}:v1`, '-a', 'acme-inc', '--yes');
    const ran = await ok('run', '-d', '-s', '2X', '--env', 'BATCH=a b', '-a', 'acme-inc', 'rake', 'db:migrate', 'a  b', '-a');
    expect(ran.stdout).to.match(/^Ran `rake db:migrate 'a {2}b' -a` on acme-inc as run\.[0-9a-f]{8}, detached\.\n$/);
    const task = (await tasks()).find(({ startedBy }) => startedBy?.startsWith('empire-run-'));
    expect(task?.taskDefinitionArn).to.match(/task-definition\/empire-acme-inc_web:\d+$/);
    const [override] = task?.overrides?.containerOverrides ?? [];
    expect(override).to.deep.include({ name: 'web', command: ['rake', 'db:migrate', 'a  b', '-a'] });
    expect(override?.environment).to.deep.equal([{ name: 'BATCH', value: 'a b' }]);
    expect(task?.tags).to.deep.include({ key: 'empire:app', value: 'acme-inc' });
  });

  it('waits for a task and ends with the code of its program, 0 in moto', async () => {
    const ran = await run('run', '--json', '-a', 'acme-inc', 'console');
    expect(ran.code, ran.stderr).to.equal(0);
    expect(JSON.parse(ran.stdout)).to.deep.include({ process: 'console', command: ['acme-inc', 'console'], exitCode: 0 });
  });

  it('shows the lines of all streams by their time, and of one process', async () => {
    const now = Date.now();
    await write(`web/web/${TASK}`, [
      [now - 60_000, 'GET /orders'],
      [now - 20_000, 'GET /cart'],
    ]);
    await write(`worker/worker/${TASK}`, [[now - 40_000, 'job 1']]);
    const all = await ok('logs', 'acme-inc');
    expect(all.stdout.split('\n').map((line) => line.slice(16))).to.deep.equal([
      'web.01234567      GET /orders',
      'worker.01234567   job 1',
      'web.01234567      GET /cart',
      '',
    ]);
    const cart = await ok('logs', 'acme-inc', '-p', 'web', '--grep', 'cart$', '--json');
    expect(JSON.parse(cart.stdout)).to.deep.include({ process: 'web', task: TASK, text: 'GET /cart' });
    expect((await ok('logs', 'acme-inc', '--since', '30s')).stdout).to.match(/^.*GET \/cart\n$/);
  });

  async function tasks(): Promise<Task[]> {
    const ecs = new ECSClient(client(account.moto));
    const found = await Promise.all(
      (['RUNNING', 'STOPPED'] as const).map((desiredStatus) =>
        ecs.send(new ListTasksCommand({ cluster: 'empire-default', desiredStatus })),
      ),
    );
    const arns = found.flatMap(({ taskArns = [] }) => taskArns);
    return (await ecs.send(new DescribeTasksCommand({ cluster: 'empire-default', tasks: arns, include: ['TAGS'] }))).tasks ?? [];
  }

  async function write(logStreamName: string, lines: readonly (readonly [number, string])[]): Promise<void> {
    const logs = new CloudWatchLogsClient(client(account.moto));
    const stream = { logGroupName: GROUP, logStreamName };
    await logs.send(new CreateLogStreamCommand(stream));
    const logEvents = lines.map(([timestamp, message]) => ({ timestamp, message }));
    await logs.send(new PutLogEventsCommand({ ...stream, logEvents }));
  }
});
