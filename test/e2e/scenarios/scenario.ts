import { Failure } from '../../../lib/failure.js';
import type { Windows } from '../../../lib/model/windows.js';
import type { Ground } from './ground.js';
import { Normal } from './normal.js';

/** The same calls of the windows, made once against moto and once against the rehearsal. */
export interface Scenario {
  readonly name: string;
  /** `repaired`: CloudFormation, which only the launcher makes good enough. */
  readonly against: 'plain' | 'repaired';
  play(stage: Stage): Promise<void>;
}

/** What a step ended with: a value as `Normal` leaves it, or the code of its Failure. */
export type Outcome = { readonly returned: unknown } | { readonly failed: string };

/** The outcomes of a scenario by step, in their order. */
export type Played = ReadonlyMap<string, Outcome>;

/** Where a scenario plays, and who notes what comes of it. */
export class Stage {
  private readonly outcomes = new Map<string, Outcome>();
  private readonly normal: Normal;

  constructor(
    readonly windows: Windows,
    readonly ground: Ground,
  ) {
    this.normal = new Normal(windows.clock.now());
  }

  get played(): Played {
    return this.outcomes;
  }

  /** Makes a call and notes its outcome; `show` leaves out what only one side can know. Undefined when the call failed. */
  readonly step = async <Result>(
    name: string,
    call: Promise<Result>,
    show: (result: Result) => unknown = same,
  ): Promise<Result | undefined> => {
    if (this.outcomes.has(name)) throw new Error(`two steps are called \`${name}\``);
    try {
      const result = await call;
      this.outcomes.set(name, { returned: this.normal.valueOf(show(result), name, this.windows.clock.now()) });
      return result;
    } catch (error) {
      // What is not a Failure is a defect of a window: it must not pass for an outcome.
      if (!(error instanceof Failure)) throw error;
      this.outcomes.set(name, { failed: error.code });
      return undefined;
    }
  };
}

const same = (value: unknown): unknown => value;

/** Plays a scenario from beginning to end. */
export async function play(scenario: Scenario, windows: Windows, ground: Ground): Promise<Played> {
  const stage = new Stage(windows, ground);
  await scenario.play(stage);
  return stage.played;
}
