import { expect } from 'chai';
import type { JsonObject } from '../../lib/model/json.js';
import type { LogLine, StackState, TaskState } from '../../lib/model/windows.js';
import type { StackServices } from '../../lib/observe/index.js';
import { followOneOff, type OneOff, type OneOffWatch, startOneOff } from '../../lib/release/one-off.js';
import { expectFailure } from '../support/expected-failure.js';
import { engineOn } from '../support/rehearsed-engine.js';
import { RehearsedServices } from '../support/rehearsed-services.js';

const NONE = { kind: 'none' } as const;
const given = <T>(value: T) => ({ kind: 'given', value }) as const;
const GROUP = '/empire/default/acme';

const stack: StackState = {
  id: 'arn:stack',
  name: 'empire-acme',
  status: 'UPDATE_COMPLETE',
  reason: NONE,
  parameters: [{ name: 'PlatformCapacityProvider', value: '/p', resolved: given('empire-ec2') }],
  outputs: {},
  createdAt: 0,
  updatedAt: NONE,
};

/** A one-off task of `web` as a command asks for it. */
function oneOff(account: RehearsedServices, rest: Partial<OneOff> = {}): OneOff {
  const taskDefinition = account.register('web', 'acme:v1');
  const resource = { id: 'WebTaskDefinition', physicalId: given(taskDefinition), type: 'AWS::ECS::TaskDefinition' };
  const services: StackServices = {
    cluster: given('empire-default'),
    services: {},
    taskDefinitions: { web: taskDefinition },
    logGroup: given(GROUP),
    securityGroup: NONE,
    resources: [{ ...resource, status: 'CREATE_COMPLETE', reason: NONE }],
  };
  const overrides: JsonObject = { containerOverrides: [{ name: 'web', command: ['rake'] }] };
  const nonce = '11111111-2222-3333-4444-555555555555';
  return { stack, services, template: {}, taskDefinition, overrides, exec: false, nonce, tags: {}, ...rest };
}

function watching(id: string, rest: Partial<OneOffWatch> = {}) {
  const [lines, states]: [string[], string[]] = [[], []];
  const watch: OneOffWatch = {
    group: GROUP,
    stream: `web/web/${id}`,
    signal: new AbortController().signal,
    lines: async (page: readonly LogLine[]) => void lines.push(...page.map(({ text }) => text)),
    state: (task: TaskState) => void states.push(task.status),
    enough: () => false,
    stopReason: 'stopped by you',
    ...rest,
  };
  return { lines, states, watch };
}

describe('a one-off task', () => {
  it('runs where the app runs, once for its nonce, and is found by who started it', async () => {
    const account = new RehearsedServices();
    const engine = engineOn(account.rehearsal);
    const run = oneOff(account);
    const started = await startOneOff(engine, run);
    expect((await startOneOff(engine, run)).task.arn).to.equal(started.task.arn);
    expect(started.task.startedBy).to.deep.equal(given('empire-run-11111111'));
    const { lines, states, watch } = watching(started.task.id);
    const ended = await followOneOff(engine, started, watch);
    expect(lines).to.deep.equal(['running rake', 'done']);
    expect([ended.status, ended.containers[0]?.exitCode]).to.deep.equal(['STOPPED', given(0)]);
    expect(states).to.include('RUNNING');
  });

  it('is stopped when somebody asks, with the reason, and followed to its end', async () => {
    const account = new RehearsedServices();
    const engine = engineOn(account.rehearsal);
    const started = await startOneOff(engine, oneOff(account));
    const stop = new AbortController();
    const { watch, states } = watching(started.task.id, { signal: stop.signal });
    const state = (task: TaskState): void => {
      states.push(task.status);
      if (task.status === 'RUNNING') stop.abort();
    };
    const ended = await followOneOff(engine, started, { ...watch, state });
    expect(ended.stoppedReason).to.deep.equal(given('stopped by you'));
    expect(ended.containers[0]?.exitCode).to.deep.equal(given(143));
  });

  it('takes the capacity that its task definition needs', async () => {
    const account = new RehearsedServices();
    const asked: string[] = [];
    const { services } = account.rehearsal;
    const runTask: typeof services.runTask = (input) => {
      asked.push(input.capacityProvider);
      return services.runTask(input);
    };
    const engine = engineOn({ ...account.rehearsal, services: { ...services, runTask } });
    const template = (needs: string): JsonObject => ({
      Resources: { WebTaskDefinition: { Type: 'AWS::ECS::TaskDefinition', Properties: { RequiresCompatibilities: [needs] } } },
    });
    for (const needs of ['EC2', 'FARGATE'])
      await startOneOff(engine, oneOff(account, { template: template(needs), nonce: needs }));
    expect(asked).to.deep.equal(['empire-ec2', 'FARGATE']);
  });

  it('waits for room, and gives up', async () => {
    const account = new RehearsedServices();
    const engine = engineOn(account.rehearsal);
    account.rehearsal.look((world) => {
      world.state.script.noCapacity = true;
    });
    await expectFailure(startOneOff(engine, oneOff(account)), 'run-not-placed');
    expect(engine.events.length).to.be.greaterThan(5);
    engine.stop();
    await expectFailure(startOneOff(engine, oneOff(account)), 'interrupted');
  });
});
