import { exampleTemplate } from '../../support/stacks-world.js';
import type { Scenario, Stage } from './scenario.js';
import { ALL, change, settled, shown, shownEvents, shownResources, shownStack, shownStatus, workedOut } from './stack-calls.js';

const STACK = 'empire-hello';

const life: Scenario = {
  name: 'stacks: hello from its first release to its end',
  against: 'repaired',
  async play(stage) {
    const body = exampleTemplate('hello');
    const id = await review(stage, body);
    await create(stage, body, id);
    await end(stage, body);
  },
};

/** A change set and nothing else; gives its id. */
async function review(stage: Stage, body: string): Promise<string> {
  const { step } = stage;
  const { stacks } = stage.windows;
  await step('before', stacks.describe(STACK));
  await step('listed before', stacks.list(STACK));
  const first = change(STACK, 'empire-v1-0badcafe', body, { kind: 'create', parameters: { Release: 'v1' } });
  const id = (await step('create a change set', stacks.createChangeSet(first)))?.id ?? '';
  await step('the change set at once', stacks.changeSet(STACK, id), shownStatus);
  await workedOut(stage, STACK, id);
  await step('the change set', stacks.changeSet(STACK, id), shown);
  await step('the stack, reviewed', stacks.describe(STACK), shownStack);
  await step('its template', stacks.template(STACK));
  await step('its resources', stacks.resources(STACK), shownResources);
  await step('its events', stacks.events(STACK, ALL), shownEvents);
  return id;
}

async function create(stage: Stage, body: string, id: string): Promise<void> {
  const { step } = stage;
  const { stacks } = stage.windows;
  await step('execute', stacks.executeChangeSet({ stack: STACK, id, token: 'v1-execute' }));
  await step('the stack at once', stacks.describe(STACK), shownStatus);
  await settled(stage, STACK);
  await step('the stack', stacks.describe(STACK), shownStack);
  await step('a parameter of the platform', stacks.describe(STACK), (found) =>
    found.kind === 'given' ? found.value.parameters.find(({ name }) => name === 'PlatformVpcCidr') : found,
  );
  await step('listed', stacks.list(STACK), (found) => found.map(({ name, status }) => ({ name, status })));
  await step('the template comes back', stacks.template(STACK), (text) => text === body);
  await step('the resources', stacks.resources(STACK), shownResources);
  await step('the events', stacks.events(STACK, ALL), shownEvents);
  await step('the change set afterwards', stacks.changeSet(STACK, id), shown);
  await step('execute twice', stacks.executeChangeSet({ stack: STACK, id, token: 'v1-execute-2' }));
  await settled(stage, STACK);
}

async function end(stage: Stage, body: string): Promise<void> {
  const { step } = stage;
  const { stacks } = stage.windows;
  const found = await stacks.describe(STACK);
  const arn = found.kind === 'given' ? found.value.id : '';
  await step('delete', stacks.delete({ stack: STACK, retain: [], token: 'v1-delete' }));
  await settled(stage, STACK);
  await step('deleted, by name', stacks.describe(STACK));
  await step('deleted, by ARN', stacks.describe(arn));
  await step('listed afterwards', stacks.list(STACK));
  await step('its template afterwards, by name', stacks.template(STACK));
  await step('its template afterwards, by ARN', stacks.template(arn), (text) => text === body);
  await step('its resources afterwards, by ARN', stacks.resources(arn), ({ length }) => length);
  await step('its last events, by ARN', stacks.events(arn, ALL), (events) => shownEvents(events).slice(-2));
  const { logs } = stage.windows;
  await step('the log group that stayed', logs.removeGroup('/empire/default/hello'));
  await step('the log group once more', logs.removeGroup('/empire/default/hello'));
  await step('delete twice', stacks.delete({ stack: STACK, retain: [], token: 'v1-delete-2' }));
  await step('delete twice, by ARN', stacks.delete({ stack: arn, retain: [], token: 'v1-delete-3' }));
}

const reviewed: Scenario = {
  name: 'stacks: one that is never executed',
  against: 'repaired',
  async play(stage) {
    const { step } = stage;
    const { stacks } = stage.windows;
    const stack = 'empire-reviewed';
    const input = change(stack, 'empire-v1-a', exampleTemplate('hello'), { kind: 'create' });
    const { id } = await stacks.createChangeSet(input);
    await workedOut(stage, stack, id);
    await step('found by the name of the change set', stacks.changeSet(stack, input.name), shown);
    await step('delete the change set', stacks.deleteChangeSet(stack, id));
    await step('the change set afterwards', stacks.changeSet(stack, id), shown);
    await step('the stack stays', stacks.list(stack), (found) => found.map(({ name, status }) => ({ name, status })));
    await step('delete the stack', stacks.delete({ stack, retain: [], token: 'v1-delete' }));
    await settled(stage, stack);
    await step('the stack afterwards', stacks.describe(stack));
    await step('delete it twice', stacks.delete({ stack, retain: [], token: 'v1-delete-2' }));
  },
};

export const stackScenarios: readonly Scenario[] = [life, reviewed];
