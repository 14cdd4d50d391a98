import { Args, Flags } from '@oclif/core';
import { Failure } from '../failure.js';
import type { Given } from '../model/given.js';
import { readFolder } from '../windows/disk.js';
import { chooseRepository } from './session/choose.js';
import { appOfImage, deployChange, isImage } from './session/deploy-change.js';
import { deploySeveral } from './session/deploy-several.js';
import { draft } from './session/draft.js';
import { releaseFlags } from './session/flags.js';
import { directoryOf, openLocal } from './session/local.js';
import { openApp } from './session/open.js';
import { OutsideCommand } from './session/outside-command.js';
import { releaseApp } from './session/release-path.js';
import { severalFlags, withDefaultRef } from './session/several.js';
import { wholeNumber } from './session/whole-number.js';

/** `empire deploy`: releases the app, or several. */
export default class Deploy extends OutsideCommand {
  static override summary = 'Release an app.';
  static override description =
    'Compiles the app directory, shows what changes, and releases it. With an image, first writes it to the `image` file. Asks on a terminal; --yes does not ask.';
  static override examples = [
    '<%= config.bin %> deploy hello --rehearse',
    '<%= config.bin %> deploy remind101/acme-inc:v2 --yes --rehearse',
    '<%= config.bin %> deploy --all --yes --rehearse',
  ];
  static override args = {
    app: Args.string({ description: 'the app; with `/`, `:` or `@` in it, the image' }),
    image: Args.string({ description: 'the image to release' }),
  };
  static override flags = {
    ...releaseFlags,
    ...severalFlags,
    concurrency: Flags.string({ summary: 'of several apps, how many at once (4)', helpValue: '<number>' }),
    'fail-fast': Flags.boolean({ summary: 'of several apps, begin no other after a failure' }),
  };

  async run(): Promise<number> {
    this.argv = withDefaultRef(this.argv);
    const { args, flags } = await this.parse(Deploy);
    const { app, image } = this.meant(args.app, args.image);
    if (flags.all || flags.changed !== undefined) {
      if (image.kind === 'given') throw oneApp();
      const concurrency = wholeNumber('--concurrency', flags.concurrency ?? '4', 1);
      return deploySeveral(this, app === undefined ? [] : [app], flags, { concurrency, failFast: flags['fail-fast'] });
    }
    if (flags['fail-fast']) throw forSeveral('--fail-fast');
    if (flags.concurrency !== undefined) throw forSeveral('--concurrency');
    const named = app ?? (image.kind === 'given' && !flags.app ? this.appOf(image.value, flags) : undefined);
    const local = openLocal('deploy', named, flags, 'needed');
    const change = deployChange(image, local.environment, flags);
    draft(local, change.edit(local.folder, directoryOf(local.folder, local.name)));
    return releaseApp(await openApp(this, named, flags), change);
  }

  /** `deploy hello`, `deploy hello image:v2`, `deploy remind101/acme-inc:v2`. */
  private meant(first: string | undefined, second: string | undefined): { app: string | undefined; image: Given<string> } {
    if (first !== undefined && isImage(first)) {
      if (second !== undefined) throw imageFirst(first, second);
      return { app: undefined, image: { kind: 'given', value: first } };
    }
    return { app: first, image: second === undefined ? { kind: 'none' } : { kind: 'given', value: second } };
  }

  /** Without `-a`: EMPIRE_APP or the directory one stands in win, as everywhere; then the image says it. */
  private appOf(
    image: string,
    flags: { apps?: string | undefined; app?: string | undefined; json: boolean },
  ): string | undefined {
    const repository = chooseRepository(flags);
    if (process.env['EMPIRE_APP'] || repository.standingIn.kind === 'given') return undefined;
    const folder = readFolder(repository.root, { appsPath: repository.appsPath, only: { kind: 'given', value: [] } });
    return appOfImage(
      image,
      folder.apps.map(({ name }) => name),
    );
  }
}

const oneApp = (): Failure =>
  new Failure('deploy', 'one image, and several apps', 'deploy them one by one, or leave out the image', 'usage-image-several');

const forSeveral = (flag: string): Failure =>
  new Failure(flag, 'it is for several apps, and one is deployed', 'add --all or --changed, or leave it out', 'usage-one-app');

const imageFirst = (first: string, second: string): Failure =>
  new Failure(
    'deploy',
    `\`${first}\` is an image and \`${second}\` comes after it`,
    `name the app first: \`empire deploy ${second} ${first}\``,
    'usage-image-first',
  );
