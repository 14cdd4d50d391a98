import { Args } from '@oclif/core';
import { Failure } from '../../failure.js';
import { domainsChange, refuseUnknownNames } from '../session/domains-change.js';
import { editAndRelease } from '../session/edit-and-release.js';
import { editFlags } from '../session/flags.js';
import { OutsideCommand } from '../session/outside-command.js';

/** `empire domains remove`: takes public names away. */
export default class DomainsRemove extends OutsideCommand {
  static override summary = 'Take public names away.';
  static override description =
    'Writes the `domains` file and releases it. Without its last name a process is reached from inside the VPC only.';
  static override examples = ['<%= config.bin %> domains remove acme-inc.example.com -a acme-inc -e production --no-deploy'];
  static override args = { name: Args.string({ description: 'a name, or several' }) };
  static override strict = false;
  static override flags = editFlags;

  async run(): Promise<number> {
    const { argv, flags } = await this.parse(DomainsRemove);
    const names = argv as string[];
    if (names.length === 0)
      throw new Failure('domains remove', 'which name?', 'see them with `empire domains`', 'usage-domain-missing');
    const said = names.join(', ');
    return editAndRelease(this, flags, (local) => {
      refuseUnknownNames(names, local);
      const words = { describe: `Remove ${said}`, done: `Removed ${said} from ${local.name}.` };
      return domainsChange({ add: [], remove: names }, words, local, flags);
    });
  }
}
