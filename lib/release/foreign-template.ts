import type { JsonObject } from '../model/json.js';
import { parseTemplateObject } from './template-references.js';

/** The template of a stack that something else may have changed: nothing when it is not JSON, as ours are. */
export function readTemplateObject(text: string): JsonObject | undefined {
  try {
    return parseTemplateObject(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
