import type { App } from '../../lib/model/app.js';
import type { Platform } from '../../lib/model/platform.js';
import type { Resource } from '../../lib/model/template.js';
import { logGroupName, resource, tags } from '../resource.js';

/** The app's log group. It stays when the app goes: logs are what people look for afterwards. */
export function logGroupResources(app: App, platform: Platform): Resource[] {
  return [
    resource({
      id: 'LogGroup',
      type: 'AWS::Logs::LogGroup',
      properties: {
        LogGroupName: logGroupName(platform, app.name),
        RetentionInDays: platform.logRetentionDays,
        Tags: tags(app, platform),
      },
      removal: 'retain',
      from: ['/name'],
    }),
  ];
}
