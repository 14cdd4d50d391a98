import type { Parameter, SSM } from '@aws-sdk/client-ssm';
import { Failure } from '../../failure.js';
import type { ParametersWindow } from '../../model/windows.js';
import { type AwsSession, inBatches, once } from './session.js';

/** GetParameters takes so many names. */
const NAMES = 10;

/** A filter of DescribeParameters takes so many values. */
const FILTERED = 50;

/** SSM Parameter Store. */
export function openParameters(session: AwsSession): ParametersWindow {
  const client = once(() => {
    const { SSM } = require('@aws-sdk/client-ssm') as typeof import('@aws-sdk/client-ssm');
    return new SSM(session.settings());
  });
  return {
    async existing(names) {
      const asked = new Map(names.map((name) => [name, withoutSelector(name)]));
      const batches = await Promise.all(
        inBatches([...new Set(asked.values())], FILTERED).map((batch) => describeNames(session, client(), batch)),
      );
      const found = new Set(batches.flat());
      return new Set(names.filter((name) => found.has(asked.get(name) as string)));
    },

    async values(names) {
      const batches = await Promise.all(
        inBatches([...new Set(names)], NAMES).map(async (batch) => {
          const about = { action: 'ssm:GetParameters', resource: `parameters ${batch.join(', ')}` };
          const { Parameters = [] } = await session.call(about, () =>
            client().getParameters({ Names: batch, WithDecryption: false }),
          );
          return batch.flatMap((name) => namedValue(name, Parameters));
        }),
      );
      return Object.fromEntries(batches.flat());
    },

    async putSecret(name, value) {
      const about = { action: 'ssm:PutParameter', resource: `parameter ${name}` };
      const input = { Name: name, Value: value, Type: 'SecureString' as const, Overwrite: true };
      const { Version } = await withoutValue(value, () => session.call(about, () => client().putParameter(input)));
      return Version ?? 1;
    },

    async remove(name) {
      await session.call(
        { action: 'ssm:DeleteParameter', resource: `parameter ${name}` },
        async () => void (await client().deleteParameter({ Name: name })),
        (error) => (error.name === 'ParameterNotFound' ? null : undefined),
      );
    },
  };
}

/** Metadata only: AWS gives no value with it. */
async function describeNames(session: AwsSession, client: SSM, names: readonly string[]): Promise<string[]> {
  const about = { action: 'ssm:DescribeParameters', resource: `parameters ${names.join(', ')}` };
  const filter = { Key: 'Name', Option: 'Equals', Values: [...names] };
  const found: string[] = [];
  let next: string | undefined;
  do {
    const page = await session.call(about, () => client.describeParameters({ ParameterFilters: [filter], NextToken: next }));
    found.push(...(page.Parameters ?? []).flatMap(({ Name }) => (Name === undefined ? [] : [Name])));
    next = page.NextToken;
  } while (next !== undefined);
  return found;
}

/** `/db:3` and `/db:latest` are versions of `/db`. */
const withoutSelector = (name: string): string => name.replace(/:[^:/]+$/, '');

/** A parameter can be asked for by name, by ARN, and with a version or label behind either. */
function namedValue(asked: string, found: readonly Parameter[]): [string, string][] {
  const one = found.find(({ Name = '', ARN = '', Selector = '' }) =>
    [Name, ARN, `${Name}${Selector}`, `${ARN}${Selector}`].includes(asked),
  );
  return one?.Value === undefined ? [] : [[asked, one.Value]];
}

/** AWS repeats a value that it refuses. A secret must not reach the screen that way. */
async function withoutValue<T>(value: string, put: () => Promise<T>): Promise<T> {
  try {
    return await put();
  } catch (error) {
    if (!(error instanceof Failure) || value === '') throw error;
    throw new Failure(error.where, error.what.replaceAll(value, '***'), error.hint.replaceAll(value, '***'), error.code);
  }
}
