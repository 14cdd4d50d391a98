import type { Json, JsonObject } from '../model/json.js';
import type { PinnedReference, ReleasedProcess } from '../model/release.js';
import { familyProcess } from '../observe/stack-services.js';
import { listAt, objectAt } from '../plan/template-json.js';
import { readTemplateObject } from './foreign-template.js';
import { idsOfType, propertiesOf } from './template-references.js';

/** Images that a template names, with the references they were pinned from where those are known. */
export function imagesOfTemplate(template: string, known: readonly PinnedReference[]): readonly PinnedReference[] {
  const parsed = readTemplateObject(template);
  if (parsed === undefined) return known;
  const names = idsOfType(parsed, 'AWS::ECS::TaskDefinition')
    .flatMap((id) => containersOf(parsed, id))
    .flatMap((container) => (typeof container['Image'] === 'string' ? [container['Image']] : []));
  return [...new Set(names)].map((pinned) => known.find((one) => one.pinned === pinned) ?? unknownReference(pinned));
}

const unknownReference = (pinned: string): PinnedReference => ({
  reference: pinned,
  pinned,
  digest: /@(sha256:[0-9a-f]{64})$/.exec(pinned)?.[1] ?? '',
});

/** The processes of a template. What a template does not say (the name of a size) is taken from what is known of them. */
export function processesOfTemplate(template: string, known: readonly ReleasedProcess[]): readonly ReleasedProcess[] {
  const parsed = readTemplateObject(template);
  if (parsed === undefined) return known;
  return idsOfType(parsed, 'AWS::ECS::TaskDefinition').flatMap((id) => {
    const name = familyProcess(String(propertiesOf(parsed, id)['Family'] ?? ''));
    return name === undefined
      ? []
      : [
          processOf(
            parsed,
            id,
            name,
            known.find((one) => one.name === name),
          ),
        ];
  });
}

function processOf(template: JsonObject, id: string, name: string, known: ReleasedProcess | undefined): ReleasedProcess {
  const word = id.replace(/TaskDefinition$/, '');
  const scale = scaleOf(template, word);
  return {
    name,
    kind: scale?.kind ?? (name === 'release' ? 'release' : 'run-only'),
    count: scale?.count ?? '',
    size: known?.size ?? sizeOf(propertiesOf(template, id)),
    command: commandOf(containersOf(template, id)[0]),
  };
}

/** Kind and count of one process, as the template of its scale group says; nothing when it cannot be scaled. */
export function scaleOf(template: JsonObject, word: string): Pick<ReleasedProcess, 'kind' | 'count'> | undefined {
  const resources = objectAt(template['Resources']);
  const target = objectAt(objectAt(resources[`${word}ScalableTarget`])['Properties']);
  if ('MinCapacity' in target) return { kind: 'service', count: `${target['MinCapacity']}-${target['MaxCapacity']}` };
  if (`${word}Service` in resources) {
    return { kind: 'service', count: String(propertiesOf(template, `${word}Service`)['DesiredCount'] ?? 1) };
  }
  if (!(`${word}Schedule` in resources)) return undefined;
  const schedule = propertiesOf(template, `${word}Schedule`);
  const tasks = objectAt(objectAt(schedule['Target'])['EcsParameters'])['TaskCount'] ?? 1;
  return { kind: 'cron', count: schedule['State'] === 'DISABLED' ? '0' : String(tasks) };
}

const sizeOf = (properties: JsonObject): ReleasedProcess['size'] => {
  const [cpu, memoryMiB] = [Number(properties['Cpu'] ?? 0), Number(properties['Memory'] ?? 0)];
  return { cpu, memoryMiB, nproc: 0, name: `${cpu}:${memoryMiB}.00mb` };
};

const commandOf = (container: JsonObject | undefined): readonly string[] => {
  const words = container?.['Command'];
  return Array.isArray(words) ? (words as readonly Json[]).map(String) : [];
};

const containersOf = (template: JsonObject, id: string): readonly JsonObject[] =>
  listAt(propertiesOf(template, id)['ContainerDefinitions']).map(objectAt);
