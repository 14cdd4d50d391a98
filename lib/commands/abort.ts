import { Args } from '@oclif/core';
import { Failure } from '../failure.js';
import type { Given } from '../model/given.js';
import type { ReleaseRecord } from '../model/release.js';
import type { Aborted } from '../release/abort.js';
import { releaseJson } from '../view/release-json.js';
import { type OutsideFlags, releaseFlags } from './session/flags.js';
import { refuseUnknownApp } from './session/known-app.js';
import { type AppSession, openApp } from './session/open.js';
import { OutsideCommand } from './session/outside-command.js';
import { sentence } from './session/sentence.js';

/** `empire abort`: stops the release that is being made. */
export default class Abort extends OutsideCommand {
  static override summary = 'Stop the release that is being made.';
  static override description =
    'Cancels its update and waits until what ran before runs again. Releases that wait behind it have their turn then.';
  static override examples = ['<%= config.bin %> abort hello --rehearse'];
  static override args = { app: Args.string({ description: 'the app' }) };
  static override flags = { events: releaseFlags.events };

  async run(): Promise<number> {
    const { args, flags } = await this.parse(Abort);
    const session = await openApp(this, args.app, flags, { directory: 'optional', intent: 'writes' });
    const aborted = await stopped(session);
    if (session.interrupt.signal.aborted) throw goesOn(session, flags);
    if (flags.json || flags.events) this.printEnd(abortedJson(aborted), flags.events);
    else if (aborted.kind === 'nothing') this.say(`no release of ${session.name} is being made\n`);
    else {
      this.print(`Stopped v${aborted.record.number} of ${session.name}.\n`);
      this.say(`${servesWords(aborted.serves)}\nnext: ${sentence('releases', session, flags)}\n`);
      this.say(`undo: ${sentence('deploy', session, flags)}\n`);
    }
    return 0;
  }
}

const goesOn = (session: AppSession, flags: OutsideFlags): Failure =>
  new Failure(
    session.name,
    'stopped looking; what ran before is still being restored',
    `see how it ends with \`${sentence('releases', session, flags)}\``,
    'interrupted',
  );

function abortedJson(aborted: Aborted): object {
  if (aborted.kind === 'nothing') return { stopped: null, serves: null };
  const { record, serves } = aborted;
  return { stopped: releaseJson(record), serves: serves.kind === 'given' ? releaseJson(serves.value) : null };
}

async function stopped(session: AppSession): Promise<Aborted> {
  const { readSituation } = await import('../release/situation.js');
  const { abort } = await import('../release/abort.js');
  const situation = await readSituation(session.engine);
  refuseUnknownApp(session, situation);
  return session.interrupt.during(async () => {
    try {
      return await abort(session.engine, situation, session.caller.arn);
    } finally {
      session.screen.end();
    }
  });
}

const servesWords = (serves: Given<ReleaseRecord>): string =>
  serves.kind === 'given' ? `v${serves.value.number} serves` : 'nothing serves';
