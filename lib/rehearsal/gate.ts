import type { Given } from '../model/given.js';
import type { RehearsalClock } from './clock.js';
import { refusedCall } from './refusal.js';
import { refusalOf } from './script.js';
import type { RehearsalState } from './state.js';
import type { StateFile } from './state-file.js';
import type { World } from './world.js';

/** A rehearsed account with its parts. */
export type RehearsalWorld = World<RehearsalState>;

/**
 * Where every call to the rehearsed outside passes: the account is read, moved on to this moment, asked, and written back, and no
 * other process comes between.
 */
export class Gate {
  constructor(
    private readonly clock: RehearsalClock,
    private readonly file: Given<StateFile>,
    private readonly open: (state: RehearsalState) => RehearsalWorld,
    private current: RehearsalWorld,
  ) {}

  get region(): string {
    return this.current.region;
  }

  get world(): RehearsalWorld {
    return this.current;
  }

  /** `name` is `window.method`, for scripts that refuse it. */
  async call<Result>(name: string, action: (world: RehearsalWorld) => Result): Promise<Awaited<Result>> {
    // A call to the outside never answers at once: others that are ready come first.
    await Promise.resolve();
    return await this.step((world) => {
      const refusal = refusalOf(world.state, name);
      if (refusal.kind === 'given') throw refusedCall(name, refusal.value);
      return action(world);
    });
  }

  /** Without the possibility of a refusal: for the commands that look into a rehearsal or change it. */
  step<Result>(action: (world: RehearsalWorld) => Result): Result {
    if (this.file.kind === 'none') return this.settled(action);
    const file = this.file.value;
    return file.exclusively(() => {
      const changed = file.readChanged();
      if (changed.kind === 'given') this.current = this.open(changed.value);
      try {
        return this.settled(action);
      } finally {
        file.write(this.current.state);
      }
    });
  }

  /** Another account instead of this one, and no others. */
  reset(state: RehearsalState): void {
    this.current = this.open(state);
    if (this.file.kind === 'given') this.file.value.reset(state);
  }

  private settled<Result>(action: (world: RehearsalWorld) => Result): Result {
    this.clock.moveTo(this.current.state.now);
    this.current.settle(this.clock.now());
    return action(this.current);
  }
}
