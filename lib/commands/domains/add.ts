import { Args, Flags } from '@oclif/core';
import { Failure } from '../../failure.js';
import { domainsChange } from '../session/domains-change.js';
import { editAndRelease } from '../session/edit-and-release.js';
import { editFlags } from '../session/flags.js';
import { OutsideCommand } from '../session/outside-command.js';

/** `empire domains add`: gives an app public names. */
export default class DomainsAdd extends OutsideCommand {
  static override summary = 'Give an app public names.';
  static override description =
    'Writes the `domains` file and releases it. A process with a public name can be reached from the internet, so off a terminal this needs --allow broader.';
  static override examples = [
    '<%= config.bin %> domains add www.example.com -a hello -e production --no-deploy',
    '<%= config.bin %> domains add www.example.com -a hello -e production --allow broader --rehearse',
  ];
  static override args = { name: Args.string({ description: 'a name, or several' }) };
  static override strict = false;
  static override flags = {
    ...editFlags,
    process: Flags.string({ char: 'p', summary: 'the process that answers; else `web`', helpValue: '<name>', default: 'web' }),
    cert: Flags.string({
      summary: 'ARN of the ACM certificate, where the platform does not manage the zone',
      helpValue: '<arn>',
    }),
  };

  async run(): Promise<number> {
    const { argv, flags } = await this.parse(DomainsAdd);
    const names = argv as string[];
    if (names.length === 0)
      throw new Failure(
        'domains add',
        'which name?',
        'write for example `empire domains add www.example.com`',
        'usage-domain-missing',
      );
    const certificate = flags.cert === undefined ? ({ kind: 'none' } as const) : ({ kind: 'given', value: flags.cert } as const);
    const add = names.map((name) => ({ name, process: flags.process, certificate }));
    const said = names.join(', ');
    return editAndRelease(this, flags, (local) =>
      domainsChange({ add, remove: [] }, { describe: `Add ${said}`, done: `Added ${said} to ${local.name}.` }, local, flags),
    );
  }
}
