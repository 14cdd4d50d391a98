import { Args, Flags } from '@oclif/core';
import { Failure } from '../failure.js';
import type { Given } from '../model/given.js';
import type { AppEvent } from '../model/running.js';
import type { SourceMap } from '../model/template.js';
import { eventJson, eventsJson, renderEvents } from '../view/events.js';
import { dataLook } from './session/look.js';
import { OutsideCommand } from './session/outside-command.js';
import { openServing, type ServingApp } from './session/serving-app.js';
import { wholeNumber } from './session/whole-number.js';

/** Milliseconds between two looks. */
const LOOK_EVERY = 3000;

/** `empire events`: what happened to an app, as CloudFormation and ECS say it. */
export default class Events extends OutsideCommand {
  static override summary = 'List what happened to the stack and the services of an app.';
  static override description =
    "CloudFormation's and ECS's events merged, oldest first, each with the manifest line that made its resource. What people did is in `empire releases`.";
  static override examples = ['<%= config.bin %> events hello --rehearse', '<%= config.bin %> events acme-inc -n 5 --rehearse'];
  static override args = { app: Args.string({ description: 'the app' }) };
  static override flags = {
    limit: Flags.string({ char: 'n', summary: 'how many', helpValue: '<number>', default: '50' }),
    follow: Flags.boolean({ char: 'f', summary: 'go on until Ctrl-C; with --json a line for each' }),
  };

  async run(): Promise<number> {
    const { args, flags } = await this.parse(Events);
    const limit = wholeNumber('--limit', flags.limit, 1);
    const serving = await openServing(this, args.app, flags, 'reads');
    const sourceMap = await sourceMapOf(serving);
    const events = await read(serving, limit, sourceMap);
    if (!flags.follow) {
      this.print(flags.json ? `${JSON.stringify(eventsJson(serving.session.name, events), null, 2)}\n` : said(events));
      return 0;
    }
    const { interrupt } = serving.session;
    const print = flags.json ? lines : said;
    return interrupt.during(() => this.follow(serving, events, (more) => this.print(print(more)), sourceMap));
  }

  private async follow(
    serving: ServingApp,
    first: readonly AppEvent[],
    show: (events: readonly AppEvent[]) => void,
    sourceMap: Given<SourceMap>,
  ): Promise<number> {
    const { interrupt, windows } = serving.session;
    const shown = new Set(first.map(keyOf));
    show(first);
    for (;;) {
      await windows.clock.sleep(LOOK_EVERY, interrupt.signal);
      if (interrupt.signal.aborted) return 130;
      const since = first.at(-1)?.at ?? 0;
      const more = (await read(serving, MANY, sourceMap)).filter((event) => event.at >= since && !shown.has(keyOf(event)));
      for (const event of more) shown.add(keyOf(event));
      show(more);
    }
  }
}

/** Events in one look: far more than happen between two. */
const MANY = 500;

const said = (events: readonly AppEvent[]): string => renderEvents(events, dataLook());
const lines = (events: readonly AppEvent[]): string => events.map((event) => `${JSON.stringify(eventJson(event))}\n`).join('');

/** No two events of one resource say the same at the same time. */
const keyOf = ({ at, resource, status, text }: AppEvent): string => `${at} ${resource} ${status} ${text}`;

async function read({ session, stack }: ServingApp, limit: number, sourceMap: Given<SourceMap>): Promise<readonly AppEvent[]> {
  const { readEvents } = await import('../observe/index.js');
  return readEvents(session.windows, stack, { limit, sourceMap });
}

/** Of the newest release: what fails now is in no older one. Without it, events have no places. */
async function sourceMapOf({ session, situation }: ServingApp): Promise<Given<SourceMap>> {
  const [newest] = situation.recent;
  if (newest === undefined) return { kind: 'none' };
  const { History } = await import('../release/index.js');
  try {
    const text = await History.of(session.engine).object(newest.record.content.sourceMap);
    return { kind: 'given', value: JSON.parse(text) as SourceMap };
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'content-missing') throw error;
    process.stderr.write(`lines of files are not named: ${error.message}\n`);
    return { kind: 'none' };
  }
}
