import type { Json, JsonObject } from '../../model/json.js';
import { KEY_NAMES, keySchema, PROCESS_KEYS } from './keys.js';
import { PROCESS_NAME } from './process-names.js';

/** The JSON schema of the Procfile for editors, made from the table of keys. Rules between keys are the parser's alone. */
export function procfileSchema(): JsonObject {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Procfile of Empire',
    description: 'The processes of an app: a command, or a map of keys',
    type: 'object',
    patternProperties: {
      '^x-': { type: ['object', 'array'] },
      // Patterns do not exclude each other by themselves.
      [PROCESS_NAME.source.replace('^', '^(?!x-)')]: { anyOf: [{ type: ['string', 'null'] }, { $ref: '#/definitions/process' }] },
    },
    additionalProperties: false,
    definitions: { process: { type: 'object', properties: keyProperties(), additionalProperties: false } },
  };
}

function keyProperties(): JsonObject {
  const properties: Record<string, Json> = {};
  for (const name of KEY_NAMES) {
    const { doc, default: fallback } = PROCESS_KEYS[name];
    properties[name] = { description: `${doc} (default: ${fallback})`, anyOf: [keySchema(name), { type: 'null' }] };
  }
  return properties;
}

/** The text of `schema/procfile.schema.json`. */
export const formatProcfileSchema = (): string => `${JSON.stringify(procfileSchema(), null, 2)}\n`;
