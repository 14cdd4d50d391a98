import type {
  Change,
  CloudFormation,
  CreateChangeSetCommandInput,
  DescribeChangeSetCommandOutput,
} from '@aws-sdk/client-cloudformation';
import type { Given } from '../../model/given.js';
import type { ChangeSetInput, ChangeSetState, StacksWindow } from '../../model/windows.js';
import type { ServiceError } from './service-error.js';
import type { AwsSession } from './session.js';
import { changeSetState } from './stack-states.js';

type ChangeSetCalls = Pick<StacksWindow, 'createChangeSet' | 'changeSet' | 'executeChangeSet' | 'deleteChangeSet'>;

/** The part of CloudFormation that is about change sets. */
export function changeSetCalls(session: AwsSession, client: () => CloudFormation): ChangeSetCalls {
  const about = (action: string, stack: string, id: string) => ({
    action: `cloudformation:${action}`,
    resource: `change set ${nameOf(id)} of stack ${stack}`,
  });
  return {
    async createChangeSet(input) {
      return await session.call(about('CreateChangeSet', input.stack, input.name), async () => {
        try {
          const { Id = '' } = await client().createChangeSet(createRequest(input));
          return { kind: 'created' as const, id: Id };
        } catch (error) {
          if (!(error instanceof Error) || error.name !== 'AlreadyExistsException') throw error;
          const { ChangeSetId = '' } = await client().describeChangeSet({ StackName: input.stack, ChangeSetName: input.name });
          return { kind: 'exists' as const, id: ChangeSetId };
        }
      });
    },

    async changeSet(stack, id) {
      return await session.call<Given<ChangeSetState>>(
        about('DescribeChangeSet', stack, id),
        async () => ({ kind: 'given', value: await describe(client(), stack, id) }),
        (error) => (isMissing(error) ? { kind: 'none' } : undefined),
      );
    },

    async executeChangeSet({ stack, id, token }) {
      await session.call(about('ExecuteChangeSet', stack, id), () =>
        client().executeChangeSet({ StackName: stack, ChangeSetName: id, ClientRequestToken: token }),
      );
    },

    async deleteChangeSet(stack, id) {
      await session.call(
        about('DeleteChangeSet', stack, id),
        async () => void (await client().deleteChangeSet({ StackName: stack, ChangeSetName: id })),
        (error) => (isMissing(error) ? null : undefined),
      );
    },
  };
}

/** `arn:…:changeSet/name/uuid` → `name`. */
function nameOf(id: string): string {
  return id.startsWith('arn:') ? (id.split('/')[1] ?? id) : id;
}

function isMissing({ name, message }: ServiceError): boolean {
  return /^ChangeSetNotFound(Exception)?$/.test(name) || (name === 'ValidationError' && /does not exist/.test(message));
}

async function describe(client: CloudFormation, stack: string, id: string): Promise<ChangeSetState> {
  const changes: Change[] = [];
  let answer: DescribeChangeSetCommandOutput;
  let next: string | undefined;
  do {
    // Without property values: they are slow to get, and hold what people put into variables.
    const page = { StackName: stack, ChangeSetName: id, IncludePropertyValues: false };
    answer = await client.describeChangeSet(next === undefined ? page : { ...page, NextToken: next });
    changes.push(...(answer.Changes ?? []));
    next = answer.NextToken;
  } while (next !== undefined);
  return changeSetState(answer, changes);
}

/**
 * `ImportExistingResources`: what has a name of its own in the template, stays when the stack goes (`Retain`) and belongs to no
 * stack is taken in again instead of failing because it exists. With us that is the log group of an app that returns; everything
 * else is made as ever.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-automatically.html
 */
function createRequest(input: ChangeSetInput): CreateChangeSetCommandInput {
  const template = input.template.kind === 'body' ? { TemplateBody: input.template.body } : { TemplateURL: input.template.url };
  return {
    StackName: input.stack,
    ChangeSetName: input.name,
    ChangeSetType: input.kind === 'create' ? 'CREATE' : 'UPDATE',
    ...template,
    Parameters: Object.entries(input.parameters).map(([name, value]) => ({ ParameterKey: name, ParameterValue: value })),
    Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'],
    Description: input.description.slice(0, 1024),
    ClientToken: input.token,
    ImportExistingResources: true,
  };
}
