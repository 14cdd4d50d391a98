import { Failure } from '../failure.js';
import type { JsonObject } from '../model/json.js';
import type { LogLine, StackState, TaskState } from '../model/windows.js';
import type { StackServices } from '../observe/index.js';
import { listAt } from '../plan/template-json.js';
import type { Engine } from './engine.js';
import { findPlacement } from './find-placement.js';
import { patiently } from './patience.js';
import { propertiesOf } from './template-references.js';

/** Milliseconds between two attempts when there is no room, and how long to try. */
const PLACE_AGAIN = 10_000;
const PLACING = 120_000;
/** Milliseconds between two looks at the task and its log. */
const LOOK_EVERY = 1_000;
/** Looks at which a task that was just started may not be known yet. */
const UNKNOWN_LOOKS = 30;
/** Lines come a little later than the end: the log is complete when it did not grow in so many looks. */
const QUIET_LOOKS = 2;

/** A task of an app that a person wants to run once. */
export interface OneOff {
  readonly stack: StackState;
  readonly services: StackServices;
  readonly template: JsonObject;
  /** ARN of one of the stack's own. */
  readonly taskDefinition: string;
  readonly overrides: JsonObject;
  readonly exec: boolean;
  /** A UUID; one task only is started with it, whatever answers are lost. */
  readonly nonce: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** What runs now. */
export interface StartedOneOff {
  readonly cluster: string;
  readonly task: TaskState;
}

/** Starts it where the app's other tasks run; waits for room. */
export async function startOneOff(engine: Engine, run: OneOff): Promise<StartedOneOff> {
  const { clock, services } = engine.windows;
  const placement = await findPlacement(engine, { stack: run.stack, template: run.template, platform: {} }, run.services);
  const { taskDefinition, overrides, exec, nonce: token, tags } = run;
  const input = { ...placement, taskDefinition, overrides, exec, token, tags, capacityProvider: capacityOf(run) };
  const begun = clock.now();
  for (;;) {
    const answer = await patiently(engine, () => services.runTask({ ...input, startedBy: `empire-run-${token.slice(0, 8)}` }));
    if (answer.kind === 'started') return { cluster: placement.cluster, task: answer.task };
    if (clock.now() - begun > PLACING) throw notPlaced(answer.reason);
    engine.report({ kind: 'note', text: `no room yet: ${answer.reason}` });
    await clock.sleep(PLACE_AGAIN, engine.signal);
    if (engine.signal.aborted) throw notStarted();
  }
}

/** As the task definition says; a one-off task is not to be interrupted, so it never runs on spare capacity. */
function capacityOf({ stack, services, template, taskDefinition }: OneOff): string {
  const id = services.resources.find(({ physicalId }) => physicalId.kind === 'given' && physicalId.value === taskDefinition)?.id;
  const needs = id === undefined ? [] : listAt(propertiesOf(template, id)['RequiresCompatibilities']);
  const provider = stack.parameters.find(({ name }) => name === 'PlatformCapacityProvider')?.resolved;
  return needs.includes('EC2') && provider?.kind === 'given' ? provider.value : 'FARGATE';
}

/** Where its log is, and who wants to know what happens. */
export interface OneOffWatch {
  /** Empty: nobody wants its log. */
  readonly group: string;
  readonly stream: string;
  /** When it fires, the task is stopped; its end is waited for all the same. */
  readonly signal: AbortSignal;
  /** Awaited, so that a slow reader slows the reading. */
  readonly lines: (lines: readonly LogLine[]) => Promise<void>;
  /** Each time that the task is in another state. */
  readonly state: (task: TaskState) => void;
  /** Whether the task is looked at no longer. */
  readonly enough: (task: TaskState) => boolean;
  readonly stopReason: string;
}

/** Hands the log on as it comes, and gives the task as it was at its end. */
export async function followOneOff(engine: Engine, started: StartedOneOff, watch: OneOffWatch): Promise<TaskState> {
  const { clock, services } = engine.windows;
  const log = new OneOffLog(engine, watch);
  let { status } = started.task;
  let stopped = false;
  for (let unknown = 0; unknown < UNKNOWN_LOOKS; ) {
    await (stopped ? clock.sleep(LOOK_EVERY) : clock.sleep(LOOK_EVERY, watch.signal));
    if (watch.signal.aborted && !stopped) {
      stopped = true;
      await patiently(engine, () => services.stopTask(started.cluster, started.task.arn, watch.stopReason));
    }
    const [now] = await patiently(engine, () => services.tasks(started.cluster, { by: 'arn', tasks: [started.task.arn] }));
    await log.read();
    if (now === undefined) unknown += 1;
    else if (watch.enough(now)) return now;
    else if (now.status === 'STOPPED') return log.rest(now);
    else if (now.status !== status) watch.state(now);
    status = now?.status ?? status;
  }
  throw new Failure('run', 'its task is not known to ECS any more', 'see what there is with `empire ps --all`', 'run-lost');
}

/** The log of the task, never more than a page of it at once. */
class OneOffLog {
  private token: string | undefined;

  constructor(
    private readonly engine: Engine,
    private readonly watch: OneOffWatch,
  ) {}

  /** Whether there were lines. */
  async read(): Promise<boolean> {
    const { group, stream, lines: handOn } = this.watch;
    if (group === '') return false;
    for (let some = false; ; some = true) {
      const from = this.token === undefined ? ({ kind: 'start' } as const) : ({ kind: 'token', token: this.token } as const);
      const page = await patiently(this.engine, () => this.engine.windows.logs.read({ group, stream, from }));
      if (page.token.kind === 'given') this.token = page.token.value;
      if (page.lines.length === 0) return some;
      await handOn(page.lines);
    }
  }

  async rest(task: TaskState): Promise<TaskState> {
    for (let quiet = 0; quiet < QUIET_LOOKS; ) {
      await this.engine.windows.clock.sleep(LOOK_EVERY);
      quiet = (await this.read()) ? 0 : quiet + 1;
    }
    return task;
  }
}

const notStarted = (): Failure =>
  new Failure('run', 'stopped before it started', 'run it again when there is room', 'interrupted');

const notPlaced = (reason: string): Failure =>
  new Failure('run', `the task could not be started: ${reason}`, 'give the cluster room, then run it again', 'run-not-placed');
