import type { Dossier } from '../model/release.js';
import type { SourceMap } from '../model/template.js';
import type { StackState } from '../model/windows.js';
import { examineTask } from '../observe/index.js';
import { changesSince } from './changes-since.js';
import type { Engine } from './engine.js';
import { ExaminedFailure } from './give-up.js';
import { History } from './history.js';
import type { Hold } from './hold.js';
import { patiently } from './patience.js';
import type { Phases } from './phases.js';
import { addedWords } from './prepare.js';
import type { PreparedTemplate } from './prepared-template.js';
import { type ReleaseProcessEnd, runReleaseProcess } from './release-process.js';
import type { Submission } from './submission.js';
import { parseTemplateObject } from './template-references.js';

export interface ReleaseStep {
  readonly stack: StackState;
  readonly prepared: PreparedTemplate | undefined;
  readonly submission: Submission;
  readonly phases: Phases;
}

/** Runs the release process; no running process has changed yet. @throws ExaminedFailure unless it exits with 0 */
export async function requireReleaseProcess(engine: Engine, hold: Hold, step: ReleaseStep): Promise<void> {
  const { stack, submission, phases, prepared } = step;
  phases.begin('release process', 'running the release process');
  const template = parseTemplateObject(submission.content.template);
  const { platform, timeoutSeconds } = submission;
  const end = await runReleaseProcess(engine, hold, { stack, template, platform, timeoutSeconds });
  phases.end();
  if (end.exitCode.kind === 'given' && end.exitCode.value === 0) return;
  const added = prepared === undefined ? '' : `; added before it: ${addedWords(prepared)}`;
  throw new ExaminedFailure(
    await examine(engine, hold, submission, end),
    'release',
    `${wordsOf(end)}: no running process has changed${added}`,
    `read its output with \`empire releases output v${hold.record.number} -a ${hold.record.app}\`, correct it, then deploy again`,
    'release-process-failed',
  );
}

function wordsOf({ exitCode, task }: ReleaseProcessEnd): string {
  if (exitCode.kind === 'given') return `the release process exited with ${exitCode.value}`;
  const reason = task.stoppedReason.kind === 'given' ? `: ${task.stoppedReason.value}` : '';
  return `the release process did not run${reason}`;
}

async function examine(engine: Engine, { record }: Hold, { content }: Submission, end: ReleaseProcessEnd): Promise<Dossier> {
  const before = record.previous.kind === 'given' ? await History.of(engine).get(record.previous.value) : record.previous;
  return patiently(engine, () =>
    examineTask(engine.windows, end.task, {
      process: 'release',
      sourceMap: { kind: 'given', value: JSON.parse(content.sourceMap) as SourceMap },
      template: { kind: 'given', value: parseTemplateObject(content.template) },
      services: end.services,
      changes: changesSince(before.kind === 'given' ? before.value.record : undefined, record),
    }),
  );
}
