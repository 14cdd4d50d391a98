import { Args } from '@oclif/core';
import type { ReleasedProcess } from '../model/release.js';
import { renderReleasedScale, scaleJson } from '../view/scale-lines.js';
import { releasedProcess } from './session/content.js';
import { type EditFlags, editAndRelease, soundApp } from './session/edit-and-release.js';
import { editFlags } from './session/flags.js';
import { openApp } from './session/open.js';
import { OutsideCommand } from './session/outside-command.js';
import { scaleChange } from './session/scale-change.js';

/** `empire scale`: how many of each process, and how large. */
export default class Scale extends OutsideCommand {
  static override summary = 'Scale processes, or show their scale.';
  static override description =
    'Writes the `scale` file and releases it: counts, ranges and sizes as in the file, and `=+1` or `=-1` relative to it. Without arguments: the scale of what runs.';
  static override examples = [
    '<%= config.bin %> scale web=2 -a acme-inc --no-deploy',
    '<%= config.bin %> scale web=+1 worker=1:256:512mb -a acme-inc --no-deploy',
    '<%= config.bin %> scale -a acme-inc --rehearse',
  ];
  static override args = {
    scale: Args.string({ description: 'process=count, process=count:size, process=size' }),
  };
  static override strict = false;
  static override flags = editFlags;

  async run(): Promise<number> {
    const { argv, flags } = await this.parse(Scale);
    const words = argv as string[];
    return words.length === 0 ? this.show(flags) : editAndRelease(this, flags, (local) => scaleChange(words, local, flags));
  }

  /** What runs; before the first release, what the directory says. */
  private async show(flags: EditFlags): Promise<number> {
    const session = await openApp(this, undefined, flags, { directory: 'needed', intent: 'reads' });
    const { readSituation } = await import('../release/situation.js');
    const { current } = await readSituation(session.engine);
    const written = soundApp(session).processes.map(releasedProcess);
    const shown = current.kind === 'given' ? current.value.processes : written;
    const number = current.kind === 'given' ? current.value.number : null;
    if (flags.json) this.printJson(scaleJson(session.name, number, shown));
    else
      this.print(
        linesOf(shown)
          .map((line) => `${line}\n`)
          .join(''),
      );
    if (number === null) this.say(`${session.name} is not deployed: this is what its directory says\n`);
    else this.sayPending(linesOf(shown), linesOf(written), session.name);
    return 0;
  }

  private sayPending(running: readonly string[], written: readonly string[], app: string): void {
    const pending = written.filter((line) => !running.includes(line));
    if (pending.length > 0) this.say(`the directory says ${pending.join(', ')}\nnext: empire deploy ${app}\n`);
  }
}

const linesOf = (processes: readonly ReleasedProcess[]): string[] => processes.map(renderReleasedScale);
