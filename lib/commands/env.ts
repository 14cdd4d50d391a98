import type { AppDirectory } from '../model/folder.js';
import { envJson, renderEnvFile } from '../view/env-file.js';
import { EmpireCommand } from './session/command.js';
import { layersOf } from './session/config-files.js';
import { soundApp } from './session/edit-and-release.js';
import { directoryOf, openLocal } from './session/local.js';

/** `empire env`: the configuration variables. */
export default class Env extends EmpireCommand {
  static override summary = 'Show the configuration variables.';
  static override description =
    'As the files of the app say, each in the quotes it was written with; secrets are comments. `empire set --load` reads it back.';
  static override examples = ['<%= config.bin %> env -a acme-inc', '<%= config.bin %> env -a acme-inc -e production --json'];

  async run(): Promise<number> {
    const { flags } = await this.parse(Env);
    const local = openLocal('env', undefined, flags, 'needed');
    const app = soundApp(local);
    if (flags.json) this.printJson(envJson(app));
    else this.print(renderEnvFile(app, writtenValues(directoryOf(local.folder, local.name), local.environment)));
    return 0;
  }
}

/** The overlay's text wins, as its value does. */
function writtenValues(app: AppDirectory, environment: string): ReadonlyMap<string, string> {
  const { base, own } = layersOf(app, 'env', environment);
  return new Map([...base.written, ...own.written]);
}
