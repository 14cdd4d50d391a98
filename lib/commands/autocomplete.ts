import { basename } from 'node:path';
import { Args } from '@oclif/core';
import { Failure } from '../failure.js';
import { renderCompletion, SHELLS, type Shell } from '../view/completion.js';
import { EmpireCommand } from './session/command.js';
import { completionCommands } from './session/completion-commands.js';

const INSTALL: Readonly<Record<Shell, string>> = {
  bash: 'add to ~/.bashrc: eval "$(empire autocomplete bash)"',
  zsh: 'add to ~/.zshrc, behind compinit: eval "$(empire autocomplete zsh)"',
  fish: 'run once: empire autocomplete fish > ~/.config/fish/completions/empire.fish',
};

/** `empire autocomplete`: a script that completes commands, flags, apps, environments and processes. */
export default class Autocomplete extends EmpireCommand {
  static override summary = 'Print the script that teaches your shell to complete empire.';
  static override description =
    'Commands, flags, apps, environments and processes, for bash, zsh and fish. The script reads only names of files and processes and starts nothing, so it answers at once. Without an argument it is for the shell that SHELL names.';
  static override examples = ['<%= config.bin %> autocomplete bash', '<%= config.bin %> autocomplete zsh'];
  static override args = { shell: Args.string({ description: 'bash, zsh or fish', options: [...SHELLS], ignoreStdin: true }) };

  async run(): Promise<number> {
    const { args } = await this.parse(Autocomplete);
    const shell = chooseShell(args.shell);
    const commands = completionCommands(this.config);
    this.print(renderCompletion(shell, commands));
    if (process.stdout.isTTY) this.say(`${INSTALL[shell]}\n`);
    return 0;
  }
}

function chooseShell(named: string | undefined): Shell {
  const wanted = named ?? basename(process.env['SHELL'] ?? '');
  const known = SHELLS.find((shell) => shell === wanted);
  if (known !== undefined) return known;
  throw new Failure(
    'autocomplete',
    'which shell?',
    'name it: `empire autocomplete bash`, `zsh` or `fish`',
    'usage-shell-missing',
  );
}
