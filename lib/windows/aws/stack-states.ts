import type { Change, DescribeChangeSetCommandOutput, StackEvent as SdkEvent, Stack } from '@aws-sdk/client-cloudformation';
import type { ChangeSetChange, ChangeSetState, StackEvent, StackState, StackStatus } from '../../model/windows.js';
import { given } from './session.js';

/** What CloudFormation says of a stack, in the model's words. */
export function stackState(stack: Stack): StackState {
  return {
    id: stack.StackId ?? '',
    name: stack.StackName ?? '',
    status: stack.StackStatus as StackStatus,
    reason: given(stack.StackStatusReason),
    parameters: (stack.Parameters ?? []).map(({ ParameterKey = '', ParameterValue = '', ResolvedValue }) => ({
      name: ParameterKey,
      value: ParameterValue,
      resolved: given(ResolvedValue),
    })),
    outputs: Object.fromEntries((stack.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue])),
    createdAt: stack.CreationTime?.getTime() ?? 0,
    updatedAt: given(stack.LastUpdatedTime?.getTime()),
  };
}

export function stackEvent(event: SdkEvent): StackEvent {
  return {
    id: event.EventId ?? '',
    at: event.Timestamp?.getTime() ?? 0,
    resource: event.LogicalResourceId ?? '',
    physicalId: given(event.PhysicalResourceId || undefined),
    type: event.ResourceType ?? '',
    status: event.ResourceStatus ?? '',
    reason: given(event.ResourceStatusReason),
    token: given(event.ClientRequestToken),
  };
}

/** How CloudFormation says that there is nothing to change: as a failure, and only in words. */
const EMPTY = /didn't contain changes|No updates are to be performed/i;

export function changeSetState(answer: DescribeChangeSetCommandOutput, changes: readonly Change[]): ChangeSetState {
  const status = answer.Status ?? 'FAILED';
  const reason = answer.StatusReason;
  return {
    id: answer.ChangeSetId ?? '',
    name: answer.ChangeSetName ?? '',
    // One whose deletion has begun can no longer be executed, however that ends.
    status: status.startsWith('DELETE_') ? 'DELETED' : (status as ChangeSetState['status']),
    execution: answer.ExecutionStatus ?? 'UNAVAILABLE',
    reason: given(reason),
    empty: status === 'FAILED' && EMPTY.test(reason ?? ''),
    changes: changes.flatMap(changeOf),
  };
}

const ACTIONS: readonly ChangeSetChange['action'][] = ['Add', 'Modify', 'Remove', 'Import', 'Dynamic'];

function changeOf({ ResourceChange: change }: Change): ChangeSetChange[] {
  if (change === undefined) return [];
  const names = (change.Details ?? []).flatMap(({ Target }) => {
    if (Target?.Attribute === 'Tags') return ['Tags'];
    return Target?.Attribute === 'Properties' && Target.Name !== undefined ? [Target.Name] : [];
  });
  return [
    {
      action: ACTIONS.find((one) => one === change.Action) ?? 'Modify',
      id: change.LogicalResourceId ?? '',
      type: change.ResourceType ?? '',
      physicalId: given(change.PhysicalResourceId),
      replacement: change.Replacement ?? 'False',
      policy: policyOf(change.PolicyAction),
      properties: [...new Set(names)].sort(),
    },
  ];
}

/** `ReplaceAndRetain` and `Retain` say the same of what is there now. */
function policyOf(action: string | undefined): ChangeSetChange['policy'] {
  if (action?.endsWith('Retain')) return 'Retain';
  return action?.endsWith('Snapshot') ? 'Snapshot' : 'Delete';
}
