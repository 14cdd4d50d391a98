import { renderHeadline } from '../view/headline.js';
import { renderRunningApps, runningAppsJson } from '../view/running-apps.js';
import { openEnvironment } from './session/environment.js';
import { openOutside } from './session/open.js';
import { OutsideCommand } from './session/outside-command.js';

/** `empire apps`: what is deployed in an environment. */
export default class Apps extends OutsideCommand {
  static override summary = 'List the apps that are deployed.';
  static override description =
    'Name, release, how many tasks each process is meant to have, and when it last changed. Scheduled processes have no count.';
  static override examples = ['<%= config.bin %> apps --rehearse', '<%= config.bin %> apps -e production --json --rehearse'];

  async run(): Promise<number> {
    const { flags } = await this.parse(Apps);
    const { platform, environment, repository } = openEnvironment(flags);
    const { windows, caller } = await openOutside(flags, platform, repository.root);
    const { readApps } = await import('../observe/index.js');
    const apps = await readApps(windows, platform.prefix, environment);
    const place = { environment, account: caller.account, region: caller.region };
    if (windows.kind === 'rehearsal') this.say(renderHeadline('apps', place, windows.kind));
    if (flags.json) this.printJson(runningAppsJson(apps));
    else if (apps.length > 0) this.print(renderRunningApps(apps));
    else this.say(`no app is deployed in ${environment}\nnext: empire deploy <app>\n`);
    return 0;
  }
}
