import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { App, Stack } from 'aws-cdk-lib/core';
import { AppStack, ProcessService } from '../../constructs/index.js';
import { readApp, readPlatform } from '../../lib/index.js';

/**
 * A CDK app of one's own around Empire's apps.
 *
 * `acme-inc` is a whole app as a stack, and its tasks may read a bucket that another stack of ours has. `hello-beside-ours`
 * is a stack of ours in which one process of an app stands beside an alarm.
 */
export function ownApp(outdir: string): App {
  const app = new App({ outdir, analyticsReporting: false });

  const files = new s3.Bucket(new Stack(app, 'files'), 'Files', { bucketName: 'acme-inc-files' });
  const acme = new AppStack(app, 'acme-inc', { app: readApp('apps/acme-inc'), platform: readPlatform('apps/acme-inc') });
  files.grantRead(acme.process('web').taskRole);

  const ours = new Stack(app, 'hello-beside-ours');
  const web = new ProcessService(ours, 'Web', {
    app: readApp('apps/hello'),
    platform: readPlatform('apps/hello'),
    process: 'web',
  });
  new cloudwatch.Alarm(ours, 'Slow', {
    metric: web.targetGroup.metrics.targetResponseTime({ period: Duration.minutes(1) }),
    threshold: 2,
    evaluationPeriods: 3,
  });
  return app;
}
