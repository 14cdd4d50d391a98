import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as patterns from 'aws-cdk-lib/aws-ecs-patterns';
import { App, Duration, Stack } from 'aws-cdk-lib/core';

/** The apps of `bench/apps.ts` as people write them with CDK: the L2 patterns, a stack each. `EMPIRE_BENCH_APPS` is the apps folder. */
class PatternStack extends Stack {
  constructor(app: App, name: string) {
    super(app, name, { env: { account: '123456789012', region: 'us-east-1' } });
    const vpc = ec2.Vpc.fromVpcAttributes(this, 'Vpc', {
      vpcId: 'vpc-1',
      availabilityZones: ['us-east-1a', 'us-east-1b'],
      publicSubnetIds: ['subnet-1', 'subnet-2'],
      privateSubnetIds: ['subnet-3', 'subnet-4'],
    });
    const cluster = ecs.Cluster.fromClusterAttributes(this, 'Cluster', { clusterName: 'apps', vpc });
    const image = ecs.ContainerImage.fromRegistry('registry.example.com/app:1');
    const environment = { RACK_ENV: 'production', NUMBER: name, DATABASE_POOL: '5' };
    new patterns.ApplicationLoadBalancedFargateService(this, 'Web', {
      cluster,
      desiredCount: 2,
      circuitBreaker: { rollback: true },
      taskImageOptions: { image, environment, command: ['bin/web'] },
      healthCheckGracePeriod: Duration.seconds(60),
    });
    const task = new ecs.FargateTaskDefinition(this, 'WorkerTask');
    task.addContainer('worker', {
      image,
      environment,
      command: ['bin/worker'],
      logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'worker' }),
    });
    new ecs.FargateService(this, 'Worker', {
      cluster,
      taskDefinition: task,
      desiredCount: 1,
      circuitBreaker: { rollback: true },
    });
    new patterns.ScheduledFargateTask(this, 'Report', {
      cluster,
      schedule: Schedule.expression('cron(0 6 ? * MON-FRI *)'),
      scheduledFargateTaskImageOptions: { image, environment, command: ['bin/report'], memoryLimitMiB: 512 },
    });
  }
}

const app = new App();
for (const name of readdirSync(join(process.env['EMPIRE_BENCH_APPS'] as string))) new PatternStack(app, name);
app.synth();
