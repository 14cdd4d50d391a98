import { renderSecrets, secretsJson } from '../../view/secret-list.js';
import { EmpireCommand } from '../session/command.js';
import { listSecrets } from '../session/listed-secrets.js';
import { openLocal } from '../session/local.js';

/** `empire secrets`: the references of an app. No network. */
export default class Secrets extends EmpireCommand {
  static override summary = "List an app's secrets: names and references, never values.";
  static override description = 'What `secrets` says in this environment, and where. Values stay in AWS.';
  static override examples = ['<%= config.bin %> secrets -a acme-inc', '<%= config.bin %> secrets -a acme-inc --json'];

  async run(): Promise<number> {
    const { flags } = await this.parse(Secrets);
    const local = openLocal('secrets', undefined, flags, 'needed');
    const { secrets } = listSecrets(local);
    if (flags.json) this.printJson(secretsJson(local.name, secrets));
    else if (secrets.length > 0) this.print(renderSecrets(secrets));
    else this.say(`${local.name} has no secrets\nnext: empire set --secret NAME -a ${local.name}\n`);
    return 0;
  }
}
