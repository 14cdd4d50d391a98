import { OutsideCommand } from '../session/outside-command.js';
import { inMaintenance, openServing } from '../session/serving-app.js';

/** `empire maintenance`: whether an app is in maintenance. */
export default class Maintenance extends OutsideCommand {
  static override summary = 'Tell whether an app is in maintenance.';
  static override description = '`enabled` or `disabled`, as it runs; `maintenance on` and `maintenance off` change it.';
  static override examples = ['<%= config.bin %> maintenance -a hello --rehearse'];

  async run(): Promise<number> {
    const { flags } = await this.parse(Maintenance);
    const serving = await openServing(this, undefined, flags, 'reads');
    const maintenance = inMaintenance(serving);
    if (flags.json) this.printJson({ app: serving.session.name, maintenance });
    else this.print(maintenance ? 'enabled\n' : 'disabled\n');
    return 0;
  }
}
