import { logGroupName } from '../../../constructs/resource.js';
import { Failure } from '../../failure.js';
import type { StreamLine } from '../../model/windows.js';
import type { LogPiece } from '../../observe/tail-log.js';
import { LogLines, type LogLineView, logLineJson } from '../../view/log-lines.js';
import { type DeployedApp, knownProcess, notDeployed, readDeployed } from './deployed.js';
import type { OutsideFlags } from './flags.js';
import { lookOf } from './look.js';
import type { AppSession } from './open.js';
import { sentence } from './sentence.js';
import { parseSince } from './since.js';
import { writeOut } from './write-out.js';

export interface LogFlags extends OutsideFlags {
  readonly follow: boolean;
  readonly process: readonly string[];
  readonly since: string;
  readonly grep?: string | undefined;
}

/** The part of a log that somebody wants to see. */
export class ShownLog {
  private shown = 0;

  private constructor(
    private readonly flags: LogFlags,
    private readonly expression: RegExp | undefined,
  ) {}

  /** Refuses flags that say nothing, before anything is asked. */
  static parse(flags: LogFlags): ShownLog {
    parseSince(flags.since, 0);
    return new ShownLog(flags, flags.grep === undefined ? undefined : parseExpression(flags.grep));
  }

  /** Shows it; gives the exit code. */
  async show(session: AppSession): Promise<number> {
    const { flags } = this;
    const [deployed, now] = await Promise.all([readDeployed(session), readNow(session)]);
    const known = Object.keys(deployed?.services.taskDefinitions ?? {});
    if (deployed !== undefined) for (const name of flags.process) knownProcess(session.name, name, known);
    const { signal } = session.interrupt;
    const since = parseSince(flags.since, now);
    const { tailLog } = await import('../../observe/tail-log.js');
    const question = {
      group: groupOf(session, deployed),
      prefix: prefixOf(flags.process),
      since,
      now,
      follow: flags.follow,
      signal,
    };
    const render = await this.renderer(known);
    for await (const piece of tailLog(session.windows, question)) {
      if (piece.kind === 'lines') await writeOut(render(piece.lines), signal);
      else this.say(session, piece, { deployed, group: question.group, age: now - since });
      if (signal.aborted) break;
    }
    return signal.aborted ? 130 : 0;
  }

  /** Lines → text, without those that nobody wants. */
  private async renderer(processes: readonly string[]): Promise<(lines: readonly StreamLine[]) => string> {
    const { logSourceOf } = await import('../../observe/log-source.js');
    const { flags, expression } = this;
    const wanted = new Set(flags.process);
    const screen = new LogLines(
      wanted.size === 0 ? processes : [...wanted],
      lookOf(process.stdout),
      process.stdout.isTTY === true,
    );
    return (lines) => {
      let text = '';
      for (const { at, stream, text: written, id } of lines) {
        const view: LogLineView = { at, ...logSourceOf(stream), text: written };
        if (wanted.size > 0 && !wanted.has(view.process)) continue;
        if (expression !== undefined && !expression.test(written)) continue;
        this.shown += 1;
        text += `${flags.json ? logLineJson(view, id) : screen.render(view)}\n`;
      }
      return text;
    };
  }

  /** What is to be said beside the lines. */
  private say(
    session: AppSession,
    { kind }: Exclude<LogPiece, { kind: 'lines' }>,
    { deployed, group, age }: { readonly deployed: DeployedApp | undefined; readonly group: string; readonly age: number },
  ): void {
    const { flags } = this;
    const talk = (text: string) => process.stderr.write(`${text}\n`);
    if (kind === 'missing') {
      if (deployed === undefined) throw notDeployed(session);
      if (!flags.follow) throw noGroup(session.name, group);
      talk(`there is no log group ${group} yet: waiting for the first line`);
      return;
    }
    const days = session.platform.logRetentionDays;
    if (age > days * DAY) talk(`lines are kept for ${days} days: what is older is gone`);
    if (deployed === undefined) talk(`${session.name} has no stack: these lines are from before`);
    if (this.shown > 0 || flags.json) return;
    talk(`no lines${this.expression === undefined ? '' : ' that match'} since ${flags.since}${isAgo(flags.since) ? ' ago' : ''}`);
    if (!flags.follow && age < DAY) talk(`next: ${sentence('logs --since 1d', session, flags)}`);
  }
}

const DAY = 86_400_000;

const isAgo = (since: string): boolean => /^[0-9]+[smhd]$/.test(since);

function parseExpression(text: string): RegExp {
  try {
    return new RegExp(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Failure(
      '--grep',
      `\`${text}\` is not a regular expression`,
      'put a backslash before ( ) [ ] { } * + ? . | ^ $ to mean the character itself',
      'usage-grep',
    );
  }
}

/** The stack says it; before its first success, and after it was deleted, the name is what every stack gives it. */
function groupOf({ platform, name }: AppSession, deployed: DeployedApp | undefined): string {
  const group = deployed?.services.logGroup ?? { kind: 'none' };
  return group.kind === 'given' ? group.value : logGroupName(platform, name);
}

/** CloudWatch takes one prefix. It also begins the streams of other processes, which are left out later. */
const prefixOf = (processes: readonly string[]): string => (processes.length === 1 ? (processes[0] as string) : '');

/** The bucket's clock. Who may not list it has only the one of this computer. */
async function readNow({ windows, place }: AppSession): Promise<number> {
  try {
    return (await windows.store.list(place.bucket, 'releases/', { limit: 1, after: { kind: 'none' } })).now;
  } catch (error) {
    if (!(error instanceof Failure) || !['permission-denied', 'outside-refused'].includes(error.code)) throw error;
    return windows.clock.now();
  }
}

const noGroup = (app: string, group: string): Failure =>
  new Failure(
    app,
    `there is no log group \`${group}\`: nothing was written yet, or somebody deleted it`,
    'wait for the first line with -f; a deleted group comes back with the next change of the stack',
    'log-group-missing',
  );
