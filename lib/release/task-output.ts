import { isTransient } from '../failure.js';
import type { LogLine } from '../model/windows.js';
import type { Engine } from './engine.js';

/** The log of one task, read on as it grows. */
export class TaskOutput {
  private token: string | undefined;
  private readonly lines: LogLine[] = [];

  constructor(
    private readonly engine: Engine,
    private readonly group: string,
    private readonly stream: string,
  ) {}

  /** Says the lines that are new, and whether there were any. A log that cannot be read now is read later. */
  async read(): Promise<boolean> {
    try {
      return await this.readPage();
    } catch (error) {
      if (!isTransient(error)) throw error;
      return true;
    }
  }

  get text(): string {
    return this.lines.map(({ text }) => `${text}\n`).join('');
  }

  get last(): readonly LogLine[] {
    return this.lines.slice(-20);
  }

  private async readPage(): Promise<boolean> {
    const from = this.token === undefined ? ({ kind: 'start' } as const) : ({ kind: 'token', token: this.token } as const);
    const page = await this.engine.windows.logs.read({ group: this.group, stream: this.stream, from });
    if (page.token.kind === 'given') this.token = page.token.value;
    this.lines.push(...page.lines);
    for (const { at, text } of page.lines) this.engine.report({ kind: 'output', at, text });
    return page.lines.length > 0;
  }
}
