import type { Json, JsonObject } from '../model/json.js';
import type { ReleaseRecord } from '../model/release.js';
import { listAt, objectAt } from '../plan/template-json.js';
import { idsOfType, parseTemplateObject, propertiesOf, resourcesOf, typeOf } from './template-references.js';

/** Types that hold data of people's own. */
const HOLDS_DATA = /^AWS::(EFS::FileSystem|S3::Bucket|DynamoDB::Table|RDS::|ElastiCache::|SQS::Queue|SecretsManager::Secret)/;

/** What a rollback does not bring back, a line each. */
export function notComingBack(
  target: ReleaseRecord,
  template: string,
  running: string | undefined,
  since: readonly ReleaseRecord[],
): readonly string[] {
  const parsed = parseTemplateObject(template);
  return [
    ...secretValues(parsed),
    ...deletedData(parsed, parseTemplateObject(running ?? '{}'), target.number),
    ...migrations(since.filter(({ number }) => number > target.number)),
  ];
}

function secretValues(template: JsonObject): readonly string[] {
  const names = idsOfType(template, 'AWS::ECS::TaskDefinition')
    .flatMap((id) => listAt(propertiesOf(template, id)['ContainerDefinitions']))
    .flatMap((container: Json) => listAt(objectAt(container)['Secrets']))
    .map((secret) => String(objectAt(secret)['Name']));
  const unique = [...new Set(names)].sort();
  return unique.length === 0 ? [] : [`the values of secrets stay what they are now: ${unique.join(', ')}`];
}

function deletedData(template: JsonObject, running: JsonObject, number: number): readonly string[] {
  const gone = Object.keys(resourcesOf(template)).filter(
    (id) => HOLDS_DATA.test(typeOf(template, id)) && typeOf(running, id) !== typeOf(template, id),
  );
  return gone.map((id) => `${id} comes back empty: what it held in v${number} was deleted with it`);
}

/** Newest first in, oldest first out. */
function migrations(since: readonly ReleaseRecord[]): readonly string[] {
  const ran = since.filter(({ releaseProcess }) => releaseProcess.kind === 'given' && hasRun(releaseProcess.value.exitCode));
  if (ran.length === 0) return [];
  const names = ran.map(({ number }) => `v${number}`).reverse();
  return [`what the release process of ${names.join(', ')} did (a migration, say) is not undone`];
}

const hasRun = (code: { readonly kind: 'none' } | { readonly kind: 'given'; readonly value: number }): boolean =>
  code.kind === 'given' && code.value === 0;
