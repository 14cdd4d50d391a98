import type { Given } from '../../lib/model/given.js';
import type { Platform } from '../../lib/model/platform.js';
import type { ProgressEvent } from '../../lib/model/progress.js';
import type { ReleaseKind, ReleaseRecord } from '../../lib/model/release.js';
import type { Windows } from '../../lib/model/windows.js';
import { readPlatformValues } from '../../lib/observe/index.js';
import { planChanges } from '../../lib/plan/index.js';
import { openRehearsal, type Rehearsal } from '../../lib/rehearsal/index.js';
import type { Engine } from '../../lib/release/engine.js';
import { History } from '../../lib/release/history.js';
import type { Hold } from '../../lib/release/hold.js';
import { followOwn, type Submission, submit } from '../../lib/release/index.js';
import { reconcile } from '../../lib/release/reconcile.js';
import { readSituation, type Situation } from '../../lib/release/situation.js';
import { PLACE } from './model-apps.js';
import { ACME, compileFiles, type Files } from './planned.js';

const NONE = { kind: 'none' } as const;

/** 2026-06-04T14:27:00Z. */
export const START = Date.UTC(2026, 5, 4, 14, 27);

/** What a release of the tests may differ in. */
export interface How {
  readonly kind?: ReleaseKind;
  readonly timeoutSeconds?: number;
  readonly queue?: Submission['queue'];
  readonly parameters?: Readonly<Record<string, string>>;
}

export const minutes = (count: number): number => count * 60;

/** The app `acme-inc` in a rehearsed account, driven by the engine as commands do it. */
export class EngineApp {
  readonly rehearsal: Rehearsal = openRehearsal({
    platform: { account: NONE, region: NONE } as unknown as Platform,
    root: NONE,
    speed: Number.POSITIVE_INFINITY,
    start: { kind: 'given', value: START },
  });
  readonly events: ProgressEvent[] = [];

  /** Another client of the same account. */
  engine(windows: Windows = this.rehearsal, signal = new AbortController().signal): Engine {
    return {
      windows,
      place: PLACE,
      report: (event) => this.events.push(event),
      compiler: 'test',
      signal,
    };
  }

  /** From files to a finished record. */
  async deploy(files: Files, how: How = {}, engine = this.engine()): Promise<ReleaseRecord> {
    const hold = await this.submit(files, how, engine);
    return followOwn(engine, hold, { timeoutSeconds: how.timeoutSeconds ?? minutes(20) });
  }

  /** Steps 1 to 8. */
  async submit(files: Files, how: How = {}, engine = this.engine()): Promise<Hold> {
    const situation = await reconcile(engine, await readSituation(engine));
    return submit(engine, situation, await this.submission(files, how, engine, situation));
  }

  async submission(files: Files, how: How, engine: Engine, situation: Situation): Promise<Submission> {
    const { text, map } = compileFiles({ ...ACME, ...files });
    const platform = await readPlatformValues(engine.windows, JSON.parse(text));
    const replan = (running: Given<string>) =>
      planChanges({
        before: running,
        after: text,
        sourceMap: map,
        sourceMapBefore: NONE,
        parameters: { before: {}, after: how.parameters ?? {} },
        platform: { before: running.kind === 'given' ? platform : {}, after: platform },
      });
    const kind = how.kind ?? 'deploy';
    return {
      reason: {
        kind,
        description: `Deploy ${(files['image'] ?? ACME['image'] ?? '').trim()}`,
        message: NONE,
        by: 'tester',
        commit: NONE,
        run: NONE,
      },
      rollbackTo: NONE,
      content: { template: text, sourceMap: JSON.stringify(map), files: { ...ACME, ...files }, images: [], processes: [] },
      parameters: how.parameters ?? {},
      platform,
      plan: await replan(situation.running),
      replan,
      allowed: [],
      guard: NONE,
      notes: [],
      queue: how.queue ?? 'wait',
      timeoutSeconds: how.timeoutSeconds ?? minutes(20),
      keepImages: true,
    };
  }

  async records(): Promise<readonly ReleaseRecord[]> {
    return (await History.of(this.engine()).recent(100)).map(({ record }) => record);
  }

  /** Ids of the running tasks of a process, sorted. */
  async tasks(process: string): Promise<readonly string[]> {
    const { services, clock } = this.rehearsal;
    await clock.sleep(60_000);
    const query = { by: 'family', family: `empire-acme-inc_${process}`, status: 'RUNNING' } as const;
    return (await services.tasks(await this.cluster(), query)).map(({ id }) => id).sort();
  }

  async stack(): Promise<{ readonly status: string; readonly release: string }> {
    const stack = await this.rehearsal.stacks.describe('empire-acme-inc');
    if (stack.kind === 'none') return { status: 'none', release: '' };
    const release = stack.value.parameters.find(({ name }) => name === 'Release');
    return { status: stack.value.status, release: release?.value ?? '' };
  }

  async cluster(): Promise<string> {
    const name = '/empire/default/cluster-name';
    return (await this.rehearsal.parameters.values([name]))[name] as string;
  }

  script(...steps: readonly object[]): void {
    this.rehearsal.script(JSON.stringify(steps), 'test');
  }

  notes(): readonly string[] {
    return this.events.flatMap((event) => (event.kind === 'note' ? [event.text] : []));
  }
}
