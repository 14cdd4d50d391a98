import type { Given } from '../model/given.js';
import type { Json, JsonObject } from '../model/json.js';
import type { SourceMap } from '../model/template.js';
import type { CauseKind, CauseSubject } from './dossier-cause.js';
import { healthQuestions } from './health-paths.js';

/** What the tried template says of a process; empty where it says nothing. */
export function subjectOf(process: string, template: Given<JsonObject>): CauseSubject {
  const resources = template.kind === 'given' ? objectOf(template.value['Resources']) : {};
  const definition = Object.values(resources)
    .map(objectOf)
    .find(({ Type: type, Properties: written }) => {
      const family = objectOf(written)['Family'];
      return type === 'AWS::ECS::TaskDefinition' && typeof family === 'string' && family.endsWith(`_${process}`);
    });
  const properties = objectOf(definition?.['Properties']);
  const [container] = listOf(properties['ContainerDefinitions']);
  const [port] = listOf(objectOf(container)['PortMappings']);
  const questions = template.kind === 'given' ? healthQuestions(template.value) : {};
  return {
    process: process === 'release' ? 'the release process' : process,
    image: textOf(objectOf(container)['Image']),
    cpu: Number(textOf(properties['Cpu']) || 0),
    memoryMiB: Number(textOf(properties['Memory']) || 0),
    architecture: textOf(objectOf(properties['RuntimePlatform'])['CpuArchitecture']).toLowerCase() || 'x86_64',
    health: questions[process] ?? { path: '', codes: '' },
    port: Number(objectOf(port)['ContainerPort'] ?? 0),
  };
}

const IMAGE = { resource: /TaskDefinition$/, property: /^ContainerDefinitions\/0\/Image$/ };
const COMMAND = { resource: /TaskDefinition$/, property: /^ContainerDefinitions\/0\/Command$/ };

/** Which notable property of which kind of resource a class of failure is about. */
const ABOUT: Partial<Record<CauseKind, readonly { readonly resource: RegExp; readonly property: RegExp }[]>> = {
  'image-not-pulled': [IMAGE],
  'image-architecture': [{ resource: /TaskDefinition$/, property: /^RuntimePlatform$/ }, IMAGE],
  'secret-denied': [{ resource: /TaskDefinition$/, property: /^ContainerDefinitions\/0\/Secrets\// }],
  'secret-missing': [{ resource: /TaskDefinition$/, property: /^ContainerDefinitions\/0\/Secrets\// }],
  'task-not-started': [COMMAND],
  crashed: [COMMAND],
  ended: [COMMAND],
  'out-of-memory': [{ resource: /TaskDefinition$/, property: /^Memory$/ }],
  'health-answer': [{ resource: /TargetGroup/, property: /^HealthCheckPath$/ }],
  'not-listening': [{ resource: /TaskDefinition$/, property: /^ContainerDefinitions\/0\/PortMappings$/ }],
  'container-health': [{ resource: /TaskDefinition$/, property: /^ContainerDefinitions\/0\/HealthCheck$/ }],
};

/**
 * The manifest line that a cause is about, among the resources of its process; else the line of the process, and when nobody wrote one
 * (a process that is there by default), that of the image.
 */
export function placeOf(kind: CauseKind, resources: readonly string[], sourceMap: Given<SourceMap>): Given<string> {
  if (sourceMap.kind === 'none') return { kind: 'none' };
  const known = sourceMap.value.resources;
  const at = ({ resource, property }: { readonly resource: RegExp; readonly property: RegExp }): string[] =>
    resources
      .filter((id) => resource.test(id))
      .flatMap((id) => Object.entries(known[id]?.properties ?? {}))
      .flatMap(([name, written]) => (property.test(name) ? [written] : []));
  const places = [...(ABOUT[kind] ?? []).flatMap(at), ...resources.flatMap((id) => known[id]?.from ?? []), ...at(IMAGE)];
  const place = places.find((each) => each !== 'default');
  return place === undefined ? { kind: 'none' } : { kind: 'given', value: place };
}

const objectOf = (value: Json | undefined): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []);
const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
