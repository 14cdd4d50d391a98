import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { PropertyType, ResourceProperties, SpecDatabase } from '@aws-cdk/service-spec-types';
import type { Json, JsonObject } from '../../lib/model/json.js';

/** Checks resource types, property names and property types against the service specification of AWS. */
export class ServiceSpec {
  private readonly db: SpecDatabase = loadAwsServiceSpecSync();

  /** What is wrong with a resource, each with its property path; empty when nothing is. */
  faults(type: string, properties: JsonObject): string[] {
    const resource = this.db.lookup('resource', 'cloudFormationType', 'equals', type)[0];
    if (resource === undefined) return [`${type}: no such resource type`];
    return this.object(properties, resource.properties, type);
  }

  /** The property that takes the tags of a type; none when it has no tags. */
  tagProperty(type: string): string | undefined {
    return this.db.lookup('resource', 'cloudFormationType', 'equals', type)[0]?.tagInformation?.tagPropertyName;
  }

  private object(value: JsonObject, known: ResourceProperties, path: string): string[] {
    return Object.entries(value).flatMap(([name, inner]) => {
      const property = Object.hasOwn(known, name) ? known[name] : undefined;
      return property === undefined ? [`${path}/${name}: no such property`] : this.value(inner, property.type, `${path}/${name}`);
    });
  }

  private value(value: Json, type: PropertyType, path: string): string[] {
    if (isIntrinsic(value)) return [];
    switch (type.type) {
      case 'json':
        return [];
      case 'string':
      case 'date-time':
        return expectKind(typeof value === 'string', 'a string', value, path);
      case 'number':
        return expectKind(typeof value === 'number', 'a number', value, path);
      case 'integer':
        return expectKind(Number.isInteger(value), 'an integer', value, path);
      case 'boolean':
        return expectKind(typeof value === 'boolean', 'a boolean', value, path);
      case 'tag':
        return this.tag(value, path);
      case 'array':
        if (!Array.isArray(value)) return [`${path}: not a list but ${JSON.stringify(value)}`];
        return value.flatMap((item: Json, index) => this.value(item, type.element, `${path}/${index}`));
      case 'map':
        if (!isObject(value)) return [`${path}: not a map but ${JSON.stringify(value)}`];
        return Object.entries(value).flatMap(([name, item]) => this.value(item, type.element, `${path}/${name}`));
      case 'union': {
        const attempts = type.types.map((option) => this.value(value, option, path));
        return attempts.some((faults) => faults.length === 0) ? [] : (attempts[0] ?? [`${path}: no type fits`]);
      }
      case 'ref':
        if (!isObject(value)) return [`${path}: not an object but ${JSON.stringify(value)}`];
        return this.object(value, this.db.get('typeDefinition', type.reference).properties, path);
      default:
        return [`${path}: the specification has a type this check does not know: ${JSON.stringify(type)}`];
    }
  }

  private tag(value: Json, path: string): string[] {
    const fits = isObject(value) && Object.keys(value).sort().join() === 'Key,Value';
    return expectKind(fits, 'a tag', value, path);
  }
}

function expectKind(fits: boolean, what: string, value: Json, path: string): string[] {
  return fits ? [] : [`${path}: not ${what} but ${JSON.stringify(value)}`];
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `{Ref: …}`, `{Fn::…: …}`: its value is known only at deploy time. */
function isIntrinsic(value: Json): boolean {
  if (!isObject(value)) return false;
  const keys = Object.keys(value);
  const [key] = keys;
  return keys.length === 1 && key !== undefined && (key === 'Ref' || key.startsWith('Fn::'));
}
