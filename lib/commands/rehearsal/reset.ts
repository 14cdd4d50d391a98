import { EmpireCommand } from '../session/command.js';
import { openRehearsed } from '../session/rehearsed.js';

/** `empire rehearsal reset`: an empty account. */
export default class RehearsalReset extends EmpireCommand {
  static override summary = 'Begin again with an empty rehearsed account.';
  static override description = 'Its platform is deployed, and nothing else. Nothing real is touched.';
  static override examples = ['<%= config.bin %> rehearsal reset'];

  async run(): Promise<number> {
    const { flags } = await this.parse(RehearsalReset);
    const rehearsal = await openRehearsed(flags);
    rehearsal.reset();
    if (flags.json) this.printJson({ reset: true });
    else this.say('the rehearsed account is empty\nnext: empire deploy <app> --rehearse\n');
    return 0;
  }
}
