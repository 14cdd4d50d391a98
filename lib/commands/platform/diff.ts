import { Flags } from '@oclif/core';
import type { Plan } from '../../model/plan.js';
import { renderFailure } from '../../view/failure.js';
import { renderProblems } from '../../view/problem.js';
import { lookOf } from '../session/look.js';
import { OutsideCommand } from '../session/outside-command.js';
import { planPlatform } from '../session/platform-plan.js';
import { openPlatform, type PlatformSession } from '../session/platform-session.js';

/** `empire platform diff`: what `platform deploy` would do. */
export default class PlatformDiff extends OutsideCommand {
  static override summary = 'Show what a deploy of the platform would do.';
  static override description =
    'The platform file against the stack that runs: what is made, changed, replaced, opened. What a deploy would refuse, because apps stand on it, is said too.';
  static override examples = [
    '<%= config.bin %> platform diff --rehearse',
    '<%= config.bin %> platform diff --rehearse --markdown',
  ];
  static override flags = {
    markdown: Flags.boolean({ summary: 'for a comment in a review' }),
    'exit-code': Flags.boolean({ summary: 'exit 3 when something would change' }),
  };

  async run(): Promise<number> {
    const { flags } = await this.parse(PlatformDiff);
    const session = await openPlatform(this, flags, 'reads');
    const { readPlatformSituation, tornFailure, tornFromApps } = await import('../../release/platform/index.js');
    const situation = await readPlatformSituation(session.engine);
    const plan = await planPlatform(session, situation);
    const torn = situation.running.kind === 'given' ? tornFromApps(plan, situation.running.value, session.template) : [];
    const refusal = tornFailure(session.environment, situation.apps, torn);
    await this.show(session, plan, flags);
    if (refusal !== undefined && !flags.json) this.say(renderFailure(refusal));
    return flags['exit-code'] && plan.kind !== 'none' ? 3 : 0;
  }

  private async show(session: PlatformSession, plan: Plan, flags: { json: boolean; markdown: boolean }): Promise<void> {
    const { environment, engine } = session;
    const { planJson, platformSubject, renderPlan, renderPlanMarkdown } = await import('../../view/plan.js');
    const subject = platformSubject(plan);
    if (flags.json) {
      this.printJson({ environment, stack: engine.place.stack, ...planJson(plan, subject.summary) });
      return;
    }
    this.say(renderProblems(session.problems));
    if (flags.markdown) this.print(renderPlanMarkdown(plan, `platform of ${environment}`, subject));
    else if (plan.kind === 'none') this.say('the platform: nothing would change\n');
    else this.print(renderPlan(plan, lookOf(process.stdout), subject));
  }
}
