import { expect } from 'chai';
import { app, cron, LARGE } from '../support/model-apps.js';
import { property, resourcesOf } from '../support/resources-by-id.js';

describe('a scheduled task', () => {
  const large = resourcesOf(LARGE);

  it('has a schedule for each expression', () => {
    expect(property(large, 'NightlySchedule', 'ScheduleExpression')).to.equal('cron(0 4 * * ? *)');
    expect(property(large, 'NightlySchedule2', 'ScheduleExpression')).to.equal('rate(5 minutes)');
    expect(large.has('NightlySchedule3')).to.equal(false);
    expect(large.has('NightlyService')).to.equal(false);
  });

  it('tries three times and is at most five minutes late', () => {
    expect(property(large, 'NightlySchedule', 'Target/RetryPolicy')).to.deep.equal({
      MaximumEventAgeInSeconds: 300,
      MaximumRetryAttempts: 3,
    });
    expect(property(large, 'NightlySchedule', 'FlexibleTimeWindow')).to.deep.equal({ Mode: 'OFF' });
  });

  it('is disabled, and still valid, with 0 tasks', () => {
    const made = resourcesOf(app([cron('nightly', { tasks: 0 })]));
    expect(property(made, 'NightlySchedule', 'State')).to.equal('DISABLED');
    expect(property(made, 'NightlySchedule', 'Target/EcsParameters/TaskCount')).to.equal(1);
    expect(property(large, 'NightlySchedule', 'State')).to.equal('ENABLED');
  });

  it('may start exactly its own tasks, with exactly their two roles', () => {
    const statements = property(large, 'NightlyScheduleRole', 'Policies/0/PolicyDocument/Statement');
    expect(statements).to.deep.equal([
      {
        Effect: 'Allow',
        Action: 'ecs:RunTask',
        Resource: {
          'Fn::Sub': `arn:\${AWS::Partition}:ecs:\${AWS::Region}:\${AWS::AccountId}:task-definition/empire-acme-inc_nightly:*`,
        },
        Condition: {
          ArnEquals: {
            'ecs:cluster': {
              'Fn::Sub': `arn:\${AWS::Partition}:ecs:\${AWS::Region}:\${AWS::AccountId}:cluster/\${PlatformClusterName}`,
            },
          },
        },
      },
      {
        Effect: 'Allow',
        Action: 'ecs:TagResource',
        Resource: { 'Fn::Sub': `arn:\${AWS::Partition}:ecs:\${AWS::Region}:\${AWS::AccountId}:task/*` },
        Condition: { StringEquals: { 'ecs:CreateAction': 'RunTask' } },
      },
      {
        Effect: 'Allow',
        Action: 'iam:PassRole',
        Resource: [{ 'Fn::GetAtt': ['ExecutionRole', 'Arn'] }, { 'Fn::GetAtt': ['TaskRole', 'Arn'] }],
        Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
      },
    ]);
  });
});
