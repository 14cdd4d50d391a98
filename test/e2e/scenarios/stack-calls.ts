import type { Given } from '../../../lib/model/given.js';
import type { ChangeSetInput, ChangeSetState, StackEvent, StackResource, StackState } from '../../../lib/model/windows.js';
import { ACCOUNT, REGION } from './ground.js';
import type { Stage } from './scenario.js';

export const BUCKET = `empire-default-releases-${ACCOUNT}-${REGION}`;
export const ALL = { after: { kind: 'none' }, limit: 1000 } as const;

export function change(stack: string, name: string, body: string, more: Partial<ChangeSetInput> = {}): ChangeSetInput {
  const template = { kind: 'body', body } as const;
  return { stack, name, kind: 'update', template, parameters: {}, description: 'Deploy', token: name, ...more };
}

/** Waits until nothing happens to a stack any more. */
export async function settled({ windows: { stacks, clock } }: Stage, stack: string): Promise<void> {
  for (;;) {
    const found = await stacks.describe(stack);
    if (found.kind === 'none' || !/(?<!REVIEW)_IN_PROGRESS$/.test(found.value.status)) return;
    await clock.sleep(5_000);
  }
}

/** Waits until a change set is worked out. */
export async function workedOut({ windows: { stacks, clock } }: Stage, stack: string, id: string): Promise<void> {
  for (;;) {
    const found = await stacks.changeSet(stack, id);
    if (found.kind === 'none' || !/^CREATE_(PENDING|IN_PROGRESS)$/.test(found.value.status)) return;
    await clock.sleep(1_000);
  }
}

/** A change set and its execution, to the end. */
export async function apply(stage: Stage, input: ChangeSetInput): Promise<void> {
  const { stacks } = stage.windows;
  const { id } = await stacks.createChangeSet(input);
  await workedOut(stage, input.stack, id);
  await stacks.executeChangeSet({ stack: input.stack, id, token: `${input.token}-execute` });
  await settled(stage, input.stack);
}

/** Physical ids are chosen by each account: only whether there is one. */
export const shownResources = (resources: readonly StackResource[]) =>
  Object.fromEntries(resources.map(({ id, type, status, physicalId }) => [id, { type, status, physicalId: physicalId.kind }]));

export const shownTypes = (resources: readonly StackResource[]) =>
  Object.fromEntries(resources.map(({ id, type }) => [id, type]));

const shownChanges = (changes: ChangeSetState['changes']) =>
  Object.fromEntries(changes.map(({ id, type, action }) => [id, { type, action }]));

export const shown = (found: Given<ChangeSetState>) =>
  found.kind === 'none' ? found : { ...found.value, changes: shownChanges(found.value.changes) };

/** The stack's own, since moto has no others. */
export const shownEvents = (events: readonly StackEvent[]) =>
  events.filter(({ type }) => type === 'AWS::CloudFormation::Stack').map(({ resource, status }) => `${resource} ${status}`);

export const shownStatus = (found: Given<{ readonly status: string }>) => (found.kind === 'given' ? found.value.status : found);

/** Of the outputs, ids of things; of the parameters, what they come to, and no random ids of the platform. */
export const shownStack = (found: Given<StackState>) =>
  found.kind === 'none' ? found : { ...found.value, parameters: effective(found.value), outputs: shownOutputs(found.value) };

const effective = ({ parameters }: StackState) =>
  Object.fromEntries(
    parameters.map(({ name, value, resolved }) => [
      name,
      resolved.kind === 'given' ? resolved.value.replace(ZONE, '<zone>') : value.replace(ZONE, '<zone>'),
    ]),
  );

/** As Route 53 names its zones, with moto's, which have no Z. */
const ZONE = /^[A-Z0-9]{20,}$/;

const shownOutputs = ({ outputs }: StackState) =>
  Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, value.replace(/=[^,]+/g, '=<id>')]));
