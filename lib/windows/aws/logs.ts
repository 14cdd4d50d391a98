import type { CloudWatchLogs, FilteredLogEvent, GetLogEventsCommandInput } from '@aws-sdk/client-cloudwatch-logs';
import type { LogLine, LogPage, LogsWindow, StreamLine } from '../../model/windows.js';
import { type AwsSession, given, once } from './session.js';

type Lines = Awaited<ReturnType<LogsWindow['read']>>;

/** A page can be empty although lines follow: so many are passed over at once. */
const EMPTY_PAGES = 5;

/** CloudWatch Logs. */
export function openLogs(session: AwsSession): LogsWindow {
  const client = once(() => {
    const { CloudWatchLogs } = require('@aws-sdk/client-cloudwatch-logs') as typeof import('@aws-sdk/client-cloudwatch-logs');
    return new CloudWatchLogs(session.settings());
  });
  return {
    async read({ group, stream, from }) {
      const back = from.kind === 'last';
      const input: GetLogEventsCommandInput = { logGroupName: group, logStreamName: stream, startFromHead: !back };
      if (from.kind === 'last') input.limit = Math.min(from.lines, 10_000);
      if (from.kind === 'token') input.nextToken = from.token;
      return await session.call<Lines>(
        { action: 'logs:GetLogEvents', resource: `log stream ${stream} of ${group}` },
        () => readPages(client(), input, back),
        // The group or the stream is made with the first line. Where to read on does not change until then.
        (error) => {
          if (error.name !== 'ResourceNotFoundException') return undefined;
          return { lines: [], token: from.kind === 'token' ? given(from.token) : { kind: 'none' } };
        },
      );
    },

    async filter({ group, prefix, from, token }) {
      return await session.call<LogPage>(
        { action: 'logs:FilterLogEvents', resource: `log group ${group}` },
        async () => {
          const { events = [], nextToken } = await client().filterLogEvents({
            logGroupName: group,
            startTime: from,
            ...(prefix === '' ? {} : { logStreamNamePrefix: prefix }),
            ...(token.kind === 'given' ? { nextToken: token.value } : {}),
          });
          // AWS sorts them; what stands in for it may go stream by stream.
          const lines = events.map(streamLine).sort((a, b) => a.at - b.at);
          return { kind: 'page', lines, token: given(nextToken) };
        },
        (error) => (error.name === 'ResourceNotFoundException' ? { kind: 'missing' } : undefined),
      );
    },

    async removeGroup(group) {
      return await session.call<boolean>(
        { action: 'logs:DeleteLogGroup', resource: `log group ${group}` },
        async () => {
          await client().deleteLogGroup({ logGroupName: group });
          return true;
        },
        (error) => (error.name === 'ResourceNotFoundException' ? false : undefined),
      );
    },
  };
}

function streamLine({
  eventId = '',
  timestamp = 0,
  ingestionTime,
  logStreamName = '',
  message = '',
}: FilteredLogEvent): StreamLine {
  return { id: eventId, at: timestamp, arrivedAt: ingestionTime ?? timestamp, stream: logStreamName, text: textOf(message) };
}

/** Without its line end. */
const textOf = (message: string): string => message.replace(/\r?\n$/, '');

/** The first page that has lines. Where to read on is behind the newest, also when pages were turned backwards. */
async function readPages(client: CloudWatchLogs, input: GetLogEventsCommandInput, back: boolean): Promise<Lines> {
  let page = await readPage(client, input);
  let { forward } = page;
  let asked = input.nextToken;
  for (let passed = 0; page.lines.length === 0 && passed < EMPTY_PAGES; passed += 1) {
    const next = back ? page.backward : page.forward;
    // The same token again: this is the end of the stream.
    if (next === undefined || next === asked) break;
    asked = next;
    page = await readPage(client, { ...input, nextToken: next });
    if (!back) forward = page.forward;
  }
  return { lines: page.lines, token: given(forward) };
}

interface Page {
  readonly lines: readonly LogLine[];
  readonly forward: string | undefined;
  readonly backward: string | undefined;
}

async function readPage(client: CloudWatchLogs, input: GetLogEventsCommandInput): Promise<Page> {
  const { events = [], nextForwardToken, nextBackwardToken } = await client.getLogEvents(input);
  const lines = events.map(({ timestamp = 0, message = '' }) => ({ at: timestamp, text: textOf(message) }));
  return { lines, forward: nextForwardToken, backward: nextBackwardToken };
}
