import type { ChangeSetInput, ServiceState } from '../../../lib/model/windows.js';
import { edited, exampleTemplate, withImage } from '../../support/stacks-world.js';
import type { Scenario, Stage } from './scenario.js';
import {
  ALL,
  apply,
  BUCKET,
  change,
  settled,
  shown,
  shownEvents,
  shownResources,
  shownStack,
  shownTypes,
  workedOut,
} from './stack-calls.js';

const STACK = 'empire-acme-inc';

const updates: Scenario = {
  name: 'stacks: updates of acme-inc',
  against: 'repaired',
  async play(stage) {
    const { step } = stage;
    const { stacks } = stage.windows;
    const body = exampleTemplate('acme-inc');
    await createFromUrl(stage, body);
    await changeNothing(stage, body);
    const next = withImage(body, 'Web', 'remind101/acme-inc:v2');
    await changeImage(stage, next);
    await takeAway(stage, next);
    await apply(stage, change(STACK, 'empire-v4-f', body, { parameters: { Release: 'v4' } }));
    await step('back to the first template', stacks.describe(STACK), shownStack);
    await step('the resources are back', stacks.resources(STACK), shownTypes);
    await running(stage, 'after the way back');
    // The last step, since moto has two stacks of this name from then on.
    const again = change(STACK, 'empire-v5-g', body, { kind: 'create' });
    await step('create what is there', stacks.createChangeSet(again), ({ kind }) => kind);
  },
};

async function createFromUrl(stage: Stage, body: string): Promise<void> {
  const { step } = stage;
  const { stacks, store } = stage.windows;
  const key = 'releases/default/acme-inc/objects/one';
  await store.put(BUCKET, key, body, { kind: 'always' });
  const template = { kind: 'url', url: store.url(BUCKET, key) } as const;
  await apply(stage, change(STACK, 'empire-v1-a', '', { kind: 'create', template, parameters: { Release: 'v1' } }));
  await step('created from a URL', stacks.describe(STACK), shownStack);
  await step('its template', stacks.template(STACK), (text) => text === body);
  await step('its resources', stacks.resources(STACK), shownResources);
}

async function changeNothing(stage: Stage, body: string): Promise<void> {
  const { step } = stage;
  const { stacks } = stage.windows;
  const same = change(STACK, 'empire-v2-b', body, { parameters: { Release: 'v1' } });
  const id = (await step('the same again', stacks.createChangeSet(same)))?.id ?? '';
  await workedOut(stage, STACK, id);
  await step('an empty change set', stacks.changeSet(STACK, id), shown);
  await step('execute it', stacks.executeChangeSet({ stack: STACK, id, token: 'v2-execute' }));
  await settled(stage, STACK);
  await step('the same name once more', stacks.createChangeSet(same), ({ kind }) => kind);
  await step('delete it', stacks.deleteChangeSet(STACK, id));
  await step('delete it twice', stacks.deleteChangeSet(STACK, id));
  await step('what was deleted', stacks.changeSet(STACK, id), shown);
}

async function changeImage(stage: Stage, next: string): Promise<void> {
  const { step } = stage;
  const { stacks } = stage.windows;
  const before = (await stacks.events(STACK, ALL)).at(-1)?.id ?? '';
  await applyShown(stage, 'another image of web', change(STACK, 'empire-v2-c', next, { parameters: { Release: 'v2' } }));
  await step('the stack then', stacks.describe(STACK), shownStack);
  await step('the template then', stacks.template(STACK), (text) => text === next);
  const query = { ...ALL, after: { kind: 'given', value: before } } as const;
  const since = await step('the events since', stacks.events(STACK, query), (events) =>
    Object.fromEntries(shownEvents(events).map((event) => [event, true])),
  );
  const newest = since?.at(-1)?.id;
  await step('the newest of them', stacks.events(STACK, { ...ALL, limit: 1 }), (events) => ({
    events: shownEvents(events),
    same: events[0]?.id === newest,
  }));
  await running(stage, 'after the update');
  const { id } = await stacks.createChangeSet(change(STACK, 'empire-v3-d', next, { parameters: { Release: 'v3' } }));
  await workedOut(stage, STACK, id);
  await step('only a parameter', stacks.changeSet(STACK, id), shown);
  await step('not executed', stacks.deleteChangeSet(STACK, id));
}

async function takeAway(stage: Stage, body: string): Promise<void> {
  const { step } = stage;
  const { stacks } = stage.windows;
  const without = edited(body, ({ Resources, Outputs }) => {
    delete Resources['WorkerService'];
    delete Resources['WorkerTaskDefinition'];
    for (const output of Object.values(Outputs))
      output.Value = JSON.parse(JSON.stringify(output.Value).replace(/,worker=[^",]*/, ''));
  });
  await applyShown(stage, 'without a process', change(STACK, 'empire-v3-e', without, { parameters: { Release: 'v3' } }));
  await step('the stack without it', stacks.describe(STACK), shownStack);
  await step('the resources without it', stacks.resources(STACK), shownTypes);
}

/** A change set that is noted before it is executed. */
async function applyShown(stage: Stage, name: string, input: ChangeSetInput): Promise<void> {
  const { stacks } = stage.windows;
  const { id } = await stacks.createChangeSet(input);
  await workedOut(stage, STACK, id);
  await stage.step(name, stacks.changeSet(STACK, id), shown);
  await stacks.executeChangeSet({ stack: STACK, id, token: `${input.token}-execute` });
  await settled(stage, STACK);
}

/** What runs, found as the engine finds it. */
async function running({ windows: { stacks, services }, step }: Stage, when: string): Promise<void> {
  const resources = await stacks.resources(STACK);
  const arns = resources.flatMap(({ type, physicalId }) =>
    type === 'AWS::ECS::Service' && physicalId.kind === 'given' ? [physicalId.value] : [],
  );
  const found = [...(await services.services('empire-default', arns))].sort((a, b) =>
    a.taskDefinition < b.taskDefinition ? -1 : 1,
  );
  await step(`services ${when}`, Promise.resolve(found), (all) => all.map(shownService));
  for (const { taskDefinition } of found)
    await step(`${taskDefinition.split('/')[1]?.replace(/:.*/, '')} ${when}`, services.taskDefinition(taskDefinition));
}

const shownService = ({ status, desired, running, pending, deployments, targetGroups }: ServiceState) => ({
  ...{ status, desired, running, pending, targetGroups: targetGroups.length },
  deployments: deployments.map((one) => [one.status, one.rollout, one.desired, one.running, one.failed]),
});

export const updateScenarios: readonly Scenario[] = [updates];
