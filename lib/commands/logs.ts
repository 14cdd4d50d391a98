import { Args, Flags } from '@oclif/core';
import { openApp } from './session/open.js';
import { OutsideCommand } from './session/outside-command.js';
import { ShownLog } from './session/shown-log.js';

/** `empire logs`: what the processes write. */
export default class Logs extends OutsideCommand {
  static override summary = 'Show what the processes of an app write.';
  static override description =
    'The lines of all processes side by side, by their time: when, which process and task, and what. Of the last ten minutes, or from --since on; -f goes on with what comes, and shows every line once, whatever clock wrote it. --json prints a line of JSON for each: at, process, container, task, id, text.';
  static override examples = [
    '<%= config.bin %> logs acme-inc --rehearse',
    '<%= config.bin %> logs acme-inc -p web --since 1h --grep "GET /orders" --rehearse',
    '<%= config.bin %> logs -a acme-inc -p web -p worker --json --rehearse',
  ];
  static override args = { app: Args.string({ description: 'the app' }) };
  static override flags = {
    follow: Flags.boolean({ char: 'f', summary: 'go on with the lines that come' }),
    process: Flags.string({
      char: 'p',
      multiple: true,
      multipleNonGreedy: true,
      default: [],
      defaultHelp: async () => undefined,
      summary: 'only this process; may be given again',
      helpValue: '<process>',
    }),
    since: Flags.string({
      summary: 'from so long ago, or from a time: 90s, 1h, 2026-06-04T14:27:00Z',
      helpValue: '<time>',
      default: '10m',
    }),
    grep: Flags.string({ summary: 'only lines that this regular expression matches', helpValue: '<expression>' }),
  };

  async run(): Promise<number> {
    const { args, flags } = await this.parse(Logs);
    const wanted = ShownLog.parse(flags);
    const session = await openApp(this, args.app, flags, { directory: 'optional', intent: 'reads' });
    return session.interrupt.during(() => wanted.show(session));
  }
}
