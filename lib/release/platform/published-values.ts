import type { Json, JsonObject } from '../../model/json.js';

/** Logical ids that a value refers to by `Ref` or `Fn::GetAtt`; pseudo parameters are none. */
export function templateReferences(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap((item: Json) => templateReferences(item));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value as JsonObject).flatMap(([key, inner]) => {
    if (key === 'Ref') return String(inner).startsWith('AWS::') ? [] : [String(inner)];
    if (key === 'Fn::GetAtt') return [String(Array.isArray(inner) ? inner[0] : inner).split('.')[0] ?? ''];
    return templateReferences(inner);
  });
}
