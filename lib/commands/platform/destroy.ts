import { Flags } from '@oclif/core';
import { Failure } from '../../failure.js';
import type { DestroyedPlatform } from '../../release/platform/index.js';
import { renderNumber } from '../../view/columns.js';
import { confirmName } from '../session/approval.js';
import { type OutsideFlags, releaseFlags } from '../session/flags.js';
import { OutsideCommand } from '../session/outside-command.js';
import { openPlatform, type PlatformSession, platformSentence } from '../session/platform-session.js';

/** `empire platform destroy`: deletes the shared ground. */
export default class PlatformDestroy extends OutsideCommand {
  static override summary = 'Delete the platform, when no app stands on it.';
  static override description =
    'Refused while apps stand on it. Asks for the name of the environment; off a terminal --confirm gives it. The bucket of releases stays, and the next platform of this environment takes it in again; --purge removes it with everything in it. What was adopted is never touched.';
  static override examples = ['<%= config.bin %> platform destroy -e production --confirm production --rehearse'];
  static override flags = {
    confirm: Flags.string({ summary: 'the name of the environment, off a terminal', helpValue: '<name>' }),
    purge: Flags.boolean({ summary: 'remove the bucket of releases too' }),
    events: releaseFlags.events,
  };

  async run(): Promise<number> {
    const { flags } = await this.parse(PlatformDestroy);
    const session = await openPlatform(this, flags, 'writes');
    const { environment, engine } = session;
    if (flags.purge) refuseAdopted(session);
    const { destroyPlatform, readPlatformSituation, refuseStanding } = await import('../../release/platform/index.js');
    const situation = await readPlatformSituation(engine);
    refuseStanding(environment, situation.apps);
    const bucket = flags.purge && (await engine.windows.store.exists(engine.place.bucket));
    if (situation.stack.kind === 'none' && !situation.published && !bucket) return this.nothing(environment, flags);
    const purge = flags.purge ? ' and the bucket of its releases' : '';
    await confirmName(environment, `destroying the platform of ${environment}${purge}`, flags.confirm);
    const done = await session.interrupt.during(async () => {
      try {
        return await destroyPlatform(engine, { purge: flags.purge, sourceMap: session.compiled.sourceMap });
      } finally {
        session.screen.end();
      }
    });
    this.end(session, flags, done);
    return 0;
  }

  private nothing(environment: string, flags: { json: boolean; events: boolean }): number {
    if (flags.json || flags.events) this.printEnd({ destroyed: false, retained: [], purged: null }, flags.events);
    else this.say(`there is no platform of ${environment}: nothing to destroy\n`);
    return 0;
  }

  private end(
    { environment, engine }: PlatformSession,
    flags: OutsideFlags & { readonly events: boolean; readonly purge: boolean },
    { deleted, retained, purged }: DestroyedPlatform,
  ): void {
    const { bucket } = engine.place;
    if (flags.json || flags.events) {
      this.printEnd({ destroyed: deleted, retained, purged: flags.purge ? purged : null }, flags.events);
      return;
    }
    this.print(deleted ? `Destroyed the platform of ${environment}.\n` : `Removed the bucket of ${environment}.\n`);
    for (const id of retained) this.say(`note: ${id} could not be deleted and stays behind\n`);
    if (flags.purge) this.say(`the bucket ${bucket} was removed with ${renderNumber(purged, 'object')}\n`);
    else this.say(`the bucket ${bucket} stays: the next platform of ${environment} takes it in again\n`);
    this.say(
      `undo: ${platformSentence('platform deploy', environment, flags)}${flags.purge ? '; there is no way back to its releases' : ''}\n`,
    );
  }
}

/** What is adopted belongs to somebody else. */
function refuseAdopted({ compiled: { ground }, environment }: PlatformSession): void {
  const { bucket } = ground.platform;
  if (bucket.kind === 'none') return;
  throw new Failure(
    `s3://${bucket.value}`,
    'the platform adopted this bucket and does not delete it',
    `leave out --purge; the releases are below \`releases/${environment}/\` in it`,
    'bucket-adopted',
  );
}
