import { Flags } from '@oclif/core';
import type { Plan } from '../../model/plan.js';
import type { PlatformResult, PlatformSituation } from '../../release/platform/index.js';
import { renderProblems } from '../../view/problem.js';
import { approve, canAsk } from '../session/approval.js';
import { parseTimeout, type ReleaseFlags, releaseFlags } from '../session/flags.js';
import { OutsideCommand } from '../session/outside-command.js';
import { platformEndingJson, sayPlatformEnding, throwUnsuccessful } from '../session/platform-ending.js';
import { planPlatform } from '../session/platform-plan.js';
import { openPlatform, type PlatformSession } from '../session/platform-session.js';

/** `empire platform deploy`: makes or changes the shared ground. */
export default class PlatformDeploy extends OutsideCommand {
  static override summary = 'Make the platform, or bring it up to what its file says.';
  static override description =
    'Checks what is adopted, shows the plan, asks, and follows CloudFormation until it is done. What apps refer to is never replaced while they stand on it. The roles that AWS services need in an account are made first where they are missing.';
  static override examples = ['<%= config.bin %> platform deploy --rehearse --yes'];
  static override flags = {
    yes: releaseFlags.yes,
    allow: releaseFlags.allow,
    'no-wait': releaseFlags['no-wait'],
    timeout: Flags.string({
      summary: 'undo what is not ready by then: 90s, 20m, 1h (the default)',
      helpValue: '<time>',
      default: '1h',
    }),
    events: releaseFlags.events,
  };

  async run(): Promise<number> {
    const { flags: given } = await this.parse(PlatformDeploy);
    const flags = { ...given, force: false, 'no-queue': false, supersede: false };
    parseTimeout(flags.timeout);
    const session = await openPlatform(this, flags, 'writes');
    return session.interrupt.during(async () => {
      try {
        return await this.deploy(session, flags);
      } finally {
        session.screen.end();
      }
    });
  }

  private async deploy(session: PlatformSession, flags: ReleaseFlags): Promise<number> {
    const situation = await settled(session);
    await refuseMisfits(session);
    const plan = await planPlatform(session, situation);
    await refuseUnderApps(session, plan, situation);
    await this.showPlan(session, plan, flags);
    if (plan.kind !== 'none')
      await approve({ plan, asks: 'always', flags, undone: [], question: `Deploy the platform of ${session.environment}?` });
    const ending = { result: await this.change(session, plan, flags), created: plan.kind === 'create' };
    session.screen.end();
    throwUnsuccessful(session, flags, ending);
    if (flags.json || flags.events) this.printEnd(platformEndingJson(session, ending), flags.events);
    else sayPlatformEnding(session, flags, ending);
    return 0;
  }

  private async showPlan({ problems, look }: PlatformSession, plan: Plan, flags: ReleaseFlags): Promise<void> {
    if ((flags.json || flags.events) && !canAsk(flags)) return;
    const { platformSubject, renderPlan } = await import('../../view/plan.js');
    this.say(`${renderProblems(problems)}${plan.kind === 'none' ? '' : renderPlan(plan, look, platformSubject(plan))}`);
  }

  private async change(session: PlatformSession, plan: Plan, flags: ReleaseFlags): Promise<PlatformResult> {
    const [{ deployPlatform }, { Phases }] = await Promise.all([
      import('../../release/platform/index.js'),
      import('../../release/phases.js'),
    ]);
    const { engine, template, compiled } = session;
    return deployPlatform(
      engine,
      {
        template,
        sourceMap: compiled.sourceMap,
        plan,
        replan: (situation) => planPlatform(session, situation),
        timeoutSeconds: parseTimeout(flags.timeout),
        noWait: flags['no-wait'],
      },
      new Phases(engine, []),
    );
  }
}

/** What there is, once nobody else works on it. */
async function settled({ engine, compiled }: PlatformSession): Promise<PlatformSituation> {
  const { platformAtRest, PlatformWatch, readPlatformSituation } = await import('../../release/platform/index.js');
  const situation = await readPlatformSituation(engine);
  const { stack } = situation;
  const watch = new PlatformWatch(engine, { kind: 'given', value: compiled.sourceMap }, engine.windows.clock.now());
  const waited = await platformAtRest(engine, stack, async () =>
    stack.kind === 'given' ? watch.look(stack.value.id) : undefined,
  );
  return waited ? readPlatformSituation(engine) : situation;
}

/** @throws Failure: the first adopted piece that is missing or does not fit */
async function refuseMisfits({ windows, caller, compiled: { ground, origins } }: PlatformSession): Promise<void> {
  const [{ runGroundChecks }, { firstRefusal }] = await Promise.all([
    import('../../check/ground/index.js'),
    import('../../check/index.js'),
  ]);
  const refusal = firstRefusal(await runGroundChecks({ windows, caller, ground, origins }));
  if (refusal !== undefined) throw refusal;
}

async function refuseUnderApps(
  { environment, template }: PlatformSession,
  plan: Plan,
  { apps, running }: PlatformSituation,
): Promise<void> {
  if (running.kind === 'none') return;
  const { tornFailure, tornFromApps } = await import('../../release/platform/index.js');
  const refusal = tornFailure(environment, apps, tornFromApps(plan, running.value, template));
  if (refusal !== undefined) throw refusal;
}
