import { Args, Flags } from '@oclif/core';
import { compareSides, sideOfRelease } from '../session/compared.js';
import { lookOf } from '../session/look.js';
import { openApp } from '../session/open.js';
import { OutsideCommand } from '../session/outside-command.js';
import { findRelease } from '../session/release-number.js';

/** `empire releases diff`: what changed between two releases. */
export default class ReleasesDiff extends OutsideCommand {
  static override summary = 'Show what changed between two releases.';
  static override description = 'Compares the stored templates, so that it is exact, however old they are.';
  static override examples = ['<%= config.bin %> releases diff v1 v2 -a hello --rehearse'];
  static override args = {
    from: Args.string({ description: 'the older release', required: true }),
    to: Args.string({ description: 'the newer release', required: true }),
  };
  static override flags = {
    markdown: Flags.boolean({ summary: 'for a comment in a review' }),
    'exit-code': Flags.boolean({ summary: 'exit 3 when something differs' }),
  };

  async run(): Promise<number> {
    const { args, flags } = await this.parse(ReleasesDiff);
    const { engine, name } = await openApp(this, undefined, flags, { directory: 'optional', intent: 'reads' });
    const [from, to] = await Promise.all([findRelease(engine, args.from), findRelease(engine, args.to)]);
    const [before, after] = await Promise.all([sideOfRelease(engine, from), sideOfRelease(engine, to)]);
    const plan = await compareSides({ kind: 'given', value: before }, after);
    const { planJson, renderPlan, renderPlanMarkdown } = await import('../../view/plan.js');
    if (flags.json) this.printJson({ app: name, from: `v${from.number}`, to: `v${to.number}`, ...planJson(plan) });
    else if (flags.markdown) this.print(renderPlanMarkdown(plan, name));
    else if (plan.kind === 'none') this.say(`v${from.number} and v${to.number} are the same\n`);
    else this.print(renderPlan(plan, lookOf(process.stdout)));
    return plan.kind !== 'none' && flags['exit-code'] ? 3 : 0;
  }
}
