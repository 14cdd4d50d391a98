import { expect } from 'chai';
import type { TaskState, Windows } from '../../lib/model/windows.js';
import { readRunning, readTasks } from '../../lib/observe/index.js';
import { given, NONE } from '../support/model-apps.js';
import { NEW, recordedWindows, STACK_SERVICES, service, stopped } from '../support/recorded.js';

const RUNNING = {
  status: 'RUNNING',
  desired: 'RUNNING',
  stoppedAt: NONE,
  stopCode: NONE,
  stoppedReason: NONE,
  containers: [],
} as const;

async function words(change: Partial<TaskState>) {
  const windows = recordedWindows({ stopped: [stopped(30, change)], running: [] });
  const [task] = await readTasks(windows, 'empire', [NEW]);
  const { process, origin, why, failed } = task ?? expect.fail('no task');
  return { process, origin, why, failed };
}

describe('the tasks of an app', () => {
  it('are asked for by family, each family once, running and stopped', async () => {
    const asked: string[] = [];
    const tasks: Windows['services']['tasks'] = async (_cluster, query) => {
      asked.push(query.by === 'family' ? `${query.family} ${query.status}` : query.by);
      return [];
    };
    await readTasks({ services: { tasks } as Windows['services'] }, 'empire', [NEW, NEW.replace(':7', ':6')]);
    expect(asked).to.deep.equal(['empire-acme-inc_web RUNNING', 'empire-acme-inc_web STOPPED']);
  });

  it('are there once, also when one ends between two questions', async () => {
    const task = stopped(30, {});
    const windows = recordedWindows({ running: [{ ...task, desired: 'RUNNING' }], stopped: [task] });
    expect(await readTasks(windows, 'empire', [NEW])).to.have.length(1);
  });

  it('say what they wait for on their way', async () => {
    const at = (status: string) => words({ ...RUNNING, status });
    expect((await at('PROVISIONING')).why).to.equal('waits for a place to run');
    expect((await at('PENDING')).why).to.equal('pulls the image');
    expect((await at('ACTIVATING')).why).to.equal('waits for the load balancer to know it');
    expect((await at('RUNNING')).why).to.equal('');
    expect((await words({ ...RUNNING, health: 'UNHEALTHY' })).why).to.equal('its own health check fails');
  });

  it('say why they stopped', async () => {
    expect(await words({})).to.deep.equal({
      process: 'web',
      origin: 'service',
      why: 'web crashed with exit code 1 6 s after its start',
      failed: true,
    });
    expect(await words({ stoppedReason: given('Something new.'), stopCode: NONE, containers: [] })).to.include({
      why: 'Something new',
      failed: true,
    });
    expect(await words({ stoppedReason: NONE, stopCode: NONE, containers: [] })).to.include({ why: 'ECS gives no reason' });
  });

  it('stop in good order when they are replaced, scaled in, or stopped by a person', async () => {
    const scaled = {
      stoppedReason: given('Scaling activity initiated by (deployment ecs-svc/1)'),
      stopCode: given('ServiceSchedulerInitiated'),
    };
    expect(await words(scaled)).to.include({ why: 'replaced or scaled in', failed: false });
    expect(await words({ ...scaled, status: 'DEACTIVATING' })).to.include({ why: 'replaced or scaled in, ending' });
    const person = { stoppedReason: given('stopped by alice (empire stop)'), stopCode: given('UserInitiated') };
    expect(await words(person)).to.include({ why: 'stopped by alice (empire stop)', failed: false });
  });

  it('are told apart by who began them', async () => {
    const group = 'family:empire-acme-inc_web';
    const code = (exitCode: number) => [{ name: 'web', status: 'STOPPED', exitCode: given(exitCode), reason: NONE }];
    expect(await words({ group, startedBy: given('empire-v12-0badcafe'), containers: code(0) })).to.deep.equal({
      process: 'web',
      origin: 'release',
      why: 'exit code 0',
      failed: false,
    });
    expect(await words({ group, startedBy: given('chronos-schedule/nightly'), containers: code(3) })).to.include({
      origin: 'schedule',
      why: 'exit code 3',
      failed: true,
    });
    expect(await words({ group, startedBy: NONE, containers: code(0) })).to.include({
      process: 'run',
      origin: 'run',
      failed: false,
    });
    const person = { stoppedReason: given('stopped by alice (empire stop)'), stopCode: given('UserInitiated') };
    expect(await words({ group, startedBy: NONE, ...person, containers: code(143) })).to.include({
      why: 'stopped by alice (empire stop)',
      failed: false,
    });
    expect(await words({ group, startedBy: NONE, status: 'STOPPING', containers: [] })).to.include({
      why: 'Essential container in task exited, ending',
    });
  });

  it('come with their services: wanted, running, and what is waited for', async () => {
    const { processes } = await readRunning(recordedWindows({ services: [service()] }), STACK_SERVICES, {});
    expect(processes).to.deep.equal([{ name: 'web', wanted: 2, running: 0, waitingFor: '' }]);
    expect(await readRunning(recordedWindows({}), { ...STACK_SERVICES, cluster: NONE }, {})).to.deep.equal({
      processes: [],
      tasks: [],
    });
  });
});
