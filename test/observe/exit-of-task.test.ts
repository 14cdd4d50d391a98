import { expect } from 'chai';
import type { TaskState } from '../../lib/model/windows.js';
import { exitOfTask } from '../../lib/observe/exit-of-task.js';
import { renderRunEnd } from '../../lib/view/run.js';

const NONE = { kind: 'none' } as const;
const given = <T>(value: T | undefined) => (value === undefined ? NONE : ({ kind: 'given', value } as const));

function task(exitCode: number | undefined, reason?: string, stoppedReason?: string): TaskState {
  const containers = [{ name: 'web', status: 'STOPPED', exitCode: given(exitCode), reason: given(reason) }];
  return { containers, stoppedReason: given(stoppedReason) } as unknown as TaskState;
}

describe('how a program in a task ended', () => {
  const runc = (what: string) =>
    `CannotStartContainerError: Error response from daemon: failed to create task for container: OCI runtime create failed: runc create failed: unable to start container process: exec: "x": ${what}: unknown`;

  it('is its own code, also when a signal ended it', () => {
    for (const code of [0, 1, 127, 130, 143]) {
      expect(exitOfTask(task(code, undefined, 'Essential container in task exited'), 'web')).to.deep.equal({ code, reason: '' });
    }
    const memory = exitOfTask(task(137, 'OutOfMemoryError: container killed due to high memory usage'), 'web');
    expect(memory.code).to.equal(137);
    expect(renderRunEnd('rake', memory)).to.equal(
      '`rake` ended with 137: OutOfMemoryError: container killed due to high memory usage',
    );
  });

  it('is 127 when it was not found, 126 when it may not be executed, and 125 when it could not be run', () => {
    const missing = exitOfTask(task(undefined, runc('executable file not found in $PATH')), 'web');
    expect([missing.code, renderRunEnd('x', missing)]).to.deep.equal([127, '`x` was not found in the image']);
    expect(exitOfTask(task(127, runc('stat /x: no such file or directory')), 'web').code).to.equal(127);
    expect(exitOfTask(task(undefined, runc('permission denied')), 'web').code).to.equal(126);
    expect(exitOfTask(task(undefined, runc('exec format error')), 'web').code).to.equal(126);
    const pull = exitOfTask(task(undefined, undefined, 'CannotPullContainerError: not found'), 'web');
    expect([pull.code, renderRunEnd('x', pull)]).to.deep.equal([
      125,
      '`x` could not be run: CannotPullContainerError: not found',
    ]);
    expect(exitOfTask(task(undefined), 'web')).to.deep.equal({ code: 125, reason: 'ECS gave no reason' });
    expect(renderRunEnd(undefined, { code: 0, reason: '' })).to.equal('');
  });
});
