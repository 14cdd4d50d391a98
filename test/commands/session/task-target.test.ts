import { expect } from 'chai';
import { targetOf } from '../../../lib/commands/session/task-target.js';
import { Failure } from '../../../lib/failure.js';
import { aTask } from '../../support/running.js';

const task = (process: string, id: string, status = 'RUNNING') => aTask({ process, id, status, why: 'it was tired' });
const KNOWN = {
  app: 'acme-inc',
  processes: ['beef', 'web', 'worker'],
  tasks: [
    task('web', 'beef0000aaaa'),
    task('web', 'beef1111aaaa'),
    task('worker', 'cafe0000aaaa'),
    task('worker', 'dead0000aaaa', 'STOPPED'),
  ],
};
const target = (word: string) => {
  const found = targetOf('stop', word, KNOWN);
  return found.kind === 'process' ? found.name : `${found.task.process}.${found.task.id}`;
};
const refused = (word: string): Failure => {
  try {
    target(word);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  return expect.fail(`${word} was understood`);
};

describe('what a word names', () => {
  it('is a process before it is a task', () => {
    expect(target('web')).to.equal('web');
    expect(target('beef')).to.equal('beef');
  });

  it('is a task by the beginning of its id, as ps shows it, or whole', () => {
    for (const word of ['cafe', 'cafe0000', 'cafe0000aaaa', 'worker.cafe0000', 'v2.worker.cafe0000', '-.worker.cafe0000'])
      expect(target(word), word).to.equal('worker.cafe0000aaaa');
    expect(target('web.beef1')).to.equal('web.beef1111aaaa');
  });

  it('refuses the beginning of several', () => {
    const failure = refused('web.beef');
    expect([failure.code, failure.what]).to.deep.equal([
      'task-ambiguous',
      '`web.beef` is the beginning of several tasks: web.beef0000aaaa, web.beef1111aaaa',
    ]);
  });

  it('refuses a task that is gone, and says why one stopped', () => {
    expect(refused('0123abcd').code).to.equal('task-gone');
    expect(refused('web.cafe0000').code).to.equal('task-gone');
    const stopped = refused('dead0000');
    expect([stopped.code, stopped.what]).to.deep.equal([
      'task-stopped',
      'worker.dead0000 of acme-inc has stopped already: it was tired',
    ]);
  });

  it('refuses a process that does not exist, with the nearest one', () => {
    const failure = refused('wbe');
    expect([failure.code, failure.hint]).to.deep.equal(['process-unknown', 'did you mean `web`?']);
    expect(refused('console').hint).to.equal('the processes are: beef, web, worker; tasks are in `empire ps -a acme-inc`');
  });

  it('takes fewer than four characters for a typing error', () => {
    expect(refused('caf').code).to.equal('process-unknown');
  });
});
