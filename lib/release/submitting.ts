import { Failure } from '../failure.js';
import type { Given } from '../model/given.js';
import type { ChangeSetState, StackState } from '../model/windows.js';
import { executeChangeSet } from './change-set.js';
import type { Engine } from './engine.js';
import { forcedResources } from './forced-resources.js';
import { giveUp, leave } from './give-up.js';
import { type Hold, HoldLost } from './hold.js';
import { tokenOf } from './operation-names.js';
import { patiently } from './patience.js';
import { Phases } from './phases.js';
import { runsReleaseProcess } from './predicted.js';
import { prepare } from './prepare.js';
import { type PreparedTemplate, preparedTemplate } from './prepared-template.js';
import { requireReleaseProcess } from './release-step.js';
import { sideBySide } from './side-by-side.js';
import type { Situation } from './situation.js';
import { interrupted } from './stack-recovery.js';
import type { Submission } from './submission.js';
import { confirmPlan, submitChangeSet } from './submit-change-set.js';
import { type Ground, readGround, writeSubmitted } from './submit-ground.js';
import { takeTurn } from './turn.js';

/** What was read beside the claim, and what could not be kept. */
interface Beside {
  readonly ground: () => Promise<Ground>;
  readonly notes: () => Promise<readonly string[]>;
}

/** One release on its way from its number to its update. */
export class Submitting {
  private readonly phases: Phases;
  /** From here on only the stack says what is so. */
  private touching = false;

  constructor(
    private readonly engine: Engine,
    private readonly hold: Hold,
    private readonly submission: Submission,
  ) {
    this.phases = Phases.of(engine, hold);
  }

  async run(before: Situation, beside: Beside): Promise<void> {
    const { engine, hold, submission, phases } = this;
    const turn = await takeTurn(engine, hold, { situation: before, submission, phases });
    if (turn.kind === 'none') return;
    const { situation, plan, atOnce } = turn.value;
    const ground = atOnce ? await beside.ground() : await readGround(engine, situation, submission.content.template);
    const prepared = this.preparedFor(situation);
    const stack = prepared === undefined ? turn.value.stack : await this.prepare(turn.value.stack, prepared);
    const forced = forcedResources([hold.record, ...situation.recent.map(({ record }) => record)]);
    const submitted = writeSubmitted(engine, hold, { submission, situation, ground, prepared, forced });
    const changeSet = await submitChangeSet(engine, hold, { stack, submitted, parameters: submission.parameters, forced });
    if (changeSet.empty) return this.finishEmpty(changeSet);
    confirmPlan(engine, plan, changeSet);
    if (this.runsReleaseProcess && stack.kind === 'given')
      await requireReleaseProcess(engine, hold, { stack: stack.value, prepared, submission, phases });
    await this.execute(changeSet, await beside.notes());
  }

  /** Called when `run` threw. */
  async giveUp(error: unknown): Promise<void> {
    if (!this.touching) return giveUp(this.engine, this.hold, this.phases, error);
    if (error instanceof HoldLost) return;
    const { app, number } = this.hold.record;
    const text = `whether v${number} began is not known: see with \`empire follow -a ${app}\``;
    this.engine.report({ kind: 'note', text });
    await leave(this.engine, this.hold);
  }

  private get runsReleaseProcess(): boolean {
    return runsReleaseProcess(this.submission.reason.kind, this.submission.content.template);
  }

  private preparedFor({ running, stack }: Situation): PreparedTemplate | undefined {
    if (!this.runsReleaseProcess) return undefined;
    return preparedTemplate(
      running.kind === 'given' && stack.kind === 'given' ? running.value : undefined,
      this.submission.content.template,
    );
  }

  private async prepare(stack: Given<StackState>, prepared: PreparedTemplate): Promise<Given<StackState>> {
    const { engine, hold, phases } = this;
    const touching = (is: boolean) => {
      this.touching = is;
    };
    const ready = await prepare(engine, hold, { stack, prepared, phases, touching });
    return { kind: 'given', value: ready };
  }

  private async finishEmpty(changeSet: ChangeSetState): Promise<void> {
    const { engine, hold, phases } = this;
    await patiently(engine, () => engine.windows.stacks.deleteChangeSet(engine.place.stack, changeSet.id));
    await hold.finish({ status: 'cancelled', summary: 'nothing to change', phases: phases.all });
  }

  /** Only what CloudFormation surely did not begin is given up; anything else is for the stack to say. */
  private async execute(changeSet: ChangeSetState, notes: readonly string[]): Promise<void> {
    const { engine, hold, phases } = this;
    for (const text of notes) engine.report({ kind: 'note', text });
    if (notes.length > 0) await hold.update({ notes: [...hold.record.notes, ...notes] });
    if (engine.signal.aborted) throw interrupted(engine);
    await hold.keep();
    phases.begin('update', 'updating');
    // the record says that it began, so that whoever stops it knows
    await sideBySide(this.begin(changeSet), hold.update({ phases: phases.all }));
  }

  private async begin(changeSet: ChangeSetState): Promise<void> {
    const { engine, hold } = this;
    this.touching = true;
    try {
      await executeChangeSet(engine, changeSet, engine.place.stack, tokenOf(hold.record, 'execute'));
    } catch (error) {
      if (error instanceof Failure && SURELY_NOT.has(error.code)) this.touching = false;
      throw error;
    }
  }
}

const SURELY_NOT = new Set(['stack-changed', 'permission-denied']);
