import { Args } from '@oclif/core';
import { Failure } from '../failure.js';
import { editAndRelease } from './session/edit-and-release.js';
import { editFlags } from './session/flags.js';
import { OutsideCommand } from './session/outside-command.js';
import { unsetChange } from './session/unset-change.js';

/** `empire unset`: takes configuration variables and references of secrets away. */
export default class Unset extends OutsideCommand {
  static override summary = 'Take configuration variables away.';
  static override description =
    'Removes them from `env`, or references from `secrets`, and releases it. The value of a secret stays where it is.';
  static override examples = ['<%= config.bin %> unset RACK_ENV -a acme-inc --no-deploy'];
  static override args = { name: Args.string({ description: 'a name' }) };
  static override strict = false;
  static override flags = editFlags;

  async run(): Promise<number> {
    const { argv, flags } = await this.parse(Unset);
    const names = argv as string[];
    if (names.length === 0)
      throw new Failure('unset', 'nothing to unset', 'write for example `empire unset RACK_ENV`', 'usage-unset-nothing');
    return editAndRelease(this, flags, (local) => unsetChange(names, local, flags));
  }
}
