import { Failure } from '../../failure.js';
import type { App } from '../../model/app.js';
import type { Given } from '../../model/given.js';
import { didYouMean } from '../../parse/nearest.js';
import { formatScaleCount, parseScaleArguments, type ScaleChange, type ScaleCount } from '../../parse/scale.js';
import { editScale, type ScaleEdit } from '../../parse/scale-edit.js';
import { hasErrors } from '../../pipeline.js';
import { Problems } from '../../problems.js';
import { renderProblems } from '../../view/problem.js';
import { renderScaled } from '../../view/scale-lines.js';
import { renderSize } from '../../view/values.js';
import type { Change } from './change.js';
import { layerName } from './config-files.js';
import { appOf } from './edit-and-release.js';
import { textOf } from './edits.js';
import type { ReleaseFlags } from './flags.js';
import type { LocalApp } from './local.js';
import { Refusal } from './refusal.js';

/** What `empire scale web=2 worker=+1` wants. */
export function scaleChange(words: readonly string[], local: LocalApp, flags: ReleaseFlags): Change {
  const app = appOf(local);
  const changes = understood(words, app);
  const file = layerName('scale', local.environment);
  const edits = new Map(changes.map((change) => [change.process, editOf(change)]));
  return {
    kind: 'scale',
    describe: () => `Scale ${changes.map(wordsOf).join(', ')}`,
    edit: (_folder, directory) => [{ name: file, text: editScale(textOf(directory, file), edits) }],
    pins: 'keep',
    asks: 'destructive',
    notes: () => [],
    parameters: () => ({}),
    done: (_record, released) =>
      renderScaled(
        released,
        changes.map(({ process }) => process),
      ),
    flags,
  };
}

function understood(words: readonly string[], app: Given<App>): ScaleChange[] {
  const problems = new Problems();
  const changes = parseScaleArguments(words, (process) => countNow(process, app), problems);
  if (hasErrors(problems.all)) throw new Refusal(problems.all);
  process.stderr.write(renderProblems(problems.all));
  if (app.kind === 'given') for (const change of changes) refuseUnknown(change.process, app.value);
  return changes;
}

function refuseUnknown(name: string, { name: app, processes }: App): void {
  const known = processes.map((process) => process.name);
  if (known.includes(name)) return;
  const hint = didYouMean(name, known, `the processes are: ${known.join(', ')}`);
  throw new Failure('scale', `there is no process \`${name}\` in ${app}`, hint, 'process-unknown');
}

/** The resolved count in this environment, which relative counts start from. */
function countNow(name: string, app: Given<App>): Given<ScaleCount> {
  const process = app.kind === 'given' ? app.value.processes.find((one) => one.name === name) : undefined;
  switch (process?.kind) {
    case 'service':
      return { kind: 'given', value: process.count };
    case 'cron':
      return { kind: 'given', value: { kind: 'fixed', tasks: process.tasks } };
    case 'off':
      return { kind: 'given', value: { kind: 'off' } };
    default:
      return { kind: 'none' };
  }
}

const editOf = ({ count, size }: ScaleChange): ScaleEdit => ({
  ...(count.kind === 'given' ? { count: count.value } : {}),
  ...(size.kind === 'given' ? { size: size.value } : {}),
});

/** `worker=2`, `worker=1:256:128.00mb`: what changed, in the words of the file. */
function wordsOf({ process, count, size }: ScaleChange): string {
  const parts = [
    count.kind === 'given' ? formatScaleCount(count.value) : '',
    size.kind === 'given' ? renderSize(size.value) : '',
  ];
  return `${process}=${parts[1] === '' ? parts[0] : parts[0] === '' ? parts[1] : parts.join(':')}`;
}
