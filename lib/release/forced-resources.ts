import type { Json, JsonObject } from '../model/json.js';
import type { ReleaseRecord } from '../model/release.js';
import { listAt, objectAt } from '../plan/template-json.js';
import { propertiesOf, referencesOf, typeOf } from './template-references.js';

const NOTE = 'CloudFormation believes these right, so the next release forces them: ';

/** The note by which the next release knows what it must force. */
export const formatForced = (resources: readonly string[]): string => `${NOTE}${[...resources].sort().join(', ')}`;

/**
 * What must be forced now: what the records since the last success say. A success has forced what was to be forced before it.
 *
 * @param recent newest first
 */
export function forcedResources(recent: readonly Pick<ReleaseRecord, 'status' | 'notes'>[]): readonly string[] {
  const found = new Set<string>();
  for (const { status, notes } of recent) {
    if (status === 'succeeded') break;
    for (const note of notes) {
      if (note.startsWith(NOTE)) for (const id of note.slice(NOTE.length).split(', ')) found.add(id);
    }
  }
  return [...found].sort();
}

/** Services are forced by their restart parameter: a new nonce sends all properties and starts a deployment. */
export function forcedRestarts(template: JsonObject, forced: readonly string[], release: string): Record<string, string> {
  const values: Record<string, string> = {};
  for (const id of forced) {
    const parameter = restartParameterOf(template, id);
    if (parameter !== undefined) values[parameter] = `forced-${release}`;
  }
  return values;
}

function restartParameterOf(template: JsonObject, id: string): string | undefined {
  if (typeOf(template, id) !== 'AWS::ECS::Service') return undefined;
  const [parameter] = referencesOf(propertiesOf(template, id)['ForceNewDeployment']);
  return parameter;
}

/** The property that can differ for one update without any effect, for types that have no tags. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['AWS::Route53::RecordSet', 'Comment'],
  ['AWS::Scheduler::Schedule', 'Description'],
]);

const FORCED_TAG = 'empire:forced';

/** A definition that differs harmlessly, so that CloudFormation sends it again. Services are left to their restart parameter. */
export function nudged(definition: Json, release: string): Json {
  const { Type: type, Properties: properties } = objectAt(definition);
  if (type === 'AWS::ECS::Service') return definition;
  const given = objectAt(properties);
  const words = WORDS.get(String(type));
  if (words !== undefined) return { ...objectAt(definition), Properties: { ...given, [words]: `forced by ${release}` } };
  if (!('Tags' in given)) return definition;
  const tags = [...listAt(given['Tags']), { Key: FORCED_TAG, Value: release }];
  return { ...objectAt(definition), Properties: { ...given, Tags: tags } };
}

/** Forced resources for which there is no way: no tags, no words, or gone from the template. */
export function unforceable(template: JsonObject, forced: readonly string[]): readonly string[] {
  return forced.filter((id) => {
    const type = typeOf(template, id);
    return type !== '' && type !== 'AWS::ECS::Service' && !WORDS.has(type) && !('Tags' in propertiesOf(template, id));
  });
}
