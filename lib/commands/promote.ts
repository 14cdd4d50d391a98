import { Args, Flags } from '@oclif/core';
import { Failure } from '../failure.js';
import type { ReleaseRecord } from '../model/release.js';
import { chooseEnvironment } from './session/choose.js';
import { deployChange } from './session/deploy-change.js';
import { type ReleaseFlags, releaseFlags } from './session/flags.js';
import { openLocal } from './session/local.js';
import { type AppSession, joinApp, openApp, openOutside } from './session/open.js';
import { OutsideCommand } from './session/outside-command.js';
import { releaseApp } from './session/release-path.js';

/** `empire promote`: what runs in one environment, byte for byte, in another. */
export default class Promote extends OutsideCommand {
  static override summary = 'Release the image that runs in another environment.';
  static override description =
    "Takes the digest that serves in --from, writes it to this environment's `image` file, and releases it. The tag may have moved since; the digest has not.";
  static override examples = ['<%= config.bin %> promote hello --from default -e production --rehearse'];
  static override args = { app: Args.string({ description: 'the app' }) };
  static override flags = {
    ...releaseFlags,
    from: Flags.string({ summary: 'the environment that runs it now', helpValue: '<environment>', required: true }),
  };

  async run(): Promise<number> {
    const { args, flags } = await this.parse(Promote);
    if (chooseEnvironment(flags) === flags.from) throw sameEnvironment(flags.from);
    const session = await openApp(this, args.app, flags);
    const image = imageOf(await this.serving(session, flags));
    return releaseApp(session, deployChange({ kind: 'given', value: image }, session.environment, flags, true));
  }

  /** The release that serves in the other environment. */
  private async serving(session: AppSession, flags: ReleaseFlags & { readonly from: string }): Promise<ReleaseRecord> {
    const from = openLocal('promote', session.name, { ...flags, app: undefined, environment: flags.from }, 'needed');
    const outside = await openOutside({ ...flags, region: undefined }, from.platform, from.repository.root);
    const { engine } = joinApp(from, outside, {
      screen: session.screen,
      interrupt: session.interrupt,
      compiler: this.config.version,
    });
    const { readSituation } = await import('../release/situation.js');
    const { current } = await readSituation(engine);
    if (current.kind === 'given') return current.value;
    throw new Failure(
      `${session.name} in ${flags.from}`,
      'nothing of it serves there',
      `deploy it there first: \`empire deploy ${session.name} -e ${flags.from}\``,
      'promote-nothing',
    );
  }
}

/** The app's own image comes first. `remind101/acme-inc:v2@sha256:…`: the tag is for people. */
function imageOf({ images, app }: ReleaseRecord): string {
  const [own] = images;
  if (own === undefined) throw new Failure(app, 'its release has no image', 'deploy it again there', 'promote-nothing');
  const { reference, digest } = own;
  return reference.includes('@') ? reference : `${reference}@${digest}`;
}

const sameEnvironment = (environment: string): Failure =>
  new Failure('--from', `${environment} is also where to`, 'name the target with `-e`', 'usage-same-environment');
