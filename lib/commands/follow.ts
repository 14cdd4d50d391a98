import { Args } from '@oclif/core';
import type { Given } from '../model/given.js';
import type { ReleaseRecord } from '../model/release.js';
import { releaseViewJson } from '../view/release-json.js';
import { parseTimeout, releaseFlags } from './session/flags.js';
import { unlessInterrupted } from './session/follow.js';
import { refuseUnknownApp } from './session/known-app.js';
import { type AppSession, openApp } from './session/open.js';
import { codeOf, errorOf, sayRelease } from './session/outcome.js';
import { OutsideCommand } from './session/outside-command.js';

/** `empire follow`: watches the release that is being made. */
export default class Follow extends OutsideCommand {
  static override summary = 'Follow the release that is being made.';
  static override description =
    'Whoever began it. When nobody works on it any more (its process was killed, or it was begun with --no-wait), this one brings it to its end. Ctrl-C stops the following, not the release.';
  static override examples = ['<%= config.bin %> follow hello --rehearse'];
  static override args = { app: Args.string({ description: 'the app' }) };
  static override flags = { events: releaseFlags.events, timeout: releaseFlags.timeout };

  async run(): Promise<number> {
    const { args, flags } = await this.parse(Follow);
    const timeoutSeconds = parseTimeout(flags.timeout);
    const session = await openApp(this, args.app, flags, { directory: 'optional', intent: 'writes' });
    const { readSituation } = await import('../release/situation.js');
    const situation = await readSituation(session.engine);
    refuseUnknownApp(session, situation);
    const [first] = situation.unfinished;
    if (first === undefined) return this.nothing(session, situation.current, flags);
    const record = unlessInterrupted(session, flags, await followed(session, first.record.number, timeoutSeconds));
    if (!flags.json && !flags.events) {
      sayRelease(session, flags, record, () => `v${record.number} serves ${record.app}.`);
      return codeOf(record);
    }
    const current =
      record.status === 'succeeded' ? ({ kind: 'given', value: record.number } as const) : ({ kind: 'none' } as const);
    const facts = { release: releaseViewJson(record, current) };
    this.printEnd(codeOf(record) === 0 ? facts : { error: errorOf(record), ...facts }, flags.events);
    return codeOf(record);
  }

  private nothing({ name }: AppSession, current: Given<ReleaseRecord>, flags: { json: boolean; events: boolean }): number {
    if (flags.json || flags.events) this.printEnd({ release: null }, flags.events);
    else this.say(`no release of ${name} is being made${current.kind === 'given' ? `: v${current.value.number} serves` : ''}\n`);
    return 0;
  }
}

async function followed(session: AppSession, number: number, timeoutSeconds: number): Promise<ReleaseRecord> {
  const { followOther } = await import('../release/index.js');
  return session.interrupt.during(async () => {
    try {
      return await followOther(session.engine, number, { timeoutSeconds });
    } finally {
      session.screen.end();
    }
  });
}
