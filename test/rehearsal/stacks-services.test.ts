import { expect } from 'chai';
import type { Given } from '../../lib/model/given.js';
import { openRehearsal, type Rehearsal } from '../../lib/rehearsal/index.js';
import { PLATFORM } from '../support/model-apps.js';
import { exampleTemplate, START, withImage } from '../support/stacks-world.js';

const ACME = 'empire-acme-inc';
const TEMPLATE = exampleTemplate('acme-inc').replaceAll('remind101/acme-inc:latest', 'remind101/acme-inc:v1');
const NONE: Given<never> = { kind: 'none' };

const open = (): Rehearsal =>
  openRehearsal({ platform: PLATFORM, root: NONE, speed: Number.POSITIVE_INFINITY, start: { kind: 'given', value: START } });

/** Executes a change set and waits for the stack to rest; gives its status and the seconds it took. */
async function deploy(rehearsal: Rehearsal, body: string, name: string): Promise<{ status: string; seconds: number }> {
  const { stacks, clock } = rehearsal;
  const kind = (await stacks.describe(ACME)).kind === 'none' ? 'create' : 'update';
  const template = { kind: 'body', body } as const;
  const { id } = await stacks.createChangeSet({
    stack: ACME,
    name,
    kind,
    template,
    parameters: {},
    description: '',
    token: name,
  });
  await clock.sleep(3000);
  await stacks.executeChangeSet({ stack: ACME, id, token: name });
  const began = clock.now();
  for (;;) {
    await clock.sleep(2000);
    const found = await stacks.describe(ACME);
    if (found.kind === 'none') throw new Error('the stack is gone');
    const { status } = found.value;
    if (!status.endsWith('_IN_PROGRESS')) return { status, seconds: Math.round((clock.now() - began) / 1000) };
  }
}

async function runningDefinition(rehearsal: Rehearsal, id: string): Promise<string> {
  const resource = (await rehearsal.stacks.resources(ACME)).find((one) => one.id === id);
  const arn = resource?.physicalId.kind === 'given' ? resource.physicalId.value : '';
  const [service] = await rehearsal.services.services(arn.split('/')[1] ?? '', [arn]);
  return service?.taskDefinition ?? '';
}

describe('rehearsed stacks over rehearsed services', () => {
  it('wait until the services run', async () => {
    const rehearsal = open();
    const created = await deploy(rehearsal, TEMPLATE, 'one');
    expect(created.status).to.equal('CREATE_COMPLETE');
    expect(created.seconds).to.be.within(130, 300);
    const updated = await deploy(rehearsal, withImage(TEMPLATE, 'Web', 'remind101/acme-inc:v2'), 'two');
    expect(updated.status).to.equal('UPDATE_COMPLETE');
    expect(updated.seconds).to.be.within(20, 180);
    expect(await runningDefinition(rehearsal, 'WebService')).to.match(/_web:2$/);
    expect(await runningDefinition(rehearsal, 'WorkerService')).to.match(/_worker:1$/);
  });

  for (const image of ['remind101/acme-inc:v2-crash', 'remind101/acme-inc:v2-unhealthy']) {
    it(`bring the old tasks back when the new ones do not do: ${image}`, async () => {
      const rehearsal = open();
      await deploy(rehearsal, TEMPLATE, 'one');
      const failed = await deploy(rehearsal, withImage(TEMPLATE, 'Web', image), 'two');
      expect(failed.status).to.equal('UPDATE_ROLLBACK_COMPLETE');
      expect(await runningDefinition(rehearsal, 'WebService')).to.match(/_web:1$/);
      const events = await rehearsal.stacks.events(ACME, { after: NONE, limit: 1000 });
      const cause = events.find(({ resource, status }) => resource === 'WebService' && status === 'UPDATE_FAILED');
      expect(cause?.reason).to.have.property('value').that.contains('ECS Deployment Circuit Breaker was triggered');
    });
  }

  it('go away with their services', async () => {
    const rehearsal = open();
    await deploy(rehearsal, TEMPLATE, 'one');
    await rehearsal.stacks.delete({ stack: ACME, retain: [], token: 'away' });
    await rehearsal.clock.sleep(300_000);
    expect(await rehearsal.stacks.describe(ACME)).to.deep.equal(NONE);
  });
});
