import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { CfnResource } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { Failure } from '../../lib/failure.js';
import { logicalId } from '../resource.js';

/**
 * What people extend about one process, as the CDK library's own types. Each handle is made when it is first asked for,
 * by import, so that a template has the same bytes as long as nobody uses them; the modules behind them are loaded then too.
 */
export class ProcessHandles extends Construct {
  protected resources: ReadonlyMap<string, CfnResource> = new Map();

  constructor(
    scope: Construct,
    id: string,
    /** The process's name in the Procfile. */
    readonly process: string,
    resources?: ReadonlyMap<string, CfnResource>,
  ) {
    super(scope, id);
    if (resources !== undefined) this.resources = resources;
  }

  /** What the app's code may do in AWS: `bucket.grantRead(service.taskRole)`. All processes of an app have the same one. */
  get taskRole(): iam.IRole {
    const { Role } = require('aws-cdk-lib/aws-iam') as typeof iam;
    return this.once('TaskRole', (id) => Role.fromRoleName(this, id, this.resource('TaskRole').ref));
  }

  /** The security group of the app's tasks: `database.connections.allowFrom(service.securityGroup, …)`. */
  get securityGroup(): ec2.ISecurityGroup {
    const { SecurityGroup } = require('aws-cdk-lib/aws-ec2') as typeof ec2;
    const group = this.resource('AppSecurityGroup').getAtt('GroupId').toString();
    return this.once('SecurityGroup', (id) => SecurityGroup.fromSecurityGroupId(this, id, group));
  }

  /** The ECS service: for alarms and deployments of one's own. */
  get service(): ecs.IBaseService {
    const { BaseService } = require('aws-cdk-lib/aws-ecs') as typeof ecs;
    const service = this.resource(`${logicalId(this.process)}Service`);
    return this.once('Service', (id) => BaseService.fromServiceArnWithCluster(this, id, service.ref));
  }

  /**
   * The http target group of the process, the internal one when it is public as well: for alarms, and listeners of one's own.
   * It knows its metrics when the app has a balancer of its own.
   */
  get targetGroup(): elbv2.IApplicationTargetGroup {
    const { ApplicationTargetGroup } = require('aws-cdk-lib/aws-elasticloadbalancingv2') as typeof elbv2;
    const targetGroupArn = this.httpTargetGroup().ref;
    const balancer = this.resources.get('InternalLoadBalancer')?.ref;
    const attributes = balancer === undefined ? { targetGroupArn } : { targetGroupArn, loadBalancerArns: balancer };
    return this.once('TargetGroup', (id) => ApplicationTargetGroup.fromTargetGroupAttributes(this, id, attributes));
  }

  /** A resource by its logical id, for `addPropertyOverride` and everything else. */
  resource(id: string): CfnResource {
    const found = this.resources.get(id);
    if (found !== undefined) return found;
    const known = [...this.resources.keys()].join(', ');
    throw new Failure(this.process, `there is no resource \`${id}\``, `the resources are: ${known}`, 'resource-unknown');
  }

  private httpTargetGroup(): CfnResource {
    const wanted = `${logicalId(this.process)}TargetGroup`;
    for (const [id, resource] of this.resources) if (id.startsWith(wanted)) return resource;
    throw new Failure(
      this.process,
      'this process has no http target group',
      'give it an http port in the Procfile',
      'target-group-missing',
    );
  }

  private once<T extends Construct | { node: unknown }>(name: string, make: (id: string) => T): T {
    const id = `${name}Handle`;
    return (this.node.tryFindChild(id) as T | undefined) ?? make(id);
  }
}
