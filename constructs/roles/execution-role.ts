import type { App, Image, SecretReference, SecretsManagerReference } from '../../lib/model/app.js';
import type { Json, JsonObject } from '../../lib/model/json.js';
import type { Platform } from '../../lib/model/platform.js';
import type { Resource } from '../../lib/model/template.js';
import { getAtt, sub } from '../resource.js';
import type { TaskProcess } from '../task-definition/environment.js';
import { parameterArn, secretResources } from '../task-definition/secret-arn.js';
import { allow, policyDocument, type RolePolicy, role } from './role.js';

/** What ECS itself may do to start the app's tasks: pull exactly its images, write its logs, read exactly its secrets. */
export function executionRole(app: App, platform: Platform, processes: readonly TaskProcess[]): Resource {
  const images = [app.image, ...processes.flatMap(({ sidecars }) => sidecars.map(({ image }) => image))];
  const references = [...app.secrets.map(({ reference }) => reference), ...images.flatMap(credentials)];
  const policies: RolePolicy[] = [
    { name: 'logs', document: policyDocument([allow(['logs:CreateLogStream', 'logs:PutLogEvents'], getAtt('LogGroup', 'Arn'))]) },
    ...named('pull', pullStatements(images)),
    ...named('secrets', secretStatements(references)),
  ];
  return role(app, platform, {
    id: 'ExecutionRole',
    service: 'ecs-tasks',
    policies,
    from: ['/image', ...app.secrets.map(({ name }) => `/secrets/${name}`)],
  });
}

const named = (name: string, statements: readonly JsonObject[]): RolePolicy[] =>
  statements.length === 0 ? [] : [{ name, document: policyDocument(statements) }];

const credentials = (image: Image): SecretsManagerReference[] =>
  image.credentials.kind === 'given' ? [image.credentials.value] : [];

function pullStatements(images: readonly Image[]): JsonObject[] {
  const repositories = distinct(
    images.flatMap(({ registry, repository }) =>
      registry.kind === 'ecr'
        ? [`arn:${registry.partition}:ecr:${registry.region}:${registry.account}:repository/${repository}`]
        : [],
    ),
  );
  if (repositories.length === 0) return [];
  const actions = ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
  return [allow('ecr:GetAuthorizationToken', '*'), allow(actions, repositories)];
}

function secretStatements(references: readonly SecretReference[]): JsonObject[] {
  const parameters = references.filter((reference) => reference.kind === 'ssm' || reference.kind === 'ssm-arn');
  const secrets = references.filter(
    (reference) => reference.kind === 'secretsmanager' || reference.kind === 'secretsmanager-arn',
  );
  return [
    ...reading('ssm:GetParameters', 'ssm', 'PARAMETER_ARN', distinct(parameters.map(parameterArn)), regionsOf(parameters)),
    ...reading(
      'secretsmanager:GetSecretValue',
      'secretsmanager',
      'SecretARN',
      distinct(secrets.flatMap(secretResources)),
      regionsOf(secrets),
    ),
  ];
}

/** The values, and the keys that encrypt them: only through the service, only for these ARNs, whichever key it is. */
function reading(
  action: string,
  service: string,
  context: string,
  arns: readonly Json[],
  regions: readonly string[],
): JsonObject[] {
  if (arns.length === 0) return [];
  const via = regions.map((region) =>
    region === OWN ? sub(`${service}.\${AWS::Region}.amazonaws.com`) : `${service}.${region}.amazonaws.com`,
  );
  const condition = { StringEquals: { 'kms:ViaService': via }, StringLike: { [`kms:EncryptionContext:${context}`]: arns } };
  return [allow(action, arns), allow('kms:Decrypt', sub(`arn:\${AWS::Partition}:kms:*:*:key/*`), condition)];
}

/** The stack's own region, which a template does not know. */
const OWN = '';

const regionsOf = (references: readonly SecretReference[]): string[] =>
  distinct(references.map((reference) => ('arn' in reference ? (reference.arn.split(':')[3] ?? OWN) : OWN)));

/** Without repetitions, sorted by their JSON. */
function distinct<T extends Json>(values: readonly T[]): T[] {
  const byText = new Map(values.map((value) => [JSON.stringify(value), value]));
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}
