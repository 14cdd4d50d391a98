import type { CloudFormation } from '@aws-sdk/client-cloudformation';
import type { Given } from '../../model/given.js';
import type { StackEvent, StackState, StacksWindow } from '../../model/windows.js';
import { changeSetCalls } from './change-sets.js';
import type { ServiceError } from './service-error.js';
import { type AwsSession, allPages, given, once } from './session.js';
import { stackEvent, stackState } from './stack-states.js';
import { jsonTemplate } from './template-text.js';

/** CloudFormation. */
export function openStacks(session: AwsSession): StacksWindow {
  const client = once(() => {
    const { CloudFormation } = require('@aws-sdk/client-cloudformation') as typeof import('@aws-sdk/client-cloudformation');
    return new CloudFormation(session.settings());
  });
  return { ...readingCalls(session, client), ...changeSetCalls(session, client), ...operationCalls(session, client) };
}

/** CloudFormation has no error of its own for this: only its text tells. */
export function isStackMissing({ name, message }: ServiceError): boolean {
  return name === 'StackNotFoundException' || (name === 'ValidationError' && /Stack .*does not exist/.test(message));
}

type Reading = Pick<StacksWindow, 'describe' | 'list' | 'template' | 'resources' | 'events'>;

function readingCalls(session: AwsSession, client: () => CloudFormation): Reading {
  return {
    async describe(stack) {
      return await session.call<Given<StackState>>(
        { action: 'cloudformation:DescribeStacks', resource: `stack ${stack}` },
        async () => {
          const { Stacks: [found] = [] } = await client().describeStacks({ StackName: stack });
          return found === undefined || found.StackStatus === 'DELETE_COMPLETE' ? { kind: 'none' } : given(stackState(found));
        },
        (error) => (isStackMissing(error) ? { kind: 'none' } : undefined),
      );
    },

    async list(prefix) {
      const about = { action: 'cloudformation:DescribeStacks', resource: `stacks ${prefix}*` };
      const stacks = await session.call(about, () =>
        allPages(async (token) => {
          const answer = await client().describeStacks(token === undefined ? {} : { NextToken: token });
          return { items: answer.Stacks ?? [], next: answer.NextToken };
        }),
      );
      const wanted = stacks.filter(
        ({ StackName = '', StackStatus }) => StackName.startsWith(prefix) && StackStatus !== 'DELETE_COMPLETE',
      );
      return wanted.map(stackState).sort((a, b) => (a.name < b.name ? -1 : 1));
    },

    async template(stack) {
      const about = { action: 'cloudformation:GetTemplate', resource: `stack ${stack}` };
      return await session.call(about, async () => {
        const { TemplateBody = '' } = await client().getTemplate({ StackName: stack, TemplateStage: 'Original' });
        return await jsonTemplate(TemplateBody);
      });
    },

    async resources(stack) {
      const about = { action: 'cloudformation:ListStackResources', resource: `stack ${stack}` };
      const summaries = await session.call(about, () =>
        allPages(async (token) => {
          const answer = await client().listStackResources({
            StackName: stack,
            ...(token === undefined ? {} : { NextToken: token }),
          });
          return { items: answer.StackResourceSummaries ?? [], next: answer.NextToken };
        }),
      );
      return summaries
        .filter(({ LogicalResourceId = '', ResourceStatus }) => LogicalResourceId !== '' && ResourceStatus !== 'DELETE_COMPLETE')
        .map((one) => ({
          id: one.LogicalResourceId ?? '',
          physicalId: given(one.PhysicalResourceId || undefined),
          type: one.ResourceType ?? '',
          status: one.ResourceStatus ?? '',
          reason: given(one.ResourceStatusReason),
        }));
    },

    async events(stack, query) {
      const about = { action: 'cloudformation:DescribeStackEvents', resource: `stack ${stack}` };
      return await session.call(about, () => newestEvents(client(), stack, query));
    },
  };
}

/** CloudFormation gives the newest first: pages are read only as far back as is asked. */
async function newestEvents(
  client: CloudFormation,
  stack: string,
  { after, limit }: { readonly after: Given<string>; readonly limit: number },
): Promise<readonly StackEvent[]> {
  const events: StackEvent[] = [];
  let token: string | undefined;
  do {
    const answer = await client.describeStackEvents({ StackName: stack, ...(token === undefined ? {} : { NextToken: token }) });
    for (const event of answer.StackEvents ?? []) {
      if (events.length >= limit || (after.kind === 'given' && event.EventId === after.value)) return events.reverse();
      events.push(stackEvent(event));
    }
    token = answer.NextToken;
  } while (token !== undefined);
  return events.reverse();
}

type Operations = Pick<StacksWindow, 'cancelUpdate' | 'continueRollback' | 'delete'>;

function operationCalls(session: AwsSession, client: () => CloudFormation): Operations {
  return {
    async cancelUpdate(stack, token) {
      const about = { action: 'cloudformation:CancelUpdateStack', resource: `stack ${stack}` };
      await session.call(about, () => client().cancelUpdateStack({ StackName: stack, ClientRequestToken: token }));
    },

    async continueRollback({ stack, skip, token }) {
      const about = { action: 'cloudformation:ContinueUpdateRollback', resource: `stack ${stack}` };
      const resources = skip.length === 0 ? {} : { ResourcesToSkip: [...skip] };
      await session.call(about, () =>
        client().continueUpdateRollback({ StackName: stack, ClientRequestToken: token, ...resources }),
      );
    },

    async delete({ stack, retain, token }) {
      const resources = retain.length === 0 ? {} : { RetainResources: [...retain] };
      await session.call(
        { action: 'cloudformation:DeleteStack', resource: `stack ${stack}` },
        async () => void (await client().deleteStack({ StackName: stack, ClientRequestToken: token, ...resources })),
        (error) => (isStackMissing(error) ? null : undefined),
      );
    },
  };
}
