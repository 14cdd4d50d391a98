import { Args, Flags } from '@oclif/core';
import { renderPs } from '../view/ps.js';
import { psJson } from '../view/ps-json.js';
import type { OutsideFlags } from './session/flags.js';
import { dataLook } from './session/look.js';
import { OutsideCommand } from './session/outside-command.js';
import { type RunningApp, readRunningApp, worthShowing } from './session/running.js';
import { sentence } from './session/sentence.js';
import { inMaintenance, openServing, readServing, type ServingApp } from './session/serving-app.js';
import { watch } from './session/watch.js';

interface PsFlags extends OutsideFlags {
  readonly all: boolean;
}

/** `empire ps`: the tasks of an app. */
export default class Ps extends OutsideCommand {
  static override summary = 'List what runs of an app.';
  static override description =
    'A line per task: the release in which its definition came, process and id, size, state, age, command, and why it waits or stopped. Below, the processes that do not have as many tasks as they want.';
  static override examples = ['<%= config.bin %> ps hello --rehearse', '<%= config.bin %> ps acme-inc --json --rehearse'];
  static override args = { app: Args.string({ description: 'the app' }) };
  static override flags = {
    all: Flags.boolean({ summary: 'also what stopped, as long as ECS remembers it (about an hour)' }),
    watch: Flags.boolean({ summary: 'again and again, until Ctrl-C' }),
  };

  async run(): Promise<number> {
    const { args, flags } = await this.parse(Ps);
    const serving = await openServing(this, args.app, flags, 'reads');
    if (flags.watch) return this.watch(serving, flags);
    const running = await readRunningApp(serving);
    this.print(picture(serving, running, flags));
    if (!flags.json && running.tasks.every(({ status }) => status === 'STOPPED')) this.say(nothing(serving, running, flags));
    return 0;
  }

  private watch({ session }: ServingApp, flags: PsFlags): Promise<number> {
    const { interrupt, windows } = session;
    return interrupt.during(() =>
      watch({
        clock: windows.clock,
        signal: interrupt.signal,
        look: async () => {
          const serving = await readServing(session);
          return picture(serving, await readRunningApp(serving), flags);
        },
      }),
    );
  }
}

function picture({ session, situation }: ServingApp, running: RunningApp, flags: PsFlags): string {
  const tasks = flags.all ? running.tasks : worthShowing(running);
  const { processes } = running;
  if (!flags.json) return renderPs(tasks, processes, session.windows.clock.now(), dataLook());
  const { current } = situation;
  const release = current.kind === 'given' ? ({ kind: 'given', value: current.value.number } as const) : current;
  const { name: app, environment } = session;
  return `${JSON.stringify(psJson({ app, environment, release, processes, tasks }), null, 2)}\n`;
}

/** What to say when nothing is there to see. */
function nothing(serving: ServingApp, { processes }: RunningApp, flags: PsFlags): string {
  const { session } = serving;
  const off = inMaintenance(serving);
  const wanted = processes.some((process) => process.wanted > 0);
  const next = off ? 'maintenance off' : wanted ? 'events' : 'scale';
  return `nothing of ${session.name} runs${off ? ': it is in maintenance' : ''}\nnext: ${sentence(next, session, flags)}\n`;
}
