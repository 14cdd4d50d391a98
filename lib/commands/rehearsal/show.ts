import { rehearsalJson, renderRehearsal } from '../../view/rehearsal.js';
import { EmpireCommand } from '../session/command.js';
import { openRehearsed } from '../session/rehearsed.js';
import { readRehearsal } from '../session/rehearsed-account.js';

/** `empire rehearsal show`: what is in the rehearsed account. */
export default class RehearsalShow extends EmpireCommand {
  static override summary = 'Show the rehearsed account: stacks, services, tasks, and what a script still does.';
  static override description =
    'The account is kept in `.empire/` beside the apps. Commands use it with --rehearse or EMPIRE_REHEARSE=1.';
  static override examples = ['<%= config.bin %> rehearsal show', '<%= config.bin %> rehearsal show --json'];

  async run(): Promise<number> {
    const { flags } = await this.parse(RehearsalShow);
    const account = readRehearsal(await openRehearsed(flags));
    if (flags.json) this.printJson(rehearsalJson(account));
    else this.print(renderRehearsal(account));
    return 0;
  }
}
