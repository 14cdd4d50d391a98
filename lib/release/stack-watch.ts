import { Failure, isTransient } from '../failure.js';
import type { Given } from '../model/given.js';
import type { ReleaseRecord } from '../model/release.js';
import type { SourceMap } from '../model/template.js';
import type { StackState } from '../model/windows.js';
import { type HealthQuestion, healthQuestions, observeProcesses, readServices, type StackServices } from '../observe/index.js';
import type { Engine } from './engine.js';
import { serviceEventLines, stackEventLine } from './follow-events.js';
import { History } from './history.js';
import { parseTemplateObject } from './template-references.js';

/** Events in one look: far more than happen between two. */
const EVENTS = 200;

/** Looks at a stack that moves and says what is new. What cannot be asked now is asked the next time. */
export class StackWatch {
  private after: Given<string> = { kind: 'none' };
  private sourceMap: Given<SourceMap> = { kind: 'none' };
  private questions: Readonly<Record<string, HealthQuestion>> = {};
  private said = '';
  /** Something was on its way once: until then `done` is said of what ran before. */
  private begun = false;
  /** Newest event of each service that was said. */
  private readonly heard = new Map<string, number>();
  private opened = false;

  constructor(
    private readonly engine: Engine,
    private readonly record: ReleaseRecord,
    /** Events before are not said. */
    private readonly since: number,
  ) {}

  async look(stack: StackState): Promise<void> {
    try {
      await this.open();
      await this.sayEvents(stack);
      const services = await readServices(this.engine.windows, stack);
      await Promise.all([this.sayServiceEvents(services), this.sayProcesses(services)]);
    } catch (error) {
      if (!isTransient(error)) throw error;
    }
  }

  /** A release without its content is followed without places. */
  private async open(): Promise<void> {
    if (this.opened) return;
    const history = History.of(this.engine);
    const { content } = this.record;
    try {
      const [map, template] = await Promise.all([history.object(content.sourceMap), history.object(content.template)]);
      this.sourceMap = { kind: 'given', value: JSON.parse(map) as SourceMap };
      this.questions = healthQuestions(parseTemplateObject(template));
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== 'content-missing') throw error;
      this.engine.report({ kind: 'note', text: `lines of files are not named: ${error.message}` });
    }
    this.opened = true;
  }

  private async sayEvents(stack: StackState): Promise<void> {
    const events = await this.engine.windows.stacks.events(stack.id, { after: this.after, limit: EVENTS });
    const last = events.at(-1);
    if (last !== undefined) this.after = { kind: 'given', value: last.id };
    for (const event of events) {
      const line = event.at < this.since ? ({ kind: 'none' } as const) : stackEventLine(event, this.sourceMap);
      if (line.kind === 'given') this.engine.report(line.value);
    }
  }

  private async sayServiceEvents({ cluster, services, resources }: StackServices): Promise<void> {
    const arns = Object.values(services);
    if (cluster.kind === 'none' || arns.length === 0) return;
    for (const service of await this.engine.windows.services.services(cluster.value, arns)) {
      const resource =
        resources.find(({ physicalId }) => physicalId.kind === 'given' && physicalId.value === service.arn)?.id ?? '';
      const lines = serviceEventLines(service, resource, this.heard.get(service.arn) ?? this.since, this.sourceMap);
      for (const line of lines) this.engine.report(line);
      const newest = lines.at(-1);
      if (newest !== undefined) this.heard.set(service.arn, newest.at);
    }
  }

  private async sayProcesses(services: StackServices): Promise<void> {
    const processes = await observeProcesses(this.engine.windows, services, this.questions);
    const text = JSON.stringify(processes);
    this.begun ||= processes.some(({ done }) => !done);
    if (!this.begun) return;
    if (processes.length === 0 || text === this.said) return;
    this.said = text;
    this.engine.report({ kind: 'processes', at: this.engine.windows.clock.now(), processes });
  }
}
