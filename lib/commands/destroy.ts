import { Args, Flags } from '@oclif/core';
import { logGroupName } from '../../constructs/resource.js';
import type { Destroyed } from '../release/destroy.js';
import { renderNumber } from '../view/columns.js';
import { confirmName } from './session/approval.js';
import { appOf } from './session/edit-and-release.js';
import { type OutsideFlags, releaseFlags } from './session/flags.js';
import { refuseUnknownApp } from './session/known-app.js';
import { type AppSession, openApp } from './session/open.js';
import { OutsideCommand } from './session/outside-command.js';
import { sentence } from './session/sentence.js';

/** `empire destroy`: deletes an app's stack. */
export default class Destroy extends OutsideCommand {
  static override summary = 'Delete the stack of an app.';
  static override description =
    'Asks for the name; off a terminal --confirm gives it. Releases and logs stay, and numbers go on where they were; --purge removes releases and logs too. The app directory stays, and so do secret values.';
  static override examples = ['<%= config.bin %> destroy hello --confirm hello --rehearse'];
  static override args = { app: Args.string({ description: 'the app' }) };
  static override flags = {
    confirm: Flags.string({ summary: 'the name of the app, off a terminal', helpValue: '<name>' }),
    purge: Flags.boolean({ summary: 'remove its releases and its logs too' }),
    events: releaseFlags.events,
  };

  async run(): Promise<number> {
    const { args, flags } = await this.parse(Destroy);
    const session = await openApp(this, args.app, flags, { directory: 'optional', intent: 'writes' });
    const { readSituation } = await import('../release/situation.js');
    const situation = await readSituation(session.engine);
    refuseUnknownApp(session, situation);
    if (situation.stack.kind === 'none' && !(flags.purge && situation.recent.length > 0)) return this.nothing(session, flags);
    const logGroup = logGroupName(session.platform, session.name);
    const purge = flags.purge ? `, its releases and its logs (${logGroup})` : '';
    await confirmName(session.name, `destroying ${session.name} in ${session.environment}${purge}`, flags.confirm);
    const { destroy } = await import('../release/destroy.js');
    const done = await session.interrupt.during(async () => {
      try {
        return await destroy(session.engine, situation, { purge: flags.purge, logGroup });
      } finally {
        session.screen.end();
      }
    });
    this.end(session, flags, { ...done, logGroup });
    return 0;
  }

  private end(
    session: AppSession,
    flags: OutsideFlags & { readonly events: boolean; readonly purge: boolean },
    { deleted, retained, purged, logs, logGroup }: Destroyed & { readonly logGroup: string },
  ): void {
    if (flags.json || flags.events) {
      this.printEnd({ destroyed: deleted, retained, purged, logGroup: logs ? logGroup : null }, flags.events);
      return;
    }
    const where = `${session.name} in ${session.environment}`;
    this.print(deleted ? `Destroyed ${where}.\n` : `Removed what was left of ${where}.\n`);
    for (const id of retained) this.say(`note: ${id} could not be deleted and stays behind\n`);
    if (!flags.purge) {
      this.say(`next: ${sentence('releases', session, flags)}\nundo: ${sentence('deploy', session, flags)}\n`);
      return;
    }
    this.say(`${renderNumber(purged, 'object')} of its history removed\n`);
    if (logs) this.say(`the log group ${logGroup} was removed with its logs\n`);
    for (const parameter of ownParameters(session))
      this.say(`note: the parameter ${parameter} stays with its value: \`aws ssm delete-parameter --name ${parameter}\`\n`);
    this.say('undo: there is no way back to its releases and logs\n');
  }

  private nothing({ name }: AppSession, flags: { json: boolean; events: boolean }): number {
    if (flags.json || flags.events) this.printEnd({ destroyed: false, retained: [], purged: 0 }, flags.events);
    else this.say(`${name} has no stack: nothing to destroy\n`);
    return 0;
  }
}

/** Where `empire set --secret` keeps values: they are in no stack, and may be all there is of them. */
function ownParameters(session: AppSession): readonly string[] {
  const { prefix, environment } = session.platform;
  const app = appOf(session);
  const references = app.kind === 'given' ? app.value.secrets.map(({ reference }) => reference) : [];
  const parameters = references.flatMap((reference) => (reference.kind === 'ssm' ? [reference.parameter] : []));
  return parameters.filter((name) => name.startsWith(`/${prefix}/${environment}/${session.name}/`));
}
