import { Failure, isTransient } from '../failure.js';
import type { Given } from '../model/given.js';
import type { ReleaseRecord } from '../model/release.js';
import type { StackState } from '../model/windows.js';
import { endFromStack, stackOf } from './conclude.js';
import type { Engine } from './engine.js';
import { followOther } from './follow-other.js';
import { History } from './history.js';
import { type Hold, HoldLost, type ReleaseEnd } from './hold.js';
import { tokenOf } from './operation-names.js';
import { Phases } from './phases.js';
import { shiftSeconds } from './shift-time.js';
import { operationSeen } from './stack-operation.js';
import { isBusy, parameterOf } from './stack-states.js';
import { StackWatch } from './stack-watch.js';
import { duration, stopLate } from './stop-late.js';
import { isFinished, servingValue } from './stored-record.js';
import { parseTemplateObject } from './template-references.js';

/** Milliseconds between two looks: at first, when most happens, and after half a minute. */
const LOOK_EVERY = { first: 3_000, later: 5_000 };
const FIRST = 30_000;
/** Milliseconds in which an update that was asked for must show. */
const BEGINS_WITHIN = 60_000;
/** Looks in a row that may fail for reasons that pass. */
const BLIND_LOOKS = 200;

export interface FollowOptions {
  /** Seconds after which an update that is not through is undone; time in which traffic moves on purpose is added. */
  readonly timeoutSeconds: number;
}

/**
 * Follows a release of ours to its end and finishes its record. When one stops following (Ctrl-C), the release goes on and the
 * record comes back unfinished, for anybody to follow. When somebody else took it, theirs is followed.
 */
export async function followOwn(engine: Engine, hold: Hold, options: FollowOptions): Promise<ReleaseRecord> {
  if (isFinished(hold.record.status)) return hold.record;
  try {
    return await new Following(engine, hold, options).run();
  } catch (error) {
    if (!(error instanceof HoldLost)) throw error;
    return isFinished(error.record.status) ? error.record : followOther(engine, hold.record.number, options);
  }
}

class Following {
  private readonly phases: Phases;
  private readonly watch: StackWatch;
  private readonly since: number;
  private stack: string;
  private timedOut = false;
  private blind = 0;

  constructor(
    private readonly engine: Engine,
    private readonly hold: Hold,
    private readonly options: FollowOptions,
  ) {
    const { record } = hold;
    this.phases = Phases.of(engine, hold);
    this.phases.begin('update', 'updating');
    const began = this.phases.all.find(({ name }) => name === 'update');
    this.since = began?.startedAt ?? record.createdAt;
    this.watch = new StackWatch(engine, record, this.since);
    this.stack = stackOf(record);
  }

  async run(): Promise<ReleaseRecord> {
    const { clock } = this.engine.windows;
    for (;;) {
      if (this.engine.signal.aborted) return this.leave();
      await this.hold.keep();
      const state = await this.describe();
      if (state.kind === 'given' && (await this.isOver(state.value.kind === 'given' ? state.value.value : undefined)))
        return this.conclude(state.value);
      const pause = clock.now() - this.since < FIRST ? LOOK_EVERY.first : LOOK_EVERY.later;
      await clock.sleep(pause, this.engine.signal);
    }
  }

  /** None: it cannot be asked now. */
  private async describe(): Promise<Given<Given<StackState>>> {
    try {
      const state = await this.engine.windows.stacks.describe(this.stack);
      this.blind = 0;
      if (state.kind === 'given') this.stack = state.value.id;
      return { kind: 'given', value: state };
    } catch (error) {
      this.blind += 1;
      if (!isTransient(error) || this.blind > BLIND_LOOKS) throw error;
      if (this.blind === 1 && error instanceof Failure)
        this.engine.report({ kind: 'note', text: `looking again: ${error.what}` });
      return { kind: 'none' };
    }
  }

  private async isOver(stack: StackState | undefined): Promise<boolean> {
    if (stack === undefined) return true;
    if (!isBusy(stack.status)) return this.hasBegun(stack);
    const restoring = /ROLLBACK|DELETE/.test(stack.status);
    if (restoring) this.phases.begin('restore', 'going back to what was there before');
    await this.watch.look(stack);
    if (!restoring && !this.timedOut && (await this.isLate()))
      this.timedOut = await stopLate(this.engine, this.hold, stack, this.options.timeoutSeconds);
    return false;
  }

  /** Traffic that moves slowly on purpose is not late. */
  private async isLate(): Promise<boolean> {
    const seconds = (this.engine.windows.clock.now() - this.since) / 1000 - this.options.timeoutSeconds;
    if (seconds <= 0) return false;
    const template = await History.of(this.engine).object(this.hold.record.content.template);
    return seconds > shiftSeconds(parseTemplateObject(template));
  }

  /** A stack at rest may be one whose update does not show yet. */
  private async hasBegun(stack: StackState): Promise<boolean> {
    const { record } = this.hold;
    if (stack.status !== 'REVIEW_IN_PROGRESS' && parameterOf(stack, 'Release') === servingValue(record)) return true;
    if (this.engine.windows.clock.now() - this.since > BEGINS_WITHIN) return true;
    return operationSeen(this.engine, stack.id, tokenOf(record, 'execute'));
  }

  private async conclude(stack: Given<StackState>): Promise<ReleaseRecord> {
    this.phases.begin('verify', 'looking at what runs');
    const end = await this.end(stack);
    this.phases.end();
    return this.hold.finish({ ...end, phases: this.phases.all });
  }

  private async end(stack: Given<StackState>): Promise<ReleaseEnd> {
    const record = { ...this.hold.record, phases: this.phases.all };
    if (stack.kind === 'none' && this.timedOut)
      return {
        status: 'failed',
        summary: `not healthy within ${duration(this.options.timeoutSeconds)}: the first create was deleted`,
      };
    return endFromStack(this.engine, record, stack, () => this.hold.keep(), this.timedOut);
  }

  private async leave(): Promise<ReleaseRecord> {
    await this.hold.update({ phases: this.phases.all, held: { kind: 'none' } });
    return this.hold.record;
  }
}
