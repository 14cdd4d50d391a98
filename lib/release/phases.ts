import type { PhaseName, ReleasePhase } from '../model/release.js';
import type { Engine } from './engine.js';
import type { Hold } from './hold.js';

/** The phases of one release: each is said when it begins and when it ends, and all of them are kept in the record. */
export class Phases {
  private static readonly ofHolds = new WeakMap<Hold, Phases>();
  private readonly phases: ReleasePhase[];

  constructor(
    private readonly engine: Pick<Engine, 'windows' | 'report'>,
    before: readonly ReleasePhase[],
  ) {
    this.phases = [...before];
  }

  /** One for a hold, so that submitting and following tell one story. */
  static of(engine: Engine, hold: Hold): Phases {
    const known = Phases.ofHolds.get(hold) ?? new Phases(engine, hold.record.phases);
    Phases.ofHolds.set(hold, known);
    return known;
  }

  get all(): readonly ReleasePhase[] {
    return [...this.phases];
  }

  /** Ends what was going on. A phase that goes on already is not begun again. */
  begin(name: PhaseName, text: string): void {
    const open = this.phases.at(-1);
    if (open?.name === name && open.endedAt.kind === 'none') return;
    this.end();
    const at = this.engine.windows.clock.now();
    this.phases.push({ name, startedAt: at, endedAt: { kind: 'none' } });
    this.engine.report({ kind: 'phase', name, at, text });
  }

  end(): void {
    const open = this.phases.at(-1);
    if (open === undefined || open.endedAt.kind === 'given') return;
    const at = this.engine.windows.clock.now();
    this.phases[this.phases.length - 1] = { ...open, endedAt: { kind: 'given', value: at } };
    this.engine.report({ kind: 'phase-end', name: open.name, at, seconds: Math.round((at - open.startedAt) / 1000) });
  }
}
