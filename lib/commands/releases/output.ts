import { Args } from '@oclif/core';
import { Failure } from '../../failure.js';
import { openApp } from '../session/open.js';
import { OutsideCommand } from '../session/outside-command.js';
import { findRelease } from '../session/release-number.js';

/** `empire releases output`: what the release process wrote. */
export default class ReleasesOutput extends OutsideCommand {
  static override summary = 'Print what the release process of a release wrote.';
  static override description = 'The stored log of the process named `release` as it ran for that release.';
  static override examples = ['<%= config.bin %> releases output v1 -a acme-inc --rehearse'];
  static override args = { release: Args.string({ description: 'the release: v12', required: true }) };

  async run(): Promise<number> {
    const { args, flags } = await this.parse(ReleasesOutput);
    const { engine } = await openApp(this, undefined, flags, { directory: 'optional', intent: 'reads' });
    const record = await findRelease(engine, args.release);
    if (record.releaseProcess.kind === 'none') throw none(record.app, record.number);
    const { task, exitCode, output } = record.releaseProcess.value;
    const { History } = await import('../../release/history.js');
    const text = output.kind === 'given' ? await History.of(engine).object(output.value) : '';
    if (flags.json) {
      this.printJson({
        release: `v${record.number}`,
        task,
        exitCode: exitCode.kind === 'given' ? exitCode.value : null,
        output: text,
      });
    } else this.print(text === '' || text.endsWith('\n') ? text : `${text}\n`);
    return 0;
  }
}

const none = (app: string, number: number): Failure =>
  new Failure(
    `${app} v${number}`,
    'it ran no release process',
    'a process named `release` in the Procfile is run once before a release changes anything',
    'no-release-process',
  );
