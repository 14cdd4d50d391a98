import { Flags } from '@oclif/core';
import { environmentsOf } from '../parse/folder.js';
import { openFolder } from '../pipeline.js';
import { renderColumns } from '../view/columns.js';
import { platformStateJson, renderPlatformState } from '../view/platform-state.js';
import { chooseEnvironment, chooseRepository } from './session/choose.js';
import { OutsideCommand } from './session/outside-command.js';
import { platformStateOf } from './session/platform-state.js';
import { isRehearsed } from './session/windows.js';

/** `empire environments`: the environments of this repository, the files that make them, and how their platforms are. */
export default class Environments extends OutsideCommand {
  static override summary = 'List the environments.';
  static override description =
    'An environment exists when there is a file `platform.<environment>`; the one without a name is `default`. With --state, and in a rehearsal, also the state of each platform; otherwise nothing outside is asked.';
  static override examples = [
    '<%= config.bin %> environments',
    '<%= config.bin %> environments --json',
    '<%= config.bin %> environments --state --rehearse',
  ];
  static override flags = { state: Flags.boolean({ summary: 'ask how the platform of each is' }) };

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
    if (!flags.state && !isRehearsed(flags)) {
      if (flags.json) this.printJson({ environments });
      else this.print(renderColumns(environments.map(({ name, file }) => [name, file ?? '(defaults)'])));
      return 0;
    }
    const states = await Promise.all(environments.map(({ name }) => platformStateOf(repository, name, flags)));
    const all = environments.map((environment, index) => ({ environment, state: states[index] as (typeof states)[number] }));
    if (flags.json)
      this.printJson({
        environments: all.map(({ environment, state }) => ({ ...environment, platform: platformStateJson(state) })),
      });
    else
      this.print(
        renderColumns(
          all.map(({ environment: { name, file }, state }) => [name, file ?? '(defaults)', ...renderPlatformState(state)]),
        ),
      );
    return 0;
  }
}
