import { Args } from '@oclif/core';
import type { Given } from '../../model/given.js';
import { renderRelease } from '../../view/release.js';
import { releaseViewJson } from '../../view/release-json.js';
import { lookOf } from '../session/look.js';
import { openApp } from '../session/open.js';
import { OutsideCommand } from '../session/outside-command.js';
import { findRelease } from '../session/release-number.js';

/** `empire releases info`: one release. */
export default class ReleasesInfo extends OutsideCommand {
  static override summary = 'Show one release.';
  static override description =
    'What it was, who made it and from which commit, its images and processes, how long each phase took, and why it failed.';
  static override examples = ['<%= config.bin %> releases info v1 -a hello --rehearse'];
  static override args = { release: Args.string({ description: 'the release: v12', required: true }) };

  async run(): Promise<number> {
    const { args, flags } = await this.parse(ReleasesInfo);
    const { engine } = await openApp(this, undefined, flags, { directory: 'optional', intent: 'reads' });
    const { readSituation } = await import('../../release/situation.js');
    const [record, situation] = await Promise.all([findRelease(engine, args.release), readSituation(engine)]);
    const current: Given<number> =
      situation.current.kind === 'given' ? { kind: 'given', value: situation.current.value.number } : { kind: 'none' };
    if (flags.json) this.printJson(releaseViewJson(record, current));
    else this.print(renderRelease(record, current, lookOf(process.stdout)));
    return 0;
  }
}
