import { exampleTemplate } from '../../support/stacks-world.js';
import type { Scenario } from './scenario.js';
import { ALL, change, settled, shown, shownEvents, shownResources, shownStack, workedOut } from './stack-calls.js';

const life: Scenario = {
  name: 'stacks: hello from its first release to its end',
  against: 'repaired',
  async play(stage) {
    const { step } = stage;
    const { stacks } = stage.windows;
    const stack = 'empire-hello';
    const body = exampleTemplate('hello');
    await step('before', stacks.describe(stack));
    await step('listed before', stacks.list('empire-hello'));
    const first = change(stack, 'empire-v1-0badcafe', body, { kind: 'create', parameters: { Release: 'v1' } });
    const created = await step('create a change set', stacks.createChangeSet(first));
    const id = created?.id ?? '';
    await step('the change set at once', stacks.changeSet(stack, id), (found) =>
      found.kind === 'given' ? found.value.status : found,
    );
    await workedOut(stage, stack, id);
    await step('the change set', stacks.changeSet(stack, id), shown);
    await step('the stack, reviewed', stacks.describe(stack), shownStack);
    await step('its template', stacks.template(stack));
    await step('its resources', stacks.resources(stack), shownResources);
    await step('its events', stacks.events(stack, ALL), shownEvents);
    await step('execute', stacks.executeChangeSet({ stack, id, token: 'v1-execute' }));
    await step('the stack at once', stacks.describe(stack), (found) => (found.kind === 'given' ? found.value.status : found));
    await settled(stage, stack);
    await step('the stack', stacks.describe(stack), shownStack);
    await step('listed', stacks.list('empire-hello'), (found) => found.map(({ name, status }) => ({ name, status })));
    await step('the template comes back', stacks.template(stack), (text) => text === body);
    await step('the resources', stacks.resources(stack), shownResources);
    await step('the events', stacks.events(stack, ALL), shownEvents);
    await step('the change set afterwards', stacks.changeSet(stack, id), shown);
    await step('execute twice', stacks.executeChangeSet({ stack, id, token: 'v1-execute-2' }));
    await settled(stage, stack);
    const found = await stacks.describe(stack);
    const arn = found.kind === 'given' ? found.value.id : '';
    await step('delete', stacks.delete({ stack, retain: [], token: 'v1-delete' }));
    await settled(stage, stack);
    await step('deleted, by name', stacks.describe(stack));
    await step('deleted, by ARN', stacks.describe(arn));
    await step('listed afterwards', stacks.list('empire-hello'));
    await step('its template afterwards, by name', stacks.template(stack));
    await step('its template afterwards, by ARN', stacks.template(arn), (text) => text === body);
    await step('its resources afterwards, by ARN', stacks.resources(arn), ({ length }) => length);
    await step('its last events, by ARN', stacks.events(arn, ALL), (events) => shownEvents(events).slice(-2));
    await step('delete twice', stacks.delete({ stack, retain: [], token: 'v1-delete-2' }));
    await step('delete twice, by ARN', stacks.delete({ stack: arn, retain: [], token: 'v1-delete-3' }));
  },
};

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
