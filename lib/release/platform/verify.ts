import type { JsonObject } from '../../model/json.js';
import type { Engine } from '../engine.js';
import { patiently } from '../patience.js';
import { parseTemplateObject } from '../template-references.js';

/** What a platform's template publishes for apps and they would not find, and its bucket when it is not there. */
export async function missingValues(engine: Engine, template: string): Promise<readonly string[]> {
  const { windows, place } = engine;
  const names = Object.values(parseTemplateObject(template)['Resources'] as JsonObject).flatMap((resource) => {
    const { Type, Properties } = resource as JsonObject;
    return Type === 'AWS::SSM::Parameter' ? [String((Properties as JsonObject)['Name'])] : [];
  });
  const [values, bucket] = await Promise.all([
    patiently(engine, () => windows.parameters.values(names)),
    patiently(engine, () => windows.store.exists(place.bucket)),
  ]);
  const missing = names.filter((name) => values[name] === undefined).map((name) => `\`${name}\``);
  return bucket ? missing : [...missing, `the bucket \`${place.bucket}\``];
}
