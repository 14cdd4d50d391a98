import { formatTemplate } from '../../lib/compile/format-template.js';
import { Failure } from '../../lib/failure.js';
import type { JsonObject } from '../../lib/model/json.js';
import type { StackEvent, StackResource, StackState, StacksWindow } from '../../lib/model/windows.js';
import { allotParsed, compileParsed, readParsed } from '../../lib/pipeline.js';
import { SimulatedStacks, stacksWindow } from '../../lib/rehearsal/stacks/index.js';
import { emptyStacks } from '../../lib/rehearsal/stacks/state.js';
import {
  type ResourceOperation,
  type ServiceCondition,
  type SimulatedServices,
  World,
  type WorldState,
} from '../../lib/rehearsal/world.js';
import { ROOT } from './repository.js';

export const START = Date.UTC(2026, 5, 4, 14, 27);

const compiled = new Map<string, string>();

/** The template of one of the example apps. */
export function exampleTemplate(app: string, environment = 'default'): string {
  const key = `${environment} ${app}`;
  const before = compiled.get(key);
  if (before !== undefined) return before;
  const parsed = readParsed({ root: ROOT, appsPath: 'apps', environment, only: { kind: 'given', value: [app] } });
  const [one] = compileParsed(parsed, allotParsed(parsed, false).ledger).compiled;
  if (one === undefined) throw new Error(`${app} does not compile`);
  const text = formatTemplate(one.template);
  compiled.set(key, text);
  return text;
}

/** Parts of a template that tests change. */
export interface EditableTemplate {
  Parameters: Record<string, Record<string, unknown>>;
  Resources: Record<string, { Type: string; Properties: Record<string, unknown>; [attribute: string]: unknown }>;
  Outputs: Record<string, { Value: unknown }>;
}

export function edited(body: string, edit: (template: EditableTemplate) => void): string {
  const template = JSON.parse(body) as EditableTemplate;
  edit(template);
  return JSON.stringify(template);
}

/** Another image for one process. */
export const withImage = (body: string, process: string, image: string): string =>
  edited(body, ({ Resources }) => {
    const containers = Resources[`${process}TaskDefinition`]?.Properties['ContainerDefinitions'] as { Image: string }[];
    for (const container of containers) container.Image = image;
  });

interface FakeService {
  properties: JsonObject;
  readyAt: number;
  gone: boolean;
  updates: number;
}

/** Services that are steady 30 seconds after a change, except where an image is `…-crash`: those fail. */
export class FakeServices implements SimulatedServices {
  readonly definitions = new Map<string, { image: string; active: boolean }>();
  readonly services = new Map<string, FakeService>();
  readonly targetGroups = new Set<string>();
  /** Services, by part of their ARN, that never become steady. */
  readonly hanging = new Set<string>();

  constructor(private readonly now: () => number) {}

  nextAt = (): number => Number.POSITIVE_INFINITY;
  tick = (): void => {};

  registerTaskDefinition(properties: JsonObject): string {
    const family = String(properties['Family']);
    const revision = [...this.definitions.keys()].filter((arn) => arn.includes(`/${family}:`)).length + 1;
    const arn = `arn:aws:ecs:us-east-1:123456789012:task-definition/${family}:${revision}`;
    const [container] = properties['ContainerDefinitions'] as unknown as { Image: string }[];
    this.definitions.set(arn, { image: container?.Image ?? '', active: true });
    return arn;
  }

  deregisterTaskDefinition(arn: string): void {
    const definition = this.definitions.get(arn);
    if (definition !== undefined) definition.active = false;
  }

  createService(properties: JsonObject, now: number, stack: string, id: string): string {
    const arn = `arn:aws:ecs:us-east-1:123456789012:service/empire/${stack}-${id}-${this.services.size + 1}`;
    this.services.set(arn, { properties, readyAt: now + 30_000, gone: false, updates: 0 });
    return arn;
  }

  updateService(arn: string, properties: JsonObject, now: number): void {
    const service = this.at(arn);
    service.updates += 1;
    if (service.properties['TaskDefinition'] !== properties['TaskDefinition']) service.readyAt = now + 30_000;
    service.properties = properties;
  }

  deleteService(arn: string): void {
    this.at(arn).gone = true;
  }

  serviceState(arn: string): ServiceCondition {
    const { gone, readyAt, properties } = this.at(arn);
    if (gone) return { kind: 'gone' };
    if (this.now() < readyAt || [...this.hanging].some((part) => arn.includes(part))) return { kind: 'deploying' };
    const image = this.definitions.get(String(properties['TaskDefinition']))?.image ?? '';
    return image.endsWith('-crash')
      ? { kind: 'failed', reason: 'ECS Deployment Circuit Breaker was triggered' }
      : { kind: 'steady' };
  }

