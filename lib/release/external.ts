import { Failure } from '../failure.js';
import type { Given } from '../model/given.js';
import type { ReleaseRecord } from '../model/release.js';
import type { StackState } from '../model/windows.js';
import { readServices } from '../observe/stack-services.js';
import { sameTemplate } from '../plan/template-json.js';
import { shaOf } from './content-store.js';
import type { Engine } from './engine.js';
import { History } from './history.js';
import { patiently } from './patience.js';
import { newNonce, pendingRecord, type ReleaseDraft } from './release-draft.js';
import { imagesOfTemplate, processesOfTemplate } from './released-processes.js';
import type { Situation } from './situation.js';
import { isSettled, parameterOf } from './stack-states.js';
import { servingValue } from './stored-record.js';

/** Refuses a stack that somebody else made under our name. */
export function refuseForeign({ stack }: Situation): void {
  if (stack.kind === 'none' || stack.value.status === 'REVIEW_IN_PROGRESS') return;
  if (parameterOf(stack.value, 'Release') !== undefined) return;
  throw new Failure(
    stack.value.name,
    'there is a stack of this name that empire did not make: it has no parameter `Release`',
    'give the app another name, or set another PREFIX in the `platform` file',
    'stack-foreign',
  );
}

/**
 * Takes a change that something else made (`cdk deploy`, the console) into the history, so that it has no holes. False: there was none, or
 * a release began in the meantime.
 */
export async function adoptExternal(engine: Engine, situation: Situation): Promise<boolean> {
  const { stack, running, unfinished, recent } = situation;
  if (stack.kind === 'none' || running.kind === 'none' || unfinished.length > 0 || !isSettled(stack.value.status)) return false;
  if (await isOurs(engine, situation, stack.value, running.value)) return false;
  const history = History.of(engine);
  const number = (recent[0]?.record.number ?? (await history.newestNumber())) + 1;
  const record = await externalRecord(engine, situation, stack.value, running.value, number);
  return history.insert(record);
}

/** Whether the stack is as the newest release left it; what `prepare` added for a later one that failed is ours too. */
async function isOurs(engine: Engine, situation: Situation, stack: StackState, running: string): Promise<boolean> {
  const { current, recent } = situation;
  if (recent.some(({ record }) => isLeftBy(record, stack, running))) return true;
  if (current.kind === 'given' && parameterOf(stack, 'Release') !== servingValue(current.value)) return false;
  const shas = knownTemplates(
    current,
    recent.map(({ record }) => record),
  );
  if (shas.includes(shaOf(running))) return true;
  const history = History.of(engine);
  for (const sha of shas) if (sameTemplate(await history.object(sha), running)) return true;
  return false;
}

/** CloudFormation called it complete, and it was not: its record says so already. */
function isLeftBy(record: ReleaseRecord, stack: StackState, running: string): boolean {
  if (record.status !== 'failed' || parameterOf(stack, 'Release') !== servingValue(record)) return false;
  return [...valuesOf(record.content.submitted), record.content.template].includes(shaOf(running));
}

function knownTemplates(current: Given<ReleaseRecord>, recent: readonly ReleaseRecord[]): readonly string[] {
  const since = current.kind === 'given' ? current.value.number : 0;
  const prepared = recent.filter(({ number }) => number >= since).flatMap(({ content }) => valuesOf(content.prepared));
  const { content } = current.kind === 'given' ? current.value : {};
  const served = content === undefined ? [] : [...valuesOf(content.submitted), content.template];
  return [...new Set([...served, ...prepared])];
}

const valuesOf = <T>(given: Given<T>): readonly T[] => (given.kind === 'given' ? [given.value] : []);

async function externalRecord(
  engine: Engine,
  { current }: Situation,
  stack: StackState,
  template: string,
  number: number,
): Promise<ReleaseRecord> {
  const draft = externalDraft(current.kind === 'given' ? current.value : undefined, stack, template);
  await History.of(engine).storeContent(draft.content);
  const services = await patiently(engine, () => readServices(engine.windows, stack));
  const at = stack.updatedAt.kind === 'given' ? stack.updatedAt.value : stack.createdAt;
  return {
    ...pendingRecord(engine, draft, number, newNonce()),
    stackId: { kind: 'given', value: stack.id },
    taskDefinitions: services.taskDefinitions,
    status: 'succeeded',
    held: NONE,
    summary: 'found in the stack',
    createdAt: at,
    finishedAt: { kind: 'given', value: at },
  };
}

const NONE = { kind: 'none' } as const;

const EXTERNAL = {
  kind: 'external',
  description: 'Changed by something other than empire',
  message: NONE,
  by: 'unknown',
  commit: NONE,
  run: NONE,
} as const;

/** What the stack itself says; no directory made it. */
function externalDraft(before: ReleaseRecord | undefined, stack: StackState, template: string): ReleaseDraft {
  return {
    reason: EXTERNAL,
    rollbackTo: NONE,
    previous: before === undefined ? NONE : { kind: 'given', value: before.number },
    content: {
      template,
      sourceMap: JSON.stringify({ stack: stack.name, resources: {} }, null, 1),
      files: {},
      images: imagesOfTemplate(template, before?.images ?? []),
      processes: processesOfTemplate(template, before?.processes ?? []),
    },
    parameters: plainParameters(stack),
    platform: resolvedParameters(stack),
    allowed: [],
    predictedSeconds: NONE,
    notes: [],
    guard: NONE,
  };
}

const plainParameters = ({ parameters }: StackState): Readonly<Record<string, string>> =>
  Object.fromEntries(parameters.filter(({ resolved }) => resolved.kind === 'none').map(({ name, value }) => [name, value]));

const resolvedParameters = ({ parameters }: StackState): Readonly<Record<string, string>> =>
  Object.fromEntries(parameters.flatMap(({ name, resolved }) => valuesOf(resolved).map((value) => [name, value])));
