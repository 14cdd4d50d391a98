import { domainsJson, renderDomains } from '../../view/domains-list.js';
import { EmpireCommand } from '../session/command.js';
import { soundApp } from '../session/edit-and-release.js';
import { openLocal } from '../session/local.js';

/** `empire domains`: the public names of an app. */
export default class Domains extends EmpireCommand {
  static override summary = 'List the public names of an app.';
  static override description = 'Each with the process that answers to it, and how, as the `domains` file says.';
  static override examples = ['<%= config.bin %> domains -a acme-inc', '<%= config.bin %> domains -a acme-inc -e production'];

  async run(): Promise<number> {
    const { flags } = await this.parse(Domains);
    const app = soundApp(openLocal('domains', undefined, flags, 'needed'));
    const text = renderDomains(app);
    if (flags.json) this.printJson(domainsJson(app));
    else if (text !== '') this.print(text);
    else this.say(`${app.name} has no public name\nnext: empire domains add www.example.com -a ${app.name}\n`);
    return 0;
  }
}
