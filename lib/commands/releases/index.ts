import { Flags } from '@oclif/core';
import { releaseViewJson } from '../../view/release-json.js';
import { renderReleases } from '../../view/releases.js';
import { refuseUnknownApp } from '../session/known-app.js';
import { openApp } from '../session/open.js';
import { OutsideCommand } from '../session/outside-command.js';
import { wholeNumber } from '../session/whole-number.js';

/** `empire releases`: the history of an app. */
export default class Releases extends OutsideCommand {
  static override summary = 'List the releases of an app.';
  static override description =
    'Newest first: number, time, what was released, who did it, and how it ended. `current` is the one that serves.';
  static override examples = ['<%= config.bin %> releases -a hello --rehearse'];
  static override flags = {
    limit: Flags.string({ char: 'n', summary: 'how many', helpValue: '<number>', default: '20' }),
  };

  async run(): Promise<number> {
    const { flags } = await this.parse(Releases);
    const limit = wholeNumber('--limit', flags.limit, 1);
    const session = await openApp(this, undefined, flags, { directory: 'optional', intent: 'reads' });
    const { engine, name } = session;
    const { readSituation } = await import('../../release/situation.js');
    const { History } = await import('../../release/history.js');
    const [situation, recent] = await Promise.all([readSituation(engine), History.of(engine).recent(limit)]);
    refuseUnknownApp(session, situation);
    const current = numberOf(situation.current);
    const records = recent.map(({ record }) => record);
    if (flags.json) this.printJson({ releases: records.map((record) => releaseViewJson(record, current)) });
    else this.print(renderReleases(records, current));
    if (records.length === 0 && !flags.json) this.say(`${name} has no releases yet\nnext: empire deploy ${name}\n`);
    return 0;
  }
}

function numberOf(current: { kind: 'none' } | { kind: 'given'; value: { number: number } }) {
  return current.kind === 'given' ? ({ kind: 'given', value: current.value.number } as const) : current;
}
