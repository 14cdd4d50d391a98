import { identityJson, renderIdentity } from '../view/identity.js';
import { openEnvironment } from './session/environment.js';
import { openOutside } from './session/open.js';
import { OutsideCommand } from './session/outside-command.js';

/** `empire whoami`: which account and role the next command would use. */
export default class Whoami extends OutsideCommand {
  static override summary = 'Show account, region, role and environment.';
  static override description = 'What the next command would use; refused when the platform file names another account.';
  static override examples = ['<%= config.bin %> whoami --rehearse', '<%= config.bin %> whoami -e production --json --rehearse'];

  async run(): Promise<number> {
    const { flags } = await this.parse(Whoami);
    const { platform, environment, repository } = openEnvironment(flags);
    const { windows, caller } = await openOutside(flags, platform, repository.root);
    const { account, region, arn } = caller;
    const identity = { account, region, arn, environment, rehearsed: windows.kind === 'rehearsal' };
    if (flags.json) this.printJson(identityJson(identity));
    else this.print(renderIdentity(identity));
    return 0;
  }
}
