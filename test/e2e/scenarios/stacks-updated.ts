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

const updates: Scenario = {
  name: 'stacks: updates of acme-inc',
  against: 'repaired',
  async play(stage) {
    const { step } = stage;
    const { stacks, store } = stage.windows;
    const stack = 'empire-acme-inc';
    const body = exampleTemplate('acme-inc');
    await store.put(BUCKET, 'releases/default/acme-inc/objects/one', body, { kind: 'always' });
    const url = store.url(BUCKET, 'releases/default/acme-inc/objects/one');
    const template = { kind: 'url', url } as const;
    await apply(stage, change(stack, 'empire-v1-a', '', { kind: 'create', template, parameters: { Release: 'v1' } }));
    await step('created from a URL', stacks.describe(stack), shownStack);
    await step('its template', stacks.template(stack), (text) => text === body);
    await step('its resources', stacks.resources(stack), shownResources);

    const same = change(stack, 'empire-v2-b', body, { parameters: { Release: 'v1' } });
    const empty = await step('the same again', stacks.createChangeSet(same));
    await workedOut(stage, stack, empty?.id ?? '');
    await step('an empty change set', stacks.changeSet(stack, empty?.id ?? ''), shown);
    await step('execute it', stacks.executeChangeSet({ stack, id: empty?.id ?? '', token: 'v2-execute' }));
    await settled(stage, stack);
    await step('the same name once more', stacks.createChangeSet(same), ({ kind }) => kind);
    await step('delete it', stacks.deleteChangeSet(stack, empty?.id ?? ''));
    await step('delete it twice', stacks.deleteChangeSet(stack, empty?.id ?? ''));
    await step('what was deleted', stacks.changeSet(stack, empty?.id ?? ''), shown);

    const before = (await stacks.events(stack, ALL)).at(-1)?.id ?? '';
    const next = withImage(body, 'Web', 'remind101/acme-inc:v2');
    const second = await stacks.createChangeSet(change(stack, 'empire-v2-c', next, { parameters: { Release: 'v2' } }));
    await workedOut(stage, stack, second.id);
    await step('another image of web', stacks.changeSet(stack, second.id), shown);
    await stacks.executeChangeSet({ stack, id: second.id, token: 'v2-execute' });
    await settled(stage, stack);
    await step('the stack then', stacks.describe(stack), shownStack);
    await step('the template then', stacks.template(stack), (text) => text === next);
    const since = await step(
      'the events since',
      stacks.events(stack, { ...ALL, after: { kind: 'given', value: before } }),
      (events) => Object.fromEntries(shownEvents(events).map((event) => [event, true])),
    );
    await step('the newest of them', stacks.events(stack, { ...ALL, limit: 1 }), (events) => ({
      events: shownEvents(events),
      same: events[0]?.id === since?.at(-1)?.id,
    }));
    await running(stage, stack, 'after the update');

    const release = await stacks.createChangeSet(change(stack, 'empire-v3-d', next, { parameters: { Release: 'v3' } }));
    await workedOut(stage, stack, release.id);
    await step('only a parameter', stacks.changeSet(stack, release.id), shown);
    await step('not executed', stacks.deleteChangeSet(stack, release.id));

    const without = edited(next, ({ Resources, Outputs }) => {
      delete Resources['WorkerService'];
      delete Resources['WorkerTaskDefinition'];
      for (const output of Object.values(Outputs))
        output.Value = JSON.parse(JSON.stringify(output.Value).replace(/,worker=[^",]*/, ''));
    });
    const third = await stacks.createChangeSet(change(stack, 'empire-v3-e', without, { parameters: { Release: 'v3' } }));
    await workedOut(stage, stack, third.id);
    await step('without a process', stacks.changeSet(stack, third.id), shown);
    await stacks.executeChangeSet({ stack, id: third.id, token: 'v3-execute' });
    await settled(stage, stack);
    await step('the stack without it', stacks.describe(stack), shownStack);
    await step('the resources without it', stacks.resources(stack), shownTypes);

    await apply(stage, change(stack, 'empire-v4-f', body, { parameters: { Release: 'v4' } }));
    await step('back to the first template', stacks.describe(stack), shownStack);
    await step('the resources are back', stacks.resources(stack), shownTypes);
    await running(stage, stack, 'after the way back');
    // The last step, since moto has two stacks of this name from then on.
    const again = change(stack, 'empire-v5-g', body, { kind: 'create' });
    await step('create what is there', stacks.createChangeSet(again), ({ kind }) => kind);
  },
};

/** What runs, found as the engine finds it. */
async function running({ windows: { stacks, services }, step }: Stage, stack: string, when: string): Promise<void> {
  const resources = await stacks.resources(stack);
  const arns = resources.flatMap(({ type, physicalId }) =>
    type === 'AWS::ECS::Service' && physicalId.kind === 'given' ? [physicalId.value] : [],
  );
  const found = [...(await services.services('empire-default', arns))].sort((a, b) =>
    a.taskDefinition < b.taskDefinition ? -1 : 1,
  );
  await step(`services ${when}`, Promise.resolve(found), (all) =>
    all.map(({ status, desired, running: run, pending, deployments, targetGroups }) => ({
      ...{ status, desired, running: run, pending, targetGroups: targetGroups.length },
      deployments: deployments.map(({ status: kind, rollout, desired: wanted, running: there, failed }) => ({
        kind,
        rollout,
        wanted,
        there,
        failed,
      })),
    })),
  );
  for (const { taskDefinition } of found)
    await step(`${taskDefinition.split('/')[1]?.replace(/:.*/, '')} ${when}`, services.taskDefinition(taskDefinition));
}

export const updateScenarios: readonly Scenario[] = [updates];
