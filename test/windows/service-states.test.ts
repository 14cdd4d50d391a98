import { expect } from 'chai';
import { taskState } from '../../lib/windows/aws/service-states.js';

describe('a task as ECS describes it', () => {
  it('has the command that it was started with instead of its own', () => {
    const overrides = { containerOverrides: [{ name: 'web', command: ['rake', 'db:migrate'] }, { name: 'statsd' }] };
    expect(taskState({ taskArn: 'arn:aws:ecs:us-east-1:1:task/empire/0badcafe', overrides })).to.include({
      id: '0badcafe',
      command: 'rake db:migrate',
    });
  });

  it('has no other command when nobody gave it one', () => {
    expect(taskState({ taskArn: 'a/b', overrides: { containerOverrides: [] } }).command).to.equal('');
    expect(taskState({ taskArn: 'a/b' }).command).to.equal('');
  });
});
