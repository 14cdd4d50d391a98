import type { JsonObject } from '../model/json.js';
import type { PlanFinding, ResourceChange } from '../model/plan.js';
import { text } from './process-facts.js';
import type { Sides } from './sides.js';
import { listAt, objectAt } from './template-json.js';

/** Types that keep data of people. What we compile is a log group at most; the others come from templates that somebody extended. */
const KEEPS_DATA = new Set([
  'AWS::Backup::BackupVault',
  'AWS::Cassandra::Table',
  'AWS::Cognito::UserPool',
  'AWS::DocDB::DBCluster',
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::EC2::Volume',
  'AWS::ECR::Repository',
  'AWS::EFS::FileSystem',
  'AWS::ElastiCache::CacheCluster',
  'AWS::ElastiCache::ReplicationGroup',
  'AWS::ElastiCache::ServerlessCache',
  'AWS::FSx::FileSystem',
  'AWS::KMS::Key',
  'AWS::Kinesis::Stream',
  'AWS::Logs::LogGroup',
  'AWS::MSK::Cluster',
  'AWS::MemoryDB::Cluster',
  'AWS::Neptune::DBCluster',
  'AWS::OpenSearchService::Domain',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::Redshift::Cluster',
  'AWS::S3::Bucket',
  'AWS::SQS::Queue',
  'AWS::SSM::Parameter',
  'AWS::SecretsManager::Secret',
]);

/** What is lost when a thing that keeps data leaves or is replaced; what stays behind is only noted. */
export function dataLoss(resources: readonly ResourceChange[], sides: Sides): PlanFinding[] {
  return [
    ...resources.filter(({ type }) => KEEPS_DATA.has(type)).flatMap(lost),
    ...resources.flatMap((one) => unmounted(one, sides)),
  ];
}

function lost({ id, type, action, replacement, retained }: ResourceChange): PlanFinding[] {
  if (action !== 'remove' && replacement === 'none') return [];
  const how =
    action === 'remove' ? 'removed' : replacement === 'replace' ? 'replaced by a new one' : 'perhaps replaced by a new one';
  if (retained) return [{ kind: 'note', resource: id, text: `${id} (${type}) leaves the stack and stays behind with its data` }];
  return [{ kind: 'data-loss', resource: id, text: `${id} (${type}) is ${how}, and the data in it is lost` }];
}

/** A file system that is no longer mounted keeps its data, and the process no longer sees it. */
function unmounted({ id, type, action, process }: ResourceChange, { before, after }: Sides): PlanFinding[] {
  if (type !== 'AWS::ECS::TaskDefinition' || action !== 'modify') return [];
  const [old, now] = [before, after].map(({ template }) => fileSystems(template.resources.get(id)?.Properties ?? {})) as [
    string[],
    string[],
  ];
  return old
    .filter((one) => !now.includes(one))
    .map((one) => ({ kind: 'note', resource: id, text: `${process} no longer mounts ${one}, which stays as it is` }));
}

function fileSystems(definition: JsonObject): string[] {
  return listAt(definition['Volumes']).flatMap((volume) => {
    const efs = objectAt(objectAt(volume)['EFSVolumeConfiguration']);
    return 'FilesystemId' in efs ? [`the file system ${text(efs['FilesystemId'])}`] : [];
  });
}