  setTargetGroup = (arn: string): void => void this.targetGroups.add(arn);
  removeTargetGroup = (arn: string): void => void this.targetGroups.delete(arn);
  setListenerRule = (): void => {};
  removeListenerRule = (): void => {};
  setSchedule = (): void => {};
  removeSchedule = (): void => {};
  passOver = (): void => {};

  /** Image that a service is told to run. */
  imageOf(part: string): string {
    const [arn] = [...this.services.keys()].filter((one) => one.includes(part));
    return this.definitions.get(String(this.at(arn ?? part).properties['TaskDefinition']))?.image ?? '';
  }

  at(arn: string): FakeService {
    const service = this.services.get(arn);
    if (service === undefined) throw new Error(`no service ${arn}`);
    return service;
  }
}

/** A world with stacks and fake services, and short words for what tests do with it. */
export class StacksWorld {
  readonly world: World;
  readonly services: FakeServices;
  readonly window: StacksWindow;
  /** Failures that are still to come: `<logical id> <operation>` → message. */
  readonly failures = new Map<string, string>();
  readonly values = new Map<string, string>();
  readonly objects = new Map<string, string>();
  readonly buckets = new Set<string>();
  private sets = 0;

  constructor(state: WorldState = { now: START, stacks: emptyStacks() }) {
    this.services = new FakeServices(() => this.world.now);
    this.world = new World(state, { account: '123456789012', region: 'us-east-1', partition: 'aws' }, (world) => ({
      stacks: new SimulatedStacks(world),
      services: this.services,
      script: { resourceFailure: (_, id, operation) => this.failureOf(id, operation) },
      lookups: {
        parameter: (name) => this.parameter(name),
        object: (url) => this.objects.get(url),
        hasBucket: (name) => this.buckets.has(name),
        makeBucket: (name) => this.buckets.add(name),
        removeBucket: (name) => this.buckets.delete(name),
      },
    }));
    this.window = stacksWindow(this.world);
  }

  private failureOf(id: string, operation: ResourceOperation): string | undefined {
    const message = this.failures.get(`${id} ${operation}`);
    this.failures.delete(`${id} ${operation}`);
    return message;
  }

  private parameter(name: string): string | undefined {
    const value = this.values.get(name) ?? (name.endsWith('subnets') ? 'subnet-0a, subnet-0b' : `found:${name}`);
    return value === 'missing' ? undefined : value;
  }

  /** Lets seconds go by. */
  pass(seconds: number): void {
    this.world.settle(this.world.now + seconds * 1000);
  }

  /** A change set that is worked out. */
  async changeSet(stack: string, body: string, parameters: Record<string, string> = {}) {
    const found = await this.window.describe(stack);
    const kind = found.kind === 'none' || found.value.status === 'REVIEW_IN_PROGRESS' ? 'create' : 'update';
    this.sets += 1;
    const name = `set-${this.sets}`;
    const url = `https://store/${name}`;
    this.objects.set(url, body);
    const template = body.length > 50_000 ? ({ kind: 'url', url } as const) : ({ kind: 'body', body } as const);
    const { id } = await this.window.createChangeSet({ stack, name, kind, template, parameters, description: '', token: name });
    this.pass(3);
    const state = await this.window.changeSet(stack, id);
    if (state.kind === 'none') throw new Error('the change set is gone');
    return state.value;
  }

  /** A change set, executed; nothing has happened yet. */
  async start(stack: string, body: string, token: string, parameters: Record<string, string> = {}): Promise<void> {
    const { id } = await this.changeSet(stack, body, parameters);
    await this.window.executeChangeSet({ stack, id, token });
  }

  /** The same, to its end. */
  async deploy(stack: string, body: string, token: string, parameters: Record<string, string> = {}): Promise<StackState> {
    await this.start(stack, body, token, parameters);
    this.pass(4 * 3600);
    return await this.state(stack);
  }

  async state(stack: string): Promise<StackState> {
    const found = await this.window.describe(stack);
    if (found.kind === 'none') throw new Error(`no stack ${stack}`);
    return found.value;
  }

  async resource(stack: string, id: string): Promise<StackResource | undefined> {
    return (await this.window.resources(stack)).find((one) => one.id === id);
  }

  async physicalId(stack: string, id: string): Promise<string> {
    const found = await this.resource(stack, id);
    return found?.physicalId.kind === 'given' ? found.physicalId.value : '';
  }

  async events(stack: string, token: string): Promise<StackEvent[]> {
    const all = await this.window.events(stack, { after: { kind: 'none' }, limit: 10_000 });
    return all.filter((event) => event.token.kind === 'given' && event.token.value === token);
  }

  /** Events of an operation as `LogicalId STATUS`. */
  async told(stack: string, token: string): Promise<string[]> {
    return (await this.events(stack, token)).map(({ resource, status }) => `${resource} ${status}`);
  }
}

/** What a refused call said. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Failure) return `${error.code} ${error.what}`;
    throw error;
  }
  throw new Error('it was not refused');
}
