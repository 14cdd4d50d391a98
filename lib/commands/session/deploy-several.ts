import type { Command } from '@oclif/core';
import { renderNumber } from '../../view/columns.js';
import { renderHeadline } from '../../view/headline.js';
import { approve, canAsk, unapproved } from './approval.js';
import { atMost } from './at-most.js';
import { chooseEnvironment, chooseRepository } from './choose.js';
import { deployChange } from './deploy-change.js';
import { parseTimeout, type ReleaseFlags } from './flags.js';
import { Interrupt } from './interrupt.js';
import type { LocalFolder } from './local.js';
import { joinApp, type Outside, openOutside, placeOf } from './open.js';
import type { Ending } from './outcome.js';
import { carryOut, readyRelease, showPlan } from './release-path.js';
import { SharedScreen } from './screen.js';
import { type SeveralFlags, selectApps } from './several.js';
import { caught, code, type Outcome, sayOutcomes } from './several-outcomes.js';

type Flags = ReleaseFlags & SeveralFlags;

/** `deploy --all`, `--changed`: every app is planned, one question is asked, then they are released side by side on one screen. */
export async function deploySeveral(
  command: Command,
  named: readonly string[],
  flags: Flags,
  how: { readonly concurrency: number; readonly failFast: boolean },
): Promise<number> {
  parseTimeout(flags.timeout);
  const repository = chooseRepository(flags);
  const selected = await selectApps(named, flags, repository, chooseEnvironment(flags));
  for (const name of selected.gone)
    process.stderr.write(`note: ${name} was removed from git; its stack stays until \`empire destroy ${name}\`\n`);
  const [first] = selected.apps;
  if (first === undefined) return sayNothing(flags);
  const { platform, look } = selected.local.open(first);
  const outside = await openOutside(flags, platform, repository.root);
  const place = placeOf(platform, first, outside.caller);
  process.stderr.write(renderHeadline(renderNumber(selected.apps.length, 'app'), place, outside.windows.kind));
  const prefixWidth = Math.max(...selected.apps.map(({ length }) => length));
  const screen = new SharedScreen({ windows: outside.windows, look, events: flags.events, prefixWidth });
  const several = new Several(flags, selected.local, outside, screen, command.config.version);
  const planned = await atMost(how.concurrency, selected.apps, (app) => several.plan(app));
  const approved = await several.approveAll(planned);
  const outcomes = await several.release(approved, how);
  const code = sayOutcomes(outcomes, flags);
  return several.interrupted ? 130 : code;
}

function sayNothing(flags: Flags): number {
  if (flags.json) process.stdout.write(`${JSON.stringify({ apps: [] }, null, 2)}\n`);
  else process.stderr.write('nothing to deploy: no app changed\n');
  return 0;
}

class Several {
  private readonly interrupt = new Interrupt();

  constructor(
    private readonly flags: Flags,
    private readonly folder: LocalFolder,
    private readonly outside: Outside,
    private readonly screen: SharedScreen,
    private readonly compiler: string,
  ) {}

  get interrupted(): boolean {
    return this.interrupt.signal.aborted;
  }

  async plan(app: string): Promise<Outcome> {
    return caught(app, async () => {
      const local = this.folder.open(app);
      const screen = this.screen.of(app);
      const session = joinApp(local, this.outside, { screen, interrupt: this.interrupt, compiler: this.compiler });
      const change = deployChange({ kind: 'none' }, local.environment, this.flags);
      return { kind: 'ready', app, session, change, ready: await readyRelease(session, change) };
    });
  }

  /** Shows every plan that changes something, and asks once for all of them. */
  async approveAll(outcomes: readonly Outcome[]): Promise<readonly Outcome[]> {
    const changing = outcomes.flatMap((one) => (one.kind === 'ready' && one.ready.planned.plan.kind !== 'none' ? [one] : []));
    for (const { app, session, ready } of changing) {
      if (!this.flags.json && !this.flags.events) process.stderr.write(`\n${app}\n`);
      await showPlan(session, this.flags, ready);
    }
    const plans = changing.map(({ ready }) => ready.planned.plan);
    const [plan] = plans;
    if (canAsk(this.flags) && plan !== undefined) {
      const question = `Deploy ${changing.map(({ app }) => app).join(', ')}?`;
      await approve({ plan, asks: 'always', flags: this.flags, undone: [], question });
      return outcomes;
    }
    return Promise.all(outcomes.map((one) => (one.kind === 'ready' ? this.approveOne(one) : one)));
  }

  private approveOne(one: Extract<Outcome, { kind: 'ready' }>): Promise<Outcome> {
    const { plan } = one.ready.planned;
    const asked = { plan, asks: 'always' as const, flags: this.flags, undone: one.ready.undone, question: '' };
    return caught(one.app, async () => {
      await approve(asked);
      return one;
    });
  }

  async release(
    outcomes: readonly Outcome[],
    how: { readonly concurrency: number; readonly failFast: boolean },
  ): Promise<readonly Outcome[]> {
    let stopped = how.failFast && outcomes.some(({ kind }) => kind === 'failed');
    return atMost(how.concurrency, outcomes, async (one): Promise<Outcome> => {
      if (one.kind !== 'ready') return one;
      if (stopped) return { kind: 'left', app: one.app };
      const ended = await caught(one.app, async () => ({
        app: one.app,
        session: one.session,
        kind: 'ended',
        ending: await this.carryOut(one),
      }));
      stopped ||= how.failFast && code(ended) !== 0;
      return ended;
    });
  }

  private carryOut({ session, change, ready }: Extract<Outcome, { kind: 'ready' }>): Promise<Ending> {
    const open = unapproved(ready.planned.plan, this.flags.allow).length > 0;
    const asked = open && canAsk(this.flags) ? ['asked'] : [];
    return carryOut(session, change, ready.planned, [...this.flags.allow, ...(this.flags.force ? ['force'] : []), ...asked]);
  }
}
