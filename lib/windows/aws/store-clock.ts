import type { ListObjectsV2CommandInput, ListObjectsV2CommandOutput, S3 } from '@aws-sdk/client-s3';

/** A listing and when S3 made it, by its own clock: ages of objects must not depend on the clock of this computer. */
export async function withDate(
  client: S3,
  input: ListObjectsV2CommandInput,
): Promise<{ readonly answer: ListObjectsV2CommandOutput; readonly now: number }> {
  const { ListObjectsV2Command } = require('@aws-sdk/client-s3') as typeof import('@aws-sdk/client-s3');
  const command = new ListObjectsV2Command(input);
  let date: string | undefined;
  command.middlewareStack.add(
    (next) => async (request) => {
      const result = await next(request);
      date = dateOf(result.response);
      return result;
    },
    { step: 'deserialize', name: 'storeDate' },
  );
  const answer = await client.send(command);
  const now = Date.parse(date ?? '');
  // Every answer of S3 has a date. Without one this computer's is the only one there is.
  return { answer, now: Number.isNaN(now) ? Date.now() : now };
}

function dateOf(response: unknown): string | undefined {
  const { headers } = response as { readonly headers?: Readonly<Record<string, string>> };
  return Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === 'date')?.[1];
}
