import type { Template } from '../model/template.js';
import { formatTemplate } from './format-template.js';

/** One file of a cloud assembly. */
export interface AssemblyFile {
  readonly name: string;
  readonly text: string;
}

/** Of the schema of assemblies, in the middle of 2022: the CDK CLI reads all that are older than itself. */
const VERSION = '20.0.0';

/**
 * What an app made with CDK leaves for the CDK CLI, from templates that are there: so no CDK has to be loaded. Each file is given when its
 * turn comes. The manifest is the last one, since it is what makes the folder an assembly.
 *
 * Source: `@aws-cdk/cloud-assembly-schema`; a test compares it with what the CDK classes write.
 */
export function* cloudAssembly(platform: Template, apps: readonly Template[]): Generator<AssemblyFile> {
  yield { name: 'cdk.out', text: JSON.stringify({ version: VERSION }) };
  for (const template of [platform, ...apps]) yield { name: templateFile(template), text: formatTemplate(template) };
  // Only the order of a deploy: apps read what the platform publishes, so nothing is exported and nothing locked.
  const after = apps.map((template) => [template.stackName, artifactOf(template, [platform.stackName])]);
  const artifacts = Object.fromEntries([[platform.stackName, artifactOf(platform, [])], ...after]);
  yield { name: 'manifest.json', text: JSON.stringify({ version: VERSION, artifacts }, null, 1) };
}

function artifactOf(template: Template, dependencies: readonly string[]): object {
  return {
    type: 'aws:cloudformation:stack',
    environment: 'aws://unknown-account/unknown-region',
    properties: { templateFile: templateFile(template), terminationProtection: false, validateOnSynth: false },
    ...(dependencies.length === 0 ? {} : { dependencies }),
    metadata: metadataOf(template),
    displayName: template.stackName,
  };
}

/** The path of each construct, by which the CLI calls what it deploys. */
function metadataOf({ stackName, parameters, resources, outputs }: Template): object {
  const named = (id: string, data = id) => [`/${stackName}/${id}`, [{ type: 'aws:cdk:logicalId', data }]] as const;
  return Object.fromEntries([
    ...[...parameters, ...resources].map(({ id }) => named(id)),
    ...outputs.map(({ id }) => named(`Output${id}`, id)),
  ]);
}

const templateFile = ({ stackName }: Template): string => `${stackName}.template.json`;
