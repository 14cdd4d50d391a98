import type { ChangeSetInput } from '../../../lib/model/windows.js';
import { edited, exampleTemplate } from '../../support/stacks-world.js';
import { ACCOUNT, REGION } from './ground.js';
import type { Scenario } from './scenario.js';
import { ALL, BUCKET, change } from './stack-calls.js';

const unknown: Scenario = {
  name: 'stacks: what is not there',
  against: 'repaired',
  async play({ windows: { stacks }, step }) {
    const stack = 'empire-no-such';
    const id = `arn:aws:cloudformation:${REGION}:${ACCOUNT}:changeSet/none/00000000-0000-4000-8000-000000000000`;
    await step('a stack', stacks.describe(stack));
    await step(
      'a stack by ARN',
      stacks.describe(`arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/${stack}/00000000-0000-4000-8000-000000000000`),
    );
    await step('stacks of a prefix', stacks.list(stack));
    await step('its template', stacks.template(stack));
    await step('its resources', stacks.resources(stack));
    await step('its events', stacks.events(stack, ALL));
    await step('its change set', stacks.changeSet(stack, id));
    await step('execute a change set', stacks.executeChangeSet({ stack, id, token: 'x' }));
    await step('delete a change set', stacks.deleteChangeSet(stack, id));
    await step('update', stacks.createChangeSet(change(stack, 'empire-v1-a', exampleTemplate('hello'))));
    await step('cancel', stacks.cancelUpdate(stack, 'x'));
    await step('continue a rollback', stacks.continueRollback({ stack, skip: [], token: 'x' }));
    await step('delete', stacks.delete({ stack, retain: [], token: 'x' }));
  },
};

const refused: Scenario = {
  name: 'stacks: change sets that are refused',
  against: 'repaired',
  async play(stage) {
    const { step, ground } = stage;
    const { stacks } = stage.windows;
    const stack = 'empire-refused';
    const body = exampleTemplate('hello');
    const create = (name: string, text: string, more: Partial<ChangeSetInput> = {}) =>
      step(name, stacks.createChangeSet(change(stack, 'empire-v1-a', text, { kind: 'create', ...more })), ({ kind }) => kind);
    await create('no JSON', '{"Resources": ');
    await create('no resources', '{"Resources": {}}');
    await create('a parameter that the template has not', body, { parameters: { Nothing: 'x' } });
    await create(
      'a parameter without a value',
      edited(body, ({ Parameters }) => void delete Parameters['Release']?.['Default']),
    );
    await create('a name that refers to nothing', body.replace('"Ref": "PlatformZoneId"', '"Ref": "NoSuchThing"'));
    await create(
      'a dependency on nothing',
      edited(body, ({ Resources }) => Object.assign(Resources['LogGroup'] ?? {}, { DependsOn: 'NoSuchThing' })),
    );
    await ground.noParameter('/empire/nowhere/vpc-id');
    await create('a platform that is not there', body.replace('/empire/default/vpc-id', '/empire/nowhere/vpc-id'));
    const url = stage.windows.store.url(BUCKET, 'no-such-object');
    await create('a URL with nothing behind it', '', { template: { kind: 'url', url } });
    await create('51,201 bytes in the call', body + ' '.repeat(51_201 - body.length));
    await step('nothing was made', stacks.describe(stack), ({ kind }) => kind);
  },
};

export const refusedScenarios: readonly Scenario[] = [unknown, refused];
