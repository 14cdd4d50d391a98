import type { App, Volume } from '../../lib/model/app.js';
import type { JsonObject } from '../../lib/model/json.js';
import type { Platform } from '../../lib/model/platform.js';
import type { Resource } from '../../lib/model/template.js';
import { arnOf, getAtt, literalSub, processPointer } from '../resource.js';
import type { TaskProcess } from '../task-definition/environment.js';
import { allow, policyDocument, type RolePolicy, role } from './role.js';

/** What the app's own code may do: its `policy` file, and what `exec` and its file systems need. */
export function taskRole(app: App, platform: Platform, processes: readonly TaskProcess[]): Resource {
  const policies: RolePolicy[] = [];
  if (app.policy.kind === 'given') policies.push({ name: 'policy', document: app.policy.value });
  if (processes.some(({ exec }) => exec)) policies.push({ name: 'exec', document: policyDocument(EXEC) });
  const mounts = fileSystemStatements(processes);
  if (mounts.length > 0) policies.push({ name: 'volumes', document: policyDocument(mounts) });
  return role(app, platform, {
    id: 'TaskRole',
    service: 'ecs-tasks',
    policies,
    from: ['/policy', ...processes.map(({ name }) => processPointer(name))],
    notable: app.policy.kind === 'given' ? { 'Policies/0': '/policy' } : {},
  });
}

/** The session's channels, and its record in the app's log group. */
const EXEC: readonly JsonObject[] = [
  allow(
    [
      'ssmmessages:CreateControlChannel',
      'ssmmessages:CreateDataChannel',
      'ssmmessages:OpenControlChannel',
      'ssmmessages:OpenDataChannel',
    ],
    '*',
  ),
  allow('logs:DescribeLogGroups', '*'),
  allow(['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'], getAtt('LogGroup', 'Arn')),
];

type EfsVolume = Extract<Volume, { kind: 'efs' }>;

/** A statement for each file system and access point, sorted. Without an access point nobody maps the user, so root stays root. */
function fileSystemStatements(processes: readonly TaskProcess[]): JsonObject[] {
  const statements = new Map<string, JsonObject>();
  for (const { volumes } of processes) {
    for (const volume of volumes) {
      if (volume.kind !== 'efs') continue;
      const point = volume.accessPoint.kind === 'given' ? volume.accessPoint.value : '';
      statements.set(`${volume.fileSystem} ${point}`, fileSystemStatement(volume));
    }
  }
  return [...statements].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, statement]) => statement);
}

function fileSystemStatement({ fileSystem, accessPoint }: EfsVolume): JsonObject {
  const arn = arnOf('elasticfilesystem', literalSub(`file-system/${fileSystem}`));
  const actions = ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'];
  if (accessPoint.kind === 'none') return allow([...actions, 'elasticfilesystem:ClientRootAccess'], arn);
  const point = arnOf('elasticfilesystem', literalSub(`access-point/${accessPoint.value}`));
  return allow(actions, arn, { StringEquals: { 'elasticfilesystem:AccessPointArn': point } });
}
