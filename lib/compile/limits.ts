import type { Json, JsonObject } from '../model/json.js';
import type { Place } from '../model/problem.js';
import type { Resource, Template } from '../model/template.js';
import type { Problems } from '../problems.js';

/** AWS's limits, each with the source of its number. */
export const LIMITS = {
  /** CloudFormation: resources in a template. */
  resources: 500,
  /** CloudFormation: parameters in a template. */
  parameters: 200,
  /** CloudFormation: a template body in the request, which is all a plain `cdk deploy` without bootstrap can send. */
  inlineBytes: 51_200,
  /** CloudFormation: a template in a bucket. */
  templateBytes: 1_000_000,
  /** ECS: a task definition, as it is registered. */
  taskDefinitionBytes: 65_536,
  /** ECS: containers in a task definition. */
  containers: 10,
  /** IAM: all inline policies of a role together, without white space. */
  rolePolicyCharacters: 10_240,
  /** IAM: a managed policy, without white space. */
  managedPolicyCharacters: 6_144,
} as const;

/** Refuses a template that AWS would refuse, while the pull request is still open. */
export function checkLimits(template: Template, text: string, place: Place, problems: Problems): void {
  const { resources, parameters } = template;
  if (resources.length > LIMITS.resources) {
    problems.error('limit-resources', place, 'this app needs more resources than one stack may have', {
      given: `${resources.length} resources`,
      allowed: `${LIMITS.resources} resources`,
      hint: 'split the app in two: move some of its processes to another app directory',
    });
  }
  if (parameters.length > LIMITS.parameters) {
    problems.error('limit-parameters', place, 'this app needs more stack parameters than one stack may have', {
      given: `${parameters.length} parameters`,
      allowed: `${LIMITS.parameters} parameters, one for each process that keeps running`,
      hint: 'split the app in two: move some of its processes to another app directory',
    });
  }
  const bytes = Buffer.byteLength(text);
  checkTemplateBytes(bytes, place, problems);
  for (const resource of resources) checkResource(resource, bytes, place, problems);
}

function checkTemplateBytes(bytes: number, place: Place, problems: Problems): void {
  if (bytes > LIMITS.templateBytes) {
    problems.error('limit-template-bytes', place, 'the template of this app is larger than CloudFormation takes', {
      given: `${bytes} bytes`,
      allowed: `${LIMITS.templateBytes} bytes`,
      hint: 'move large variables from `env` to the image or to a secret, or split the app in two',
    });
  } else if (bytes > LIMITS.inlineBytes) {
    problems.note(
      'template-needs-bucket',
      place,
      'the template of this app is too large for a plain `cdk deploy` without bootstrap',
      {
        given: `${bytes} bytes`,
        allowed: `${LIMITS.inlineBytes} bytes`,
        hint: 'use `empire deploy`, which sends it through the releases bucket',
      },
    );
  }
}

function checkResource({ id, type, properties }: Resource, whole: number, place: Place, problems: Problems): void {
  if (type === 'AWS::ECS::TaskDefinition') {
    // The whole template is longer than any part of it, so most apps need no closer look.
    if (whole > LIMITS.taskDefinitionBytes) checkTaskDefinitionBytes(id, properties, place, problems);
    checkContainers(id, properties, place, problems);
  }
  if (type === 'AWS::IAM::Role') checkRole(id, properties, place, problems);
}

function checkTaskDefinitionBytes(id: string, properties: JsonObject, place: Place, problems: Problems): void {
  const bytes = Buffer.byteLength(JSON.stringify(properties));
  if (bytes > LIMITS.taskDefinitionBytes) {
    problems.error('limit-task-definition', place, `the task definition \`${id}\` is larger than ECS takes`, {
      given: `${bytes} bytes`,
      allowed: `${LIMITS.taskDefinitionBytes} bytes, variables included`,
      hint: 'move large variables from `env` to the image or to a secret',
    });
  }
}

function checkContainers(id: string, properties: JsonObject, place: Place, problems: Problems): void {
  const containers = length(properties['ContainerDefinitions']);
  if (containers > LIMITS.containers) {
    problems.error('limit-containers', place, `the task definition \`${id}\` has more containers than ECS takes`, {
      given: `${containers} containers`,
      allowed: `${LIMITS.containers} containers, the process itself included`,
      hint: 'remove sidecars, or run some of them as processes',
    });
  }
}

function checkRole(id: string, { Policies: policies }: JsonObject, place: Place, problems: Problems): void {
  const characters = Array.isArray(policies) ? JSON.stringify(policies.map((policy) => policy.PolicyDocument)).length : 0;
  if (characters <= LIMITS.rolePolicyCharacters) return;
  problems.error('limit-role-policy', place, `the policies of \`${id}\` are longer than IAM takes`, {
    given: `${characters} characters`,
    allowed: `${LIMITS.rolePolicyCharacters} characters, all policies of a role together`,
    hint:
      id === 'TaskRole'
        ? 'shorten the `policy` file: join statements, use wildcards'
        : 'use fewer secrets, for example JSON keys of one secret',
  });
}

const length = (value: Json | undefined): number => (Array.isArray(value) ? value.length : 0);
