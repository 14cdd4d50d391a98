import { Args, Flags } from '@oclif/core';
import { Failure } from '../failure.js';
import type { Plan } from '../model/plan.js';
import { failureAsJson, problemsAsError } from '../view/error-json.js';
import { renderFailure } from '../view/failure.js';
import { renderProblems } from '../view/problem.js';
import { atMost } from './session/at-most.js';
import { chooseEnvironment, chooseRepository } from './session/choose.js';
import { compareSides, compareWithRef, FolderAtRef, isRelease, sideOfRelease } from './session/compared.js';
import type { OutsideFlags } from './session/flags.js';
import { Interrupt } from './session/interrupt.js';
import type { LocalApp, LocalFolder } from './session/local.js';
import { lookOf } from './session/look.js';
import { joinApp, type Outside, openOutside, sayWhere } from './session/open.js';
import { OutsideCommand } from './session/outside-command.js';
import { planRelease } from './session/planned.js';
import { Refusal } from './session/refusal.js';
import { findRelease } from './session/release-number.js';
import { openScreen } from './session/screen.js';
import { selectApps, severalFlags, withDefaultRef } from './session/several.js';

interface DiffFlags extends OutsideFlags {
  readonly from?: string | undefined;
}

type Compared = { readonly app: string } & (
  | { readonly kind: 'plan'; readonly plan: Plan }
  | { readonly kind: 'failed'; readonly failure: Failure }
);

/** `empire diff`: what a deploy would do. */
export default class Diff extends OutsideCommand {
  static override summary = 'Show what a deploy would do.';
  static override description =
    'By process, in words: what changes, what restarts, what is replaced, what opens. Against what runs; with --from, against a release or a git ref (which asks nothing outside).';
  static override examples = ['<%= config.bin %> diff hello --rehearse', '<%= config.bin %> diff --rehearse --markdown'];
  static override args = { app: Args.string({ description: 'the apps; all of them when none is named' }) };
  static override strict = false;
  static override flags = {
    ...severalFlags,
    from: Flags.string({ summary: 'a release (v12), or a git ref', helpValue: '<release|ref>' }),
    markdown: Flags.boolean({ summary: 'for a comment in a review' }),
    'exit-code': Flags.boolean({ summary: 'exit 3 when something would change' }),
  };

  private opened: Promise<Outside> | undefined;
  private atRef: Promise<FolderAtRef> | undefined;

  async run(): Promise<number> {
    this.argv = withDefaultRef(this.argv);
    const { argv, flags } = await this.parse(Diff);
    const repository = chooseRepository(flags);
    const { apps, local } = await selectApps(argv as string[], flags, repository, chooseEnvironment(flags));
    const compared = await atMost(8, apps, (app) => this.compareOne(app, local, flags));
    await this.show(compared, flags);
    if (compared.some(({ kind }) => kind === 'failed')) return 1;
    return flags['exit-code'] && compared.some((one) => one.kind === 'plan' && one.plan.kind !== 'none') ? 3 : 0;
  }

  private async compareOne(app: string, folder: LocalFolder, flags: DiffFlags): Promise<Compared> {
    try {
      return { app, kind: 'plan', plan: await this.planOne(folder.open(app), flags) };
    } catch (failure) {
      if (failure instanceof Failure) return { app, kind: 'failed', failure };
      throw failure;
    }
  }

  private async planOne(local: LocalApp, flags: DiffFlags): Promise<Plan> {
    const { from } = flags;
    if (from !== undefined && !isRelease(from)) {
      this.atRef ??= readRef(local, from);
      return compareWithRef(await this.atRef, local);
    }
    const first = this.opened === undefined;
    this.opened ??= openOutside(flags, local.platform, local.repository.root);
    const outside = await this.opened;
    const screen = openScreen({ windows: outside.windows, look: local.look, events: false });
    const session = joinApp(local, outside, { screen, interrupt: new Interrupt(), compiler: this.config.version });
    if (first) sayWhere(session, 'reads');
    const planned = await planRelease(
      session,
      { kind: 'deploy', edit: () => [], pins: 'fresh', parameters: () => ({}) },
      'unchecked',
    );
    if (from === undefined) return planned.plan;
    const before = await sideOfRelease(session.engine, await findRelease(session.engine, from));
    const { content, platform } = planned;
    const after = {
      template: content.template,
      sourceMap: JSON.parse(content.sourceMap),
      images: content.images,
      parameters: {},
      platform,
    };
    return compareSides({ kind: 'given', value: { ...before, parameters: {} } }, after);
  }

  private async show(compared: readonly Compared[], flags: { json: boolean; markdown: boolean }): Promise<void> {
    const { planJson, renderPlan, renderPlanMarkdown } = await import('../view/plan.js');
    if (flags.json) {
      this.printJson({
        apps: compared.map((one) => ({ app: one.app, ...(one.kind === 'plan' ? planJson(one.plan) : asJson(one.failure)) })),
      });
      return;
    }
    const single = compared.length === 1;
    for (const one of compared) {
      if (one.kind === 'failed')
        this.say(one.failure instanceof Refusal ? renderProblems(one.failure.problems) : renderFailure(one.failure));
      else if (flags.markdown) this.print(renderPlanMarkdown(one.plan, one.app));
      else if (one.plan.kind === 'none') this.say(`${one.app}: nothing would change\n`);
      else this.print(`${single ? '' : `${one.app}\n`}${renderPlan(one.plan, lookOf(process.stdout))}`);
    }
    if (compared.length === 0) {
      if (flags.markdown) this.print('No app is affected.\n');
      else this.say('no app is affected\n');
    }
  }
}

/** Git is asked once, however many apps are compared. */
async function readRef({ repository: { root, appsPath }, environment }: LocalApp, ref: string): Promise<FolderAtRef> {
  const { openGit } = await import('../windows/git.js');
  return new FolderAtRef(openGit().folderAt(root, ref, appsPath), ref, environment);
}

const asJson = (failure: Failure): object =>
  failure instanceof Refusal ? problemsAsError(failure.problems) : failureAsJson(failure);
