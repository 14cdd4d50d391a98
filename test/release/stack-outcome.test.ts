import { expect } from 'chai';
import type { ReleaseRecord } from '../../lib/model/release.js';
import type { StackEvent, StackState, StackStatus } from '../../lib/model/windows.js';
import { outcomeOf } from '../../lib/release/stack-outcome.js';

const RECORD = { number: 2, id: 'id', parameters: {} } as unknown as ReleaseRecord;

const stack = (status: StackStatus, release: string): StackState =>
  ({ name: 's', status, parameters: [{ name: 'Release', value: release, resolved: { kind: 'none' } }] }) as unknown as StackState;

const event = (status: string, token: string, reason = ''): StackEvent => ({
  id: `${status} ${token}`,
  at: 0,
  resource: 's',
  physicalId: { kind: 'none' },
  type: 'AWS::CloudFormation::Stack',
  status,
  reason: reason === '' ? { kind: 'none' } : { kind: 'given', value: reason },
  token: { kind: 'given', value: token },
});

const BEGUN = event('UPDATE_IN_PROGRESS', 'id-execute', 'User Initiated');
const FAILED = event('UPDATE_ROLLBACK_IN_PROGRESS', 'id-execute', 'The following resource(s) failed to update: [WebService].');
const CANCELLED = event('UPDATE_ROLLBACK_IN_PROGRESS', 'other', 'User Initiated');
const BACK = event('UPDATE_ROLLBACK_COMPLETE', 'id-execute');

describe('how an update of a stack went', () => {
  it('is complete when the stack is, and says this release', () => {
    expect(outcomeOf(RECORD, stack('UPDATE_COMPLETE', 'v2'), [])).to.deep.equal({ kind: 'complete' });
  });

  it('is complete, whatever came later, when its own events say so', () => {
    const events = [BEGUN, event('UPDATE_COMPLETE', 'id-execute'), event('UPDATE_IN_PROGRESS', 'console')];
    expect(outcomeOf(RECORD, stack('UPDATE_ROLLBACK_COMPLETE', 'v9'), events)).to.deep.equal({ kind: 'complete' });
  });

  it('is untouched when nothing in the stack is of this release', () => {
    const other = [event('UPDATE_COMPLETE', 'other-execute')];
    expect(outcomeOf(RECORD, stack('UPDATE_COMPLETE', 'v1'), other)).to.deep.equal({ kind: 'untouched' });
  });

  it('is prepared when only that was done', () => {
    const events = [event('UPDATE_IN_PROGRESS', 'id-prepare'), event('UPDATE_COMPLETE', 'id-prepare')];
    expect(outcomeOf(RECORD, stack('UPDATE_COMPLETE', 'v1'), events)).to.deep.equal({ kind: 'prepared' });
  });

  it('is undone by itself when a resource failed, although a person began it', () => {
    const outcome = outcomeOf(RECORD, stack('UPDATE_ROLLBACK_COMPLETE', 'v1'), [BEGUN, FAILED, BACK]);
    expect(outcome).to.deep.equal({ kind: 'undone', by: 'itself' });
  });

  it('is undone by a person who pressed the button in the console', () => {
    const outcome = outcomeOf(RECORD, stack('UPDATE_ROLLBACK_COMPLETE', 'v1'), [BEGUN, CANCELLED, BACK]);
    expect(outcome).to.deep.equal({ kind: 'undone', by: 'person' });
  });

  it('is undone by whom the token names', () => {
    const back = (operation: string) => [BEGUN, event('UPDATE_ROLLBACK_IN_PROGRESS', `id-${operation}`, 'User Initiated'), BACK];
    expect(outcomeOf(RECORD, stack('UPDATE_ROLLBACK_COMPLETE', 'v1'), back('timeout'))).to.deep.equal({
      kind: 'undone',
      by: 'timeout',
    });
    expect(outcomeOf(RECORD, stack('UPDATE_ROLLBACK_COMPLETE', 'v1'), back('cancel'))).to.deep.equal({
      kind: 'undone',
      by: 'person',
    });
  });

  it('is stuck when the way back failed', () => {
    expect(outcomeOf(RECORD, stack('UPDATE_ROLLBACK_FAILED', 'v1'), [BEGUN, FAILED])).to.deep.equal({ kind: 'stuck' });
  });
});
