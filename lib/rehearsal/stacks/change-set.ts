import type { ChangeSetInput } from '../../model/windows.js';
import type { World } from '../world.js';
import { changesOf, type FoundChanges } from './changes.js';
import { COMPARING, PENDING } from './durations.js';
import { mintUuid } from './mint.js';
import { resolveParameters } from './parameters.js';
import { refused } from './refusal.js';
import type { SimulatedChangeSet, SimulatedStack } from './state.js';
import { parseTemplate } from './template.js';

/** Quotas page: inline, and behind a URL. */
const MOST_INLINE = 51_200;
const MOST_BYTES = 1_000_000;

/** When neither a resource nor an output would be another one (roadmap issue 2027): a parameter that nothing uses is no change. */
const NOTHING = "The submitted information didn't contain changes. Submit different information to create a change set.";
/** Issue aws/aws-cdk-cli#1000 quotes it. */
const CONFLICT =
  'The following hook(s)/validation failed: [AWS::EarlyValidation::ResourceExistenceCheck]. To troubleshoot Early Validation errors, use the DescribeEvents API for detailed failure information.';
/** Pull request aws/aws-cdk-cli#1367 quotes it. */
const UNSAFE =
  "CloudFormation is attempting to import some resources because they already exist in your account. The resources must have the DeletionPolicy attribute set to 'Retain' or 'RetainExceptOnCreate' in the template for successful import. The affected resources are ";

/** CreateChangeSet: what is wrong with the template or its parameters is refused now, the comparison takes a moment. */
export function makeChangeSet(world: World, stack: SimulatedStack, input: ChangeSetInput): SimulatedChangeSet {
  const body = bodyOf(world, input);
  const template = parseTemplate(body);
  const parameters = resolveParameters(world, template, input.parameters);
  refuseOtherTypes(stack, body);
  const found = changesOf(world, stack, template, parameters);
  const empty = stack.template !== '' && found.changes.length === 0 && !found.outputsDiffer && found.conflicts.length === 0;
  const reason = empty ? NOTHING : faultOf(found);
  return {
    id: `arn:${world.partition}:cloudformation:${world.region}:${world.account}:changeSet/${input.name}/${mintUuid(world)}`,
    name: input.name,
    kind: input.kind,
    status: 'CREATE_PENDING',
    execution: 'UNAVAILABLE',
    reason,
    empty,
    changes: reason === '' ? found.changes : [],
    template: body,
    parameters,
    imports: found.changes.flatMap(({ action, id }) => (action === 'Import' ? [id] : [])),
    wakesAt: world.now + PENDING,
  };
}

/** Why it can never be executed; empty when it can. */
function faultOf({ conflicts, unsafe }: FoundChanges): string {
  if (conflicts.length > 0) return CONFLICT;
  return unsafe.length > 0 ? `${UNSAFE}${unsafe.join(', ')}` : '';
}

/** Its time has come: it is being worked out, and then it is worked out. */
export function moveChangeSet(changeSet: SimulatedChangeSet, now: number): void {
  if (changeSet.status === 'CREATE_PENDING') {
    changeSet.status = 'CREATE_IN_PROGRESS';
    changeSet.wakesAt = now + COMPARING;
    return;
  }
  changeSet.wakesAt = 0;
  changeSet.status = changeSet.reason === '' ? 'CREATE_COMPLETE' : 'FAILED';
  // Obsolete by now, when the stack was changed in the meantime.
  if (changeSet.status === 'CREATE_COMPLETE' && changeSet.execution === 'UNAVAILABLE') changeSet.execution = 'AVAILABLE';
}

/** Whether it is not worked out yet. */
export const isUnfinished = ({ wakesAt }: SimulatedChangeSet): boolean => wakesAt > 0;

function bodyOf(world: World, { template }: ChangeSetInput): string {
  const body = template.kind === 'body' ? template.body : world.object(template.url);
  if (body === undefined) throw refused('S3 error: The specified key does not exist.');
  const bytes = Buffer.byteLength(body);
  if (template.kind === 'body' && bytes > MOST_INLINE)
    throw refused(
      `1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${MOST_INLINE}`,
    );
  if (bytes > MOST_BYTES) throw refused(`Template may not exceed ${MOST_BYTES} bytes in size.`);
  return body;
}

function refuseOtherTypes(stack: SimulatedStack, body: string): void {
  const { resources } = parseTemplate(body);
  const other = [...resources].filter(
    ([id, { type }]) => stack.resources[id] !== undefined && stack.resources[id]?.type !== type,
  );
  if (other.length > 0)
    throw refused(
      `Update of resource type is not permitted. The new template modifies resource type of the following resources: [${other.map(([id]) => id).join(', ')}]`,
    );
}
