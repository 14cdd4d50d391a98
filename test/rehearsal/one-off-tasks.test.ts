import { expect } from 'chai';
import type { RunTaskInput, TaskState } from '../../lib/model/windows.js';
import { expectFailure } from '../support/expected-failure.js';
import { RehearsedServices } from '../support/rehearsed-services.js';

const input = (taskDefinition: string, rest: Partial<RunTaskInput> = {}): RunTaskInput => ({
  cluster: 'empire-default',
  taskDefinition,
  startedBy: 'empire-v1-12345678',
  token: 'release-1',
  subnets: [],
  securityGroups: [],
  publicAddress: false,
  capacityProvider: 'FARGATE',
  overrides: {},
  exec: false,
  tags: {},
  ...rest,
});

/** Runs the release process of an image to its end. */
async function release(image: string): Promise<{ task: TaskState; lines: string[] }> {
  const account = new RehearsedServices();
  const { services, logs } = account.rehearsal;
  const started = await services.runTask(input(account.register('release', image)));
  if (started.kind !== 'started') throw new Error(started.reason);
  account.wait(60);
  const [task] = await services.tasks('empire-default', { by: 'arn', tasks: [started.task.arn] });
  if (task === undefined) throw new Error('the task is gone');
  const stream = `release/release/${task.id}`;
  const { lines } = await logs.read({ group: '/empire/default/acme', stream, from: { kind: 'start' } });
  return { task, lines: lines.map(({ text }) => text) };
}

describe('rehearsed services: one-off tasks', () => {
  it('runs a release process, with its log and its exit code', async () => {
    const { task, lines } = await release('acme:v1');
    expect([task.status, task.group]).to.deep.equal(['STOPPED', 'family:empire-acme_release']);
    expect(task.containers).to.deep.equal([
      { name: 'release', status: 'STOPPED', exitCode: { kind: 'given', value: 0 }, reason: { kind: 'none' } },
    ]);
    expect(lines[0]).to.equal('== migrating');
    expect(lines.at(-1)).to.contain('== migrated');
  });

  it('fails when the image says so', async () => {
    for (const image of ['acme:v1-crash', 'acme:v1-norelease']) {
      const { task, lines } = await release(image);
      expect(task.containers[0]?.exitCode).to.deep.equal({ kind: 'given', value: 1 });
      expect(lines.at(-1)).to.equal('Error: cannot connect to the database');
    }
    const { task, lines } = await release('acme:v1-missing');
    expect(task.containers[0]?.exitCode).to.deep.equal({ kind: 'none' });
    expect([task.stopCode, lines]).to.deep.equal([{ kind: 'given', value: 'TaskFailedToStart' }, []]);
  });

  it('starts one task for a token, and finds it by who started it', async () => {
    const account = new RehearsedServices();
    const { services } = account.rehearsal;
    const definition = account.register('release', 'acme:v1');
    const first = await services.runTask(input(definition));
    const again = await services.runTask(input(definition));
    expect(again).to.deep.equal(first);
    const found = await services.tasks('empire-default', { by: 'startedBy', startedBy: 'empire-v1-12345678', status: 'RUNNING' });
    expect(found).to.have.length(1);
    await services.stopTask('empire-default', found[0]?.arn ?? '', 'superseded');
    account.wait(30);
    const [stopped] = await services.tasks('empire-default', { by: 'family', family: 'empire-acme_release', status: 'STOPPED' });
    expect(stopped?.stoppedReason).to.deep.equal({ kind: 'given', value: 'superseded' });
    await services.stopTask('empire-default', 'arn:nobody', 'no error');
  });

  it('does not call a stopped process a success', async () => {
    const account = new RehearsedServices();
    const { services } = account.rehearsal;
    const started = await services.runTask(input(account.register('release', 'acme:v1')));
    if (started.kind !== 'started') throw new Error(started.reason);
    account.wait(10);
    await services.stopTask('empire-default', started.task.id, 'enough');
    account.wait(30);
    const [task] = await services.tasks('empire-default', { by: 'arn', tasks: [started.task.id] });
    expect(task?.containers[0]?.exitCode).to.deep.equal({ kind: 'given', value: 143 });
  });

  it('runs the command of its overrides', async () => {
    const account = new RehearsedServices();
    const overrides = { containerOverrides: [{ name: 'web', command: ['bin/console', '--now'] }] };
    const started = await account.rehearsal.services.runTask(input(account.register('web', 'acme:v1'), { overrides }));
    if (started.kind !== 'started') throw new Error(started.reason);
    account.wait(30);
    const { lines } = await account.rehearsal.logs.read({
      group: '/empire/default/acme',
      stream: `web/web/${started.task.id}`,
      from: { kind: 'start' },
    });
    expect(lines.map(({ text }) => text)).to.deep.equal(['running bin/console --now', 'done']);
  });

  it('places nothing without capacity, and refuses an unknown task definition', async () => {
    const account = new RehearsedServices();
    const definition = account.register('release', 'acme:v1');
    account.rehearsal.script('{"capacity": "none"}', 'script');
    const outcome = await account.rehearsal.services.runTask(input(definition));
    expect(outcome.kind).to.equal('not-placed');
    await expectFailure(account.rehearsal.services.runTask(input('empire-acme_nothing:1')), 'outside-refused');
  });
});
