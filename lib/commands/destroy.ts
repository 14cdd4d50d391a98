import { Args, Flags } from '@oclif/core';
import { renderNumber } from '../view/columns.js';
import { confirmName } from './session/approval.js';
import { releaseFlags } from './session/flags.js';
import { refuseUnknownApp } from './session/known-app.js';
import { type AppSession, openApp } from './session/open.js';
import { OutsideCommand } from './session/outside-command.js';
import { sentence } from './session/sentence.js';

/** `empire destroy`: deletes an app's stack. */
export default class Destroy extends OutsideCommand {
  static override summary = 'Delete the stack of an app.';
  static override description =
    'Asks for the name; off a terminal --confirm gives it. Releases and logs stay, and numbers go on where they were; --purge removes the releases too. The app directory stays.';
  static override examples = ['<%= config.bin %> destroy hello --confirm hello --rehearse'];
  static override args = { app: Args.string({ description: 'the app' }) };
  static override flags = {
    confirm: Flags.string({ summary: 'the name of the app, off a terminal', helpValue: '<name>' }),
    purge: Flags.boolean({ summary: 'remove its releases too' }),
    events: releaseFlags.events,
  };

  async run(): Promise<number> {
    const { args, flags } = await this.parse(Destroy);
    const session = await openApp(this, args.app, flags, { directory: 'optional', intent: 'writes' });
    const { readSituation } = await import('../release/situation.js');
    const situation = await readSituation(session.engine);
    refuseUnknownApp(session, situation);
    if (situation.stack.kind === 'none' && !(flags.purge && situation.recent.length > 0)) return this.nothing(session, flags);
    const purge = flags.purge ? ' and its releases' : '';
    await confirmName(session.name, `destroying ${session.name} in ${session.environment}${purge}`, flags.confirm);
    const { destroy } = await import('../release/destroy.js');
    const done = await session.interrupt.during(async () => {
      try {
        return await destroy(session.engine, situation, { purge: flags.purge });
      } finally {
        session.screen.end();
      }
    });
    if (flags.json || flags.events) {
      this.printEnd({ destroyed: done.deleted, retained: done.retained, purged: done.purged }, flags.events);
      return 0;
    }
    const where = `${session.name} in ${session.environment}`;
    this.print(done.deleted ? `Destroyed ${where}.\n` : `Removed the releases of ${where}.\n`);
    for (const id of done.retained) this.say(`note: ${id} could not be deleted and stays behind\n`);
    if (flags.purge) this.say(`${renderNumber(done.purged, 'object')} of its history removed\n`);
    if (flags.purge) this.say('undo: there is no way back to its releases\n');
    else this.say(`next: ${sentence('releases', session, flags)}\nundo: ${sentence('deploy', session, flags)}\n`);
    return 0;
  }

  private nothing({ name }: AppSession, flags: { json: boolean; events: boolean }): number {
    if (flags.json || flags.events) this.printEnd({ destroyed: false, retained: [], purged: 0 }, flags.events);
    else this.say(`${name} has no stack: nothing to destroy\n`);
    return 0;
  }
}
