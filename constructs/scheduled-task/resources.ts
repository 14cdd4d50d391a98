import type { App, CronProcess, CronSchedule } from '../../lib/model/app.js';
import type { JsonObject } from '../../lib/model/json.js';
import type { Platform } from '../../lib/model/platform.js';
import type { Resource } from '../../lib/model/template.js';
import type { PlatformReferences } from '../platform-references.js';
import { arnOf, filled, getAtt, logicalId, processPointer, ref, resource } from '../resource.js';
import { allow, policyDocument, role } from '../roles/role.js';
import { awsvpcConfiguration, capacityStrategy } from '../service/network.js';
import { placementStrategies, serviceConstraints } from '../service/placement.js';
import { taskDefinitionId, taskFamily } from '../task-definition/resources.js';

/** A tick that cannot start is tried three times and never more than five minutes late. */
const RETRY = { MaximumEventAgeInSeconds: 300, MaximumRetryAttempts: 3 };

const roleId = (process: string): string => `${logicalId(process)}ScheduleRole`;

/** One schedule for each expression of a cron process, and the role that may start exactly its tasks. */
export function scheduledTaskResources(
  app: App,
  platform: Platform,
  references: PlatformReferences,
  process: CronProcess,
): Resource[] {
  const target = scheduleTarget(platform, references, process);
  const schedules = process.schedules.map((schedule, index) => scheduleResource(app, process, schedule, index, target));
  return [scheduleRole(app, platform, references, process), ...schedules];
}

function scheduleResource(app: App, process: CronProcess, schedule: CronSchedule, index: number, target: JsonObject): Resource {
  const pointer = processPointer(process.name);
  const inMaintenance = app.maintenance.kind === 'given';
  return resource({
    id: `${logicalId(process.name)}Schedule${index === 0 ? '' : index + 1}`,
    type: 'AWS::Scheduler::Schedule',
    properties: {
      Description: `${process.name} of ${app.name}`,
      ScheduleExpression: schedule.expression,
      ScheduleExpressionTimezone: schedule.timezone,
      FlexibleTimeWindow: { Mode: 'OFF' },
      State: process.tasks === 0 || inMaintenance ? 'DISABLED' : 'ENABLED',
      Target: target,
    },
    from: [`${pointer}/schedules/${index}`, pointer],
    notable: {
      ScheduleExpression: `${pointer}/schedules/${index}`,
      State: inMaintenance ? '/maintenance' : `${pointer}/tasks`,
      'Target/EcsParameters/TaskCount': `${pointer}/tasks`,
    },
  });
}

function scheduleTarget(platform: Platform, references: PlatformReferences, process: CronProcess): JsonObject {
  return {
    Arn: references.clusterArn(),
    RoleArn: getAtt(roleId(process.name), 'Arn'),
    RetryPolicy: RETRY,
    EcsParameters: filled({
      TaskDefinitionArn: ref(taskDefinitionId(process.name)),
      TaskCount: Math.max(1, process.tasks),
      CapacityProviderStrategy: capacityStrategy(process.capacity, references),
      NetworkConfiguration: awsvpcConfiguration(platform, references),
      PlacementConstraints: serviceConstraints(process),
      PlacementStrategy: placementStrategies(process),
      EnableECSManagedTags: true,
      EnableExecuteCommand: process.exec,
      PropagateTags: 'TASK_DEFINITION',
    }),
  };
}

function scheduleRole(app: App, platform: Platform, references: PlatformReferences, process: CronProcess): Resource {
  const family = arnOf('ecs', `task-definition/${taskFamily(platform, app, process.name)}:*`);
  const roles = [getAtt('ExecutionRole', 'Arn'), getAtt('TaskRole', 'Arn')];
  const document = policyDocument([
    allow('ecs:RunTask', family, { ArnEquals: { 'ecs:cluster': references.clusterArn() } }),
    allow('ecs:TagResource', arnOf('ecs', 'task/*'), {
      StringEquals: { 'ecs:CreateAction': 'RunTask' },
    }),
    allow('iam:PassRole', roles, { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } }),
  ]);
  return role(app, platform, {
    id: roleId(process.name),
    service: 'scheduler',
    policies: [{ name: 'run', document }],
    process: process.name,
    from: [processPointer(process.name)],
  });
}
