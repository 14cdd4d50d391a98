import { isTransient } from '../../failure.js';
import type { Given } from '../../model/given.js';
import type { SourceMap } from '../../model/template.js';
import type { StackEvent } from '../../model/windows.js';
import type { Engine } from '../engine.js';
import { stackEventLine } from '../follow-events.js';

/** Events in one look: far more than happen between two. */
const EVENTS = 500;

/** Says what is new in a platform's stack, with the lines of the platform file. What cannot be asked now is asked the next time. */
export class PlatformWatch {
  private after: Given<string> = { kind: 'none' };

  constructor(
    private readonly engine: Engine,
    private readonly sourceMap: Given<SourceMap>,
    /** Events up to then are not said. */
    private readonly since: number,
  ) {}

  async look(stack: string): Promise<void> {
    for (const event of await this.newer(stack)) {
      const line = event.at <= this.since ? ({ kind: 'none' } as const) : stackEventLine(event, this.sourceMap);
      if (line.kind === 'given') this.engine.report(line.value);
    }
  }

  private async newer(stack: string): Promise<readonly StackEvent[]> {
    try {
      const events = await this.engine.windows.stacks.events(stack, { after: this.after, limit: EVENTS });
      const last = events.at(-1);
      if (last !== undefined) this.after = { kind: 'given', value: last.id };
      return events;
    } catch (error) {
      if (!isTransient(error)) throw error;
      return [];
    }
  }
}
