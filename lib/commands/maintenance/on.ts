import { Args } from '@oclif/core';
import { environmentsOf } from '../../parse/folder.js';
import { editAndRelease } from '../session/edit-and-release.js';
import { editFlags } from '../session/flags.js';
import { alsoStopped, maintenanceOn } from '../session/maintenance-change.js';
import { OutsideCommand } from '../session/outside-command.js';

/** `empire maintenance on`: stops an app and shows a page. */
export default class MaintenanceOn extends OutsideCommand {
  static override summary = 'Stop an app and show a page in its place.';
  static override description =
    'Writes the file `maintenance` and releases it: every count is 0, schedules are off, and load balancers answer 503 with the page (HTML when it begins with `<`).';
  static override examples = [
    '<%= config.bin %> maintenance on -a hello --rehearse',
    '<%= config.bin %> maintenance on "Back at noon." -a hello -e production --no-deploy',
  ];
  static override args = { page: Args.string({ description: 'the page, up to 1,024 characters', ignoreStdin: true }) };
  static override flags = editFlags;

  async run(): Promise<number> {
    const { args, flags } = await this.parse(MaintenanceOn);
    return editAndRelease(this, flags, (local) => {
      const change = maintenanceOn(args.page, local, flags);
      const also = alsoStopped(local, environmentsOf(local.folder));
      if (also.length > 0 && !flags.json && !flags.events)
        this.say(
          `note: ${also.join(', ')} too from the next deploy there: \`maintenance\` without an environment holds for all\n`,
        );
      return change;
    });
  }
}
