import { Failure } from '../failure.js';
import type { Given } from '../model/given.js';
import type { Plan } from '../model/plan.js';
import type { ChangeSetState, StackState } from '../model/windows.js';
import { confirmChangeSet } from '../plan/index.js';
import { createChangeSet } from './change-set.js';
import type { Engine } from './engine.js';
import { forcedRestarts } from './forced-resources.js';
import { History } from './history.js';
import type { Hold } from './hold.js';
import { changeSetName } from './operation-names.js';
import { parameterValues } from './parameter-values.js';
import { Phases } from './phases.js';
import { sideBySide } from './side-by-side.js';
import type { Submitted } from './submitted-template.js';
import { parseTemplateObject } from './template-references.js';

export interface SubmittedChange {
  /** None: it is to be created. */
  readonly stack: Given<StackState>;
  readonly submitted: Submitted;
  /** Values this update changes. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly forced: readonly string[];
}

/** The record says what is submitted before the stack is touched: written while CloudFormation thinks. */
export async function submitChangeSet(engine: Engine, hold: Hold, change: SubmittedChange): Promise<ChangeSetState> {
  const { stack, submitted, parameters, forced } = change;
  const { record } = hold;
  const phases = Phases.of(engine, hold);
  phases.begin('change set', 'CloudFormation checks the change');
  const sha = submitted.rewritten.length === 0 ? record.content.template : await History.of(engine).putObject(submitted.text);
  const template = parseTemplateObject(submitted.text);
  const release = `v${record.number}`;
  const changed = { ...parameters, ...forcedRestarts(template, forced, release), Release: release };
  const [changeSet] = await sideBySide(
    createChangeSet(engine, hold, {
      name: changeSetName(record),
      kind: stack.kind === 'none' ? 'create' : 'update',
      template: { text: submitted.text, sha },
      parameters: parameterValues(template, stack, changed),
      description: `${release}: ${record.reason.description}`.slice(0, 1024),
      token: changeSetName(record),
    }),
    hold.update({
      status: 'running',
      summary: 'updating',
      stackId: stack.kind === 'given' ? { kind: 'given', value: stack.value.id } : record.stackId,
      content: { ...record.content, submitted: { kind: 'given', value: sha } },
      phases: phases.all,
    }),
  );
  phases.end();
  return changeSet;
}

/** @throws Failure `change-set-differs` when CloudFormation would do more than the plan says */
export function confirmPlan({ place }: Engine, plan: Plan, changeSet: ChangeSetState): void {
  const differences = confirmChangeSet(plan, changeSet);
  if (differences.length === 0) return;
  throw new Failure(
    `stack ${place.stack}`,
    `CloudFormation would do what the plan does not say: ${differences.join('; ')}`,
    'something else may have changed the stack: look with `empire diff`, then deploy again',
    'change-set-differs',
  );
}
