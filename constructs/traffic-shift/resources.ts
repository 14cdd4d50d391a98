import type { App, Deployment } from '../../lib/model/app.js';
import type { Json, JsonObject } from '../../lib/model/json.js';
import type { Platform } from '../../lib/model/platform.js';
import type { Resource } from '../../lib/model/template.js';
import { httpProcesses, shiftsTraffic } from '../ingress/exposed.js';
import type { Group } from '../ingress/groups.js';
import { type IngressRule, testRuleId } from '../ingress/rule.js';
import { filled, getAtt, processPointer, ref, resource, tags } from '../resource.js';

/** A request with this header (and the value `true`) reaches the new revision before it gets traffic. */
export const TEST_HEADER = 'x-empire-test';

const ROLE = 'AppInfrastructureRole';

/** All traffic to the first group. ECS owns the weights from the first deployment on: these bytes never change. */
export const shiftedForward = (group: string): JsonObject => ({
  Type: 'forward',
  ForwardConfig: {
    TargetGroups: [
      { TargetGroupArn: ref(group), Weight: 100 },
      { TargetGroupArn: ref(`${group}Alternate`), Weight: 0 },
    ],
  },
});

/** What ECS needs to move the traffic of a target group: its twin, the rules to turn, and a role that may. */
export const advancedConfiguration = (group: string, productionRule: string): JsonObject => ({
  AlternateTargetGroupArn: ref(`${group}Alternate`),
  ProductionListenerRule: ref(productionRule),
  TestListenerRule: ref(testRuleId(productionRule)),
  RoleArn: getAtt(ROLE, 'Arn'),
});

/** The strategy part of a service's DeploymentConfiguration; nothing for rolling and recreate. */
export function shiftingDeployment(deployment: Deployment): JsonObject {
  switch (deployment.kind) {
    case 'rolling':
    case 'recreate':
      return {};
    case 'blue-green':
      return { Strategy: 'BLUE_GREEN', BakeTimeInMinutes: deployment.bakeMinutes };
    case 'canary':
      return {
        Strategy: 'CANARY',
        BakeTimeInMinutes: deployment.bakeMinutes,
        CanaryConfiguration: { CanaryPercent: deployment.percent, CanaryBakeTimeInMinutes: deployment.stepMinutes },
      };
    case 'linear':
      return {
        Strategy: 'LINEAR',
        BakeTimeInMinutes: deployment.bakeMinutes,
        LinearConfiguration: { StepPercent: deployment.percent, StepBakeTimeInMinutes: deployment.stepMinutes },
      };
  }
}

/**
 * The role with which ECS moves traffic: what AmazonECSInfrastructureRolePolicyForLoadBalancers allows, but only on the target
 * groups, listeners and rules of the processes that shift. Nothing when there is none.
 */
export function infrastructureRole(
  app: App,
  platform: Platform,
  rules: readonly IngressRule[],
  groups: readonly Group[],
  listenerArn: (rule: IngressRule) => Json,
): Resource[] {
  const shifting = httpProcesses(app).filter(shiftsTraffic);
  if (shifting.length === 0) return [];
  const turned = rules.filter(({ action }) => action.kind === 'forward' && action.shifts);
  const boundary = platform.permissionsBoundary;
  return [
    resource({
      id: ROLE,
      type: 'AWS::IAM::Role',
      properties: filled({
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'ecs.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
        PermissionsBoundary: boundary.kind === 'given' ? boundary.value : undefined,
        Policies: [{ PolicyName: 'ShiftTraffic', PolicyDocument: policy(groups, turned, listenerArn) }],
        Tags: tags(app, platform),
      }),
      from: shifting.map(({ name }) => processPointer(name, 'deployment')),
    }),
  ];
}

function policy(groups: readonly Group[], turned: readonly IngressRule[], listenerArn: (rule: IngressRule) => Json): JsonObject {
  const pairs = groups.flatMap(({ id, alternate }) => (alternate === undefined ? [] : [ref(id), ref(alternate)]));
  const listeners = new Map(turned.map((rule) => [rule.listener, listenerArn(rule)]));
  const look = ['DescribeListeners', 'DescribeRules', 'DescribeTargetGroups', 'DescribeTargetHealth'];
  return {
    Version: '2012-10-17',
    Statement: [
      // these four take no resource
      { Effect: 'Allow', Action: look.map((name) => `elasticloadbalancing:${name}`), Resource: '*' },
      {
        Effect: 'Allow',
        Action: ['elasticloadbalancing:DeregisterTargets', 'elasticloadbalancing:RegisterTargets'],
        Resource: pairs,
      },
      { Effect: 'Allow', Action: 'elasticloadbalancing:ModifyListener', Resource: [...listeners.values()] },
      { Effect: 'Allow', Action: 'elasticloadbalancing:ModifyRule', Resource: turned.map(({ id }) => ref(id)) },
    ],
  };
}
