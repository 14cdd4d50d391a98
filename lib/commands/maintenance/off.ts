import { editAndRelease } from '../session/edit-and-release.js';
import { editFlags } from '../session/flags.js';
import { maintenanceOff } from '../session/maintenance-change.js';
import { OutsideCommand } from '../session/outside-command.js';

/** `empire maintenance off`: an app serves again. */
export default class MaintenanceOff extends OutsideCommand {
  static override summary = 'Let an app serve again after maintenance.';
  static override description = 'Removes the file `maintenance` and releases it: every process has its count again.';
  static override examples = ['<%= config.bin %> maintenance off -a hello --rehearse'];
  static override flags = editFlags;

  async run(): Promise<number> {
    const { flags } = await this.parse(MaintenanceOff);
    return editAndRelease(this, flags, (local) => maintenanceOff(local, flags));
  }
}
