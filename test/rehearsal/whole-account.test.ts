import { expect } from 'chai';
import type { StackState } from '../../lib/model/windows.js';
import { openRehearsal, type Rehearsal } from '../../lib/rehearsal/index.js';
import { openInMemory, PLATFORM } from '../support/rehearsed-services.js';
import { exampleTemplate, withImage } from '../support/stacks-world.js';

const STACK = 'empire-acme-inc';
const BODY = exampleTemplate('acme-inc');
const NONE = { kind: 'none' } as const;

async function submit(rehearsal: Rehearsal, release: number, body: string): Promise<void> {
  const { stacks, clock } = rehearsal;
  const { id } = await stacks.createChangeSet({
    stack: STACK,
    name: `release-${release}`,
    kind: release === 1 ? 'create' : 'update',
    template: { kind: 'body', body },
    parameters: { Release: `v${release}` },
    description: '',
    token: `create-${release}`,
  });
  await clock.sleep(10_000);
  await stacks.executeChangeSet({ stack: STACK, id, token: `execute-${release}` });
}

async function settled({ stacks, clock }: Rehearsal): Promise<StackState> {
  for (;;) {
    await clock.sleep(2000);
    const found = await stacks.describe(STACK);
    if (found.kind === 'given' && !found.value.status.endsWith('IN_PROGRESS')) return found.value;
  }
}

async function deploy(rehearsal: Rehearsal, release: number, body: string): Promise<StackState> {
  await submit(rehearsal, release, body);
  return settled(rehearsal);
}

/** Ids of the tasks of a process that run. */
async function taskIds({ services }: Rehearsal, process: string): Promise<string[]> {
  const found = await services.tasks('empire-default', { by: 'family', family: `${STACK}_${process}`, status: 'RUNNING' });
  return found.map(({ id }) => id);
}

describe('rehearsed account: stacks and services together', () => {
  it('creates, updates what changed, fails and goes back, and deletes', async () => {
    const rehearsal = openInMemory();
    expect((await deploy(rehearsal, 1, BODY)).status).to.equal('CREATE_COMPLETE');
    const [web, worker] = [await taskIds(rehearsal, 'web'), await taskIds(rehearsal, 'worker')];
    const updated = await deploy(rehearsal, 2, withImage(BODY, 'Worker', 'remind101/acme-inc:v2'));
    expect([updated.status, updated.outputs['Release']]).to.deep.equal(['UPDATE_COMPLETE', 'v2']);
    expect(await taskIds(rehearsal, 'web')).to.deep.equal(web);
    const next = await taskIds(rehearsal, 'worker');
    expect(next.filter((id) => worker.includes(id))).to.deep.equal([]);
    const failed = await deploy(rehearsal, 3, withImage(BODY, 'Worker', 'remind101/acme-inc:v3-crash'));
    expect([failed.status, failed.outputs['Release']]).to.deep.equal(['UPDATE_ROLLBACK_COMPLETE', 'v2']);
    expect([await taskIds(rehearsal, 'web'), await taskIds(rehearsal, 'worker')]).to.deep.equal([web, next]);
    await rehearsal.stacks.delete({ stack: STACK, retain: [], token: 'delete' });
    await rehearsal.clock.sleep(600_000);
    expect(await rehearsal.stacks.describe(STACK)).to.deep.equal(NONE);
    expect([...(await taskIds(rehearsal, 'web')), ...(await taskIds(rehearsal, 'worker'))]).to.deep.equal([]);
  });

  it('is plain JSON at every moment, and goes the same way when it was saved and opened in between', async () => {
    const rehearsal = openInMemory();
    await submit(rehearsal, 1, BODY);
    const { state } = rehearsal.world;
    const copy = openInMemory();
    let moments = 0;
    Object.assign(copy.world.state, JSON.parse(JSON.stringify(state)));
    // past the first tick of its schedule, which never comes to rest
    const end = state.now + 24 * 3_600_000;
    for (; rehearsal.world.nextAt() < end; moments += 1) {
      const saved = JSON.stringify(state);
      expect(JSON.parse(saved)).to.deep.equal(state);
      expect(JSON.stringify(copy.world.state)).to.equal(saved);
      const at = rehearsal.world.nextAt();
      rehearsal.world.settle(at);
      Object.assign(copy.world.state, JSON.parse(saved));
      copy.world.settle(at);
    }
    expect(moments).to.be.greaterThan(30);
  });

  it('can be at several things at once', async () => {
    const rehearsal = openInMemory();
    const bodies = [1, 2, 3].map((number) => BODY.replaceAll('acme-inc', `acme-${number}`));
    const names = bodies.map((_, index) => `empire-acme-${index + 1}`);
    await Promise.all(
      bodies.map(async (body, index) => {
        const stack = names[index] ?? '';
        const input = {
          stack,
          name: 'v1',
          kind: 'create',
          template: { kind: 'body', body },
          parameters: {},
          description: '',
          token: 't',
        } as const;
        const { id } = await rehearsal.stacks.createChangeSet(input);
        await rehearsal.clock.sleep(5000 + index);
        await rehearsal.stacks.executeChangeSet({ stack, id, token: `x${index}` });
      }),
    );
    await rehearsal.clock.sleep(1_200_000);
    const found = await rehearsal.stacks.list('empire-acme-');
    expect(found.map(({ name, status }) => [name, status])).to.deep.equal(names.map((name) => [name, 'CREATE_COMPLETE']));
  });

  it('is the same every time', async () => {
    const tell = async (): Promise<string> => {
      const rehearsal = openRehearsal({
        platform: PLATFORM,
        root: NONE,
        speed: Number.POSITIVE_INFINITY,
        start: { kind: 'given', value: 0 },
      });
      await deploy(rehearsal, 1, BODY);
      return JSON.stringify(rehearsal.world.state);
    };
    expect(await tell()).to.equal(await tell());
  });
});
