import { Failure } from '../failure.js';
import type { Given } from '../model/given.js';
import type { Dossier, ReleaseRecord } from '../model/release.js';
import type { SourceMap } from '../model/template.js';
import type { StackState } from '../model/windows.js';
import { examineFailure, readServices } from '../observe/index.js';
import { changesSince } from './changes-since.js';
import type { Engine } from './engine.js';
import { formatForced } from './forced-resources.js';
import { History } from './history.js';
import type { ReleaseEnd } from './hold.js';
import { tokenOf } from './operation-names.js';
import { patiently } from './patience.js';
import { isRestoration, restoredEnd } from './restored.js';
import { operationEvents } from './stack-operation.js';
import { type Outcome, outcomeOf } from './stack-outcome.js';
import { stopWork } from './stop-work.js';
import { parseTemplateObject } from './template-references.js';
import { verifyServices } from './verify.js';

/** By ARN when it is known: a stack that was made again under this name is another one. */
export const stackOf = ({ stack, stackId }: Pick<ReleaseRecord, 'stack' | 'stackId'>): string =>
  stackId.kind === 'given' ? stackId.value : stack;

/** How a release ended, for a stack at rest. `timedOut`: we ourselves stopped it, whatever name CloudFormation gives that. */
export async function endFromStack(
  engine: Engine,
  record: ReleaseRecord,
  stack: Given<StackState>,
  keep: () => Promise<void>,
  timedOut = false,
): Promise<ReleaseEnd> {
  if (stack.kind === 'none') return { status: 'cancelled', summary: 'the stack was deleted' };
  if (isRestoration(record)) return restoredEnd(engine, record, stack);
  const events = await operationEvents(engine, stack.value.id);
  const outcome = outcomeOf(record, stack.value, events);
  if (outcome.kind === 'complete') return completeEnd(engine, record, stack.value, keep);
  if (outcome.kind === 'untouched' || outcome.kind === 'prepared') {
    await stopWork(engine, record, stack.value, `empire: ${record.app} v${record.number} was left by its maker`);
    const prepared = 'stopped before it changed a running process; what its release process needs was added';
    return { status: 'cancelled', summary: outcome.kind === 'prepared' ? prepared : 'never started' };
  }
  const byUs = timedOut && outcome.kind === 'undone' ? ({ kind: 'undone', by: 'timeout' } as const) : outcome;
  return undoneEnd(engine, record, stack.value, byUs);
}

async function completeEnd(
  engine: Engine,
  record: ReleaseRecord,
  stack: StackState,
  keep: () => Promise<void>,
): Promise<ReleaseEnd> {
  const { services, wrong } = await verifyServices(engine, stack, keep);
  const stackId = { kind: 'given', value: stack.id } as const;
  if (wrong.kind === 'none') return { status: 'succeeded', summary: '', stackId, taskDefinitions: services.taskDefinitions };
  const { process, resource, what } = wrong.value;
  return {
    status: 'failed',
    summary: `CloudFormation says complete, but of ${process} ${what}`,
    stackId,
    ...(await examined(engine, record, stack)),
    notes: [...record.notes, formatForced([resource])],
  };
}

async function undoneEnd(
  engine: Engine,
  record: ReleaseRecord,
  stack: StackState,
  outcome: Extract<Outcome, { kind: 'undone' | 'stuck' }>,
): Promise<ReleaseEnd> {
  const stackId = { kind: 'given', value: stack.id } as const;
  const back =
    stack.status === 'ROLLBACK_COMPLETE' || record.previous.kind === 'none' ? '' : `; v${record.previous.value} still serves`;
  if (outcome.kind === 'undone' && outcome.by === 'person')
    return { status: 'cancelled', summary: `stopped by a person${back}`, stackId };
  const found = await examined(engine, record, stack);
  const cause = found.dossier.kind === 'given' ? found.dossier.value.cause : 'the update failed';
  if (outcome.kind === 'stuck') {
    const summary = `${cause}; it could not be undone (${stack.status}): the next release does that first`;
    return { status: 'failed', summary, stackId, ...found };
  }
  const late = outcome.by === 'timeout' ? 'not healthy in time: ' : '';
  return { status: 'failed', summary: `${late}${cause}${back}`, stackId, ...found };
}

/** Why it failed. That it cannot be found out is said, and does not keep the release from ending. */
async function examined(
  engine: Engine,
  record: ReleaseRecord,
  stack: StackState,
): Promise<{ readonly dossier: Given<Dossier>; readonly notes: readonly string[] }> {
  try {
    const dossier = await readDossier(engine, record, stack, 'execute');
    return { dossier: { kind: 'given', value: dossier }, notes: record.notes };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { dossier: { kind: 'none' }, notes: [...record.notes, `why it failed could not be examined: ${error.message}`] };
  }
}

/** Why an operation of a release on the stack failed. */
export async function readDossier(
  engine: Engine,
  record: ReleaseRecord,
  stack: StackState,
  operation: 'prepare' | 'execute',
): Promise<Dossier> {
  const history = History.of(engine);
  const [services, sourceMap, template, before] = await Promise.all([
    patiently(engine, () => readServices(engine.windows, stack)),
    history.object(record.content.sourceMap),
    history.object(record.content.template),
    record.previous.kind === 'given' ? history.get(record.previous.value) : ({ kind: 'none' } as const),
  ]);
  const phase = record.phases.find(({ name }) => name === (operation === 'execute' ? 'update' : 'prepare'));
  return patiently(engine, () =>
    examineFailure(engine.windows, {
      stack: stack.id,
      token: { kind: 'given', value: tokenOf(record, operation) },
      since: phase?.startedAt ?? record.createdAt,
      sourceMap: { kind: 'given', value: JSON.parse(sourceMap) as SourceMap },
      template: { kind: 'given', value: parseTemplateObject(template) },
      services,
      changes: changesSince(before.kind === 'given' ? before.value.record : undefined, record),
    }),
  );
}
