import type { Github, Ground } from '../../lib/model/ground.js';
import type { Json, JsonObject } from '../../lib/model/json.js';
import type { Platform } from '../../lib/model/platform.js';
import type { Resource } from '../../lib/model/template.js';
import { ref, stackName, sub } from '../resource.js';
import { policyDocument } from '../roles/role.js';
import { stackStatements, trafficStatements } from './ci-deploy.js';
import { planStatements } from './ci-plan.js';
import { ground, groundTags } from './resource.js';

const HOST = 'token.actions.githubusercontent.com';
/** `sts.amazonaws.com`, with another end in China. */
const AUDIENCE = sub(`sts.\${AWS::URLSuffix}`);

/** The roles of a pipeline: one that may read and plan, one that may deploy. Keys come from GitHub for each run; none is stored. */
export function ciResources(input: Ground): Resource[] {
  const { platform, github } = input;
  if (github.kind === 'none') return [];
  const { repository, branch } = github.value;
  return [
    ...provider(platform, github.value),
    policy('CiPlanPolicy', 'What a plan reads', planStatements(input)),
    policy('CiStackPolicy', 'What a deploy changes: stacks, roles, services', stackStatements(input)),
    policy('CiNetworkPolicy', 'What a deploy changes: names and traffic', trafficStatements(input)),
    // A pull request may come from any branch of the repository; it may read and nothing else.
    ciRole(platform, 'CiPlanRole', trust(github.value, `repo:${repository}:pull_request`), ['CiPlanPolicy']),
    ciRole(platform, 'CiDeployRole', trust(github.value, `repo:${repository}:ref:refs/heads/${branch}`), [
      'CiPlanPolicy',
      'CiStackPolicy',
      'CiNetworkPolicy',
    ]),
  ];
}

/** A policy of its own has 6,144 characters; all inline policies of a role together 10,240, which is not enough. */
function policy(id: string, description: string, statements: readonly JsonObject[]): Resource {
  return ground({
    id,
    type: 'AWS::IAM::ManagedPolicy',
    properties: { Description: description, PolicyDocument: policyDocument(statements) },
    key: 'GITHUB_REPOSITORY',
  });
}

function provider(platform: Platform, { provider: existing }: Github): Resource[] {
  if (existing.kind === 'given') return [];
  return [
    ground({
      id: 'GithubProvider',
      type: 'AWS::IAM::OIDCProvider',
      properties: { Url: `https://${HOST}`, ClientIdList: [AUDIENCE], Tags: groundTags(platform) },
      key: 'GITHUB_REPOSITORY',
    }),
  ];
}

/** GitHub says of each run which repository and which branch or pull request it is for. */
function trust({ provider: existing }: Github, subject: string): JsonObject {
  const federated: Json = existing.kind === 'given' ? existing.value : ref('GithubProvider');
  return policyDocument([
    {
      Effect: 'Allow',
      Principal: { Federated: federated },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringEquals: { [`${HOST}:aud`]: AUDIENCE, [`${HOST}:sub`]: subject } },
    },
  ]);
}

function ciRole(platform: Platform, id: string, trusted: JsonObject, policies: readonly string[]): Resource {
  const { permissionsBoundary: boundary } = platform;
  return ground({
    id,
    type: 'AWS::IAM::Role',
    properties: {
      // Workflows name it; and the pipeline can be kept away from it by its name.
      RoleName: `${stackName(platform, 'platform')}-ci-${id === 'CiPlanRole' ? 'plan' : 'deploy'}`,
      AssumeRolePolicyDocument: trusted,
      Description: `Empire, ${platform.environment}: ${id === 'CiPlanRole' ? 'read and plan' : 'deploy'}`,
      MaxSessionDuration: 3600,
      PermissionsBoundary: boundary.kind === 'given' ? boundary.value : undefined,
      ManagedPolicyArns: policies.map((each) => ref(each)),
      Tags: groundTags(platform),
    },
    key: 'GITHUB_REPOSITORY',
  });
}
