import { Args } from '@oclif/core';
import { Failure } from '../failure.js';
import type { ReleaseRecord } from '../model/release.js';
import { releaseJson } from '../view/release-json.js';
import { renderWhy } from '../view/why.js';
import { refuseUnknownApp } from './session/known-app.js';
import { lookOf } from './session/look.js';
import { type AppSession, openApp } from './session/open.js';
import { OutsideCommand } from './session/outside-command.js';
import { findRelease, parseReleaseNumber } from './session/release-number.js';
import { sentence } from './session/sentence.js';

/** `empire why`: what went wrong with a release. */
export default class Why extends OutsideCommand {
  static override summary = 'Say why a release failed.';
  static override description =
    'The first cause and the manifest line it came from, what shows it, what had changed, and what to do. Without a release, the newest that failed.';
  static override examples = ['<%= config.bin %> why v2 -a hello --rehearse'];
  static override args = {
    app: Args.string({ description: 'the app; or the release' }),
    release: Args.string({ description: 'the release: v12' }),
  };

  async run(): Promise<number> {
    const { args, flags } = await this.parse(Why);
    const [app, release] = meant(args.app, args.release);
    const session = await openApp(this, app, flags, { directory: 'optional', intent: 'reads' });
    const record = release === undefined ? await newestFailed(session) : await findRelease(session.engine, release);
    if (record === undefined) {
      if (flags.json) this.printJson({ release: null });
      else this.say(`no release of ${session.name} has failed\n`);
      return 0;
    }
    if (flags.json) this.printJson({ release: releaseJson(record) });
    else this.print(renderWhy(record, lookOf(process.stdout)));
    if (!flags.json && record.status === 'failed') this.say(`next: ${sentence('releases', session, flags)}\n`);
    return 0;
  }
}

/** `why hello v3`, `why v3 -a hello`, `why hello`. */
function meant(first: string | undefined, second: string | undefined): [string | undefined, string | undefined] {
  if (second !== undefined || first === undefined || parseReleaseNumber(first).kind === 'none') return [first, second];
  return [undefined, first];
}

async function newestFailed(session: AppSession): Promise<ReleaseRecord | undefined> {
  const { engine, name } = session;
  const { History } = await import('../release/history.js');
  const recent = await History.of(engine).recent(LOOKED_AT);
  if (recent.length === 0) refuseUnknownApp(session, { stack: { kind: 'none' }, recent });
  if (recent.length === 0)
    throw new Failure(name, 'it has no releases yet', `make the first: \`empire deploy ${name}\``, 'release-unknown');
  return recent.map(({ record }) => record).find(({ status }) => status === 'failed');
}

/** Releases that are looked through for one that failed. */
const LOOKED_AT = 100;
