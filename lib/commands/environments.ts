import { environmentsOf } from '../parse/folder.js';
import { openFolder } from '../pipeline.js';
import { renderColumns } from '../view/columns.js';
import { chooseEnvironment, chooseRepository } from './session/choose.js';
import { EmpireCommand } from './session/command.js';

/** `empire environments`: the environments of this repository and the files that make them. */
export default class Environments extends EmpireCommand {
  static override summary = 'List the environments.';
  static override description =
    'An environment exists when there is a file `platform.<environment>`; the one without a name is `default`.';
  static override examples = ['<%= config.bin %> environments', '<%= config.bin %> environments --json'];

  async run(): Promise<number> {
    const { flags } = await this.parse(Environments);
    const repository = chooseRepository(flags);
    const selected = chooseEnvironment(flags);
    const folder = openFolder({ ...repository, environment: selected, only: { kind: 'given', value: [] } });
    const files = new Set(folder.platforms.map((entry) => entry.name));
    const environments = environmentsOf(folder).map((name) => {
      const file = name === 'default' ? 'platform' : `platform.${name}`;
      return { name, file: files.has(file) ? file : null, selected: name === selected };
    });
    if (flags.json) this.printJson({ environments });
    else this.print(renderColumns(environments.map(({ name, file }) => [name, file ?? '(defaults)'])));
    return 0;
  }
}
