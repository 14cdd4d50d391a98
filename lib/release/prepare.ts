import { Failure } from '../failure.js';
import type { Given } from '../model/given.js';
import type { ReleaseRecord } from '../model/release.js';
import type { ChangeSetState, StackState } from '../model/windows.js';
import { createChangeSet, executeChangeSet } from './change-set.js';
import { readDossier } from './conclude.js';
import type { Engine } from './engine.js';
import { ExaminedFailure } from './give-up.js';
import { History } from './history.js';
import type { Hold } from './hold.js';
import { prepareSetName, tokenOf } from './operation-names.js';
import { parameterValues } from './parameter-values.js';
import type { Phases } from './phases.js';
import { type PreparedTemplate, RELEASE_DEFINITION } from './prepared-template.js';
import { sideBySide } from './side-by-side.js';
import { operationSeen, stackAtRest } from './stack-operation.js';
import { isUpdated } from './stack-states.js';
import { parseTemplateObject } from './template-references.js';

/** Milliseconds in which an update that was asked for must show. */
const BEGINS_WITHIN = 60_000;

export interface PrepareInput {
  readonly stack: Given<StackState>;
  readonly prepared: PreparedTemplate;
  readonly phases: Phases;
  /** Called right before the stack is touched, and when what became of it is known: between, only the stack says what is so. */
  readonly touching: (is: boolean) => void;
}

/** What `prepare` would add, for people. */
export const addedWords = ({ adds }: PreparedTemplate): string => [...adds, RELEASE_DEFINITION].join(', ');

/**
 * The first of two updates: adds what the release process needs and changes nothing that runs. `Release` keeps its value, so that
 * nobody takes the stack for the new release. Gives the stack with it.
 */
export async function prepare(
  engine: Engine,
  hold: Hold,
  { stack, prepared, phases, touching }: PrepareInput,
): Promise<StackState> {
  const { record } = hold;
  phases.begin('prepare', `adding what the release process needs: ${addedWords(prepared)}`);
  const sha = await History.of(engine).putObject(prepared.text);
  const wanted = {
    name: prepareSetName(record),
    kind: stack.kind === 'none' ? ('create' as const) : ('update' as const),
    template: { text: prepared.text, sha },
    parameters: parameterValues(parseTemplateObject(prepared.text), stack, {}),
    description: `v${record.number}: what its release process needs`,
    token: prepareSetName(record),
  };
  const [changeSet] = await sideBySide(
    createChangeSet(engine, hold, wanted),
    hold.update({
      status: 'running',
      summary: 'adding what its release process needs',
      content: { ...record.content, prepared: { kind: 'given', value: sha } },
      phases: phases.all,
    }),
  );
  if (!changeSet.empty) {
    confirmPrepared(engine, changeSet);
    await hold.keep();
    touching(true);
    await executeChangeSet(engine, changeSet, engine.place.stack, tokenOf(record, 'prepare'));
  }
  const ready = await whenOver(engine, hold, changeSet.empty, touching);
  phases.end();
  return ready;
}

/** It may add and widen, and make a new revision of the task definition; anything else would touch what runs. */
function confirmPrepared(engine: Engine, changeSet: ChangeSetState): void {
  const wrong = changeSet.changes.filter(
    ({ id, action, replacement }) =>
      action === 'Remove' || (action === 'Modify' && replacement === 'True' && id !== RELEASE_DEFINITION),
  );
  if (wrong.length === 0) return;
  throw new Failure(
    `stack ${engine.place.stack}`,
    `adding what the release process needs would also change ${wrong.map(({ id }) => id).join(', ')}`,
    'look with `empire diff`; something else may have changed the stack',
    'change-set-differs',
  );
}

async function whenOver(engine: Engine, hold: Hold, nothing: boolean, touching: (is: boolean) => void): Promise<StackState> {
  const { clock } = engine.windows;
  const begun = clock.now();
  for (;;) {
    const state = await stackAtRest(engine, hold, engine.place.stack);
    if (state.kind === 'none') throw failed(engine, 'it was deleted');
    const over =
      nothing ||
      clock.now() - begun > BEGINS_WITHIN ||
      (await operationSeen(engine, state.value.id, tokenOf(hold.record, 'prepare')));
    if (over) touching(false);
    if (over && (nothing || isUpdated(state.value.status))) return state.value;
    if (over) throw await examined(engine, hold.record, state.value);
    await clock.sleep(1_000);
  }
}

async function examined(engine: Engine, record: ReleaseRecord, stack: StackState): Promise<Failure> {
  const dossier = await readDossier(engine, record, stack, 'prepare');
  const { where, what, hint, code } = failed(engine, dossier.cause);
  return new ExaminedFailure(dossier, where, what, hint, code);
}

const failed = ({ place }: Engine, why: string): Failure =>
  new Failure(
    `stack ${place.stack}`,
    `what the release process needs could not be added: ${why}`,
    'correct what it names, then deploy again; no running process has changed',
    'prepare-failed',
  );
