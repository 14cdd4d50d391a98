import { isFine } from '../../view/checks.js';
import { renderSecretChecks } from '../../view/secret-list.js';
import { listSecrets } from '../session/listed-secrets.js';
import { openApp } from '../session/open.js';
import { OutsideCommand } from '../session/outside-command.js';

/** `empire secrets check`: whether every reference leads somewhere. */
export default class SecretsCheck extends OutsideCommand {
  static override summary = "Say whether an app's secrets exist; never reads a value.";
  static override description = 'The exit code is 1 when one does not.';
  static override examples = ['<%= config.bin %> secrets check -a acme-inc --rehearse'];

  async run(): Promise<number> {
    const { flags } = await this.parse(SecretsCheck);
    const session = await openApp(this, undefined, flags, { directory: 'needed', intent: 'reads' });
    const { app, origins, secrets } = listSecrets(session);
    const { checkSecrets } = await import('../../check/index.js');
    const { windows, place } = session;
    const results = await checkSecrets({ windows, place, app, origins }, app.secrets);
    if (flags.json) this.printJson({ app: session.name, ok: isFine(results), checks: results });
    else if (secrets.length > 0) this.print(renderSecretChecks(results));
    else this.say(`${session.name} has no secrets\n`);
    return isFine(results) ? 0 : 1;
  }
}
