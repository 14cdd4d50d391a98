import type { Json, JsonObject } from '../../model/json.js';
import { refused } from './refusal.js';
import { isObject } from './template.js';

/** What names in a template stand for. */
export interface Scope {
  /** A parameter, a pseudo parameter or a resource. */
  ref(name: string): Json;
  attribute(id: string, name: string): Json;
}

/** Properties that are `AWS::NoValue` are as if they were not written. */
const NO_VALUE = Symbol('AWS::NoValue');

type Evaluated = Json | typeof NO_VALUE;

/** The value without functions. Refuses the functions that our templates never use. */
export function evaluate(value: Json, scope: Scope): Json {
  const result = whole(value, scope);
  return result === NO_VALUE ? null : result;
}

function whole(value: Json, scope: Scope): Evaluated {
  if (Array.isArray(value))
    return value.map((item: Json) => whole(item, scope)).filter((item): item is Json => item !== NO_VALUE);
  if (!isObject(value)) return value;
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first !== undefined && (first[0] === 'Ref' || first[0].startsWith('Fn::')))
    return called(first[0], first[1], scope);
  return Object.fromEntries(
    entries.map(([key, inner]) => [key, whole(inner, scope)]).filter(([, inner]) => inner !== NO_VALUE),
  ) as JsonObject;
}

function called(name: string, input: Json, scope: Scope): Evaluated {
  const list = Array.isArray(input) ? (input as readonly Json[]) : [];
  switch (name) {
    case 'Ref':
      return input === 'AWS::NoValue' ? NO_VALUE : scope.ref(String(input));
    case 'Fn::GetAtt': {
      const [id = '', ...path] = Array.isArray(input) ? list.map(String) : String(input).split('.');
      return scope.attribute(id, path.join('.'));
    }
    case 'Fn::Sub':
      return substituted(Array.isArray(input) ? list : [input], scope);
    case 'Fn::Join':
      return listOf(list[1], scope).map(String).join(String(list[0]));
    case 'Fn::Split':
      return String(evaluate(list[1] ?? '', scope)).split(String(list[0]));
    case 'Fn::Select':
      return listOf(list[1], scope)[Number(list[0])] ?? refuseSelect();
    case 'Fn::GetAZs':
      return zonesOf(String(evaluate(input, scope)) || String(scope.ref('AWS::Region')));
    case 'Fn::Base64':
      return Buffer.from(String(evaluate(input, scope))).toString('base64');
    default:
      throw refused(`Template error: the rehearsal does not know the function ${name}`);
  }
}

/** Every rehearsed region has three. */
const zonesOf = (region: string): Json => ['a', 'b', 'c'].map((letter) => `${region}${letter}`);

function listOf(value: Json | undefined, scope: Scope): readonly Json[] {
  const result = evaluate(value ?? [], scope);
  return Array.isArray(result) ? result : [result];
}

function refuseSelect(): never {
  throw refused('Template error: Fn::Select cannot select nonexistent value at this index');
}

function substituted([text, own]: readonly Json[], scope: Scope): string {
  const values = isObject(own) ? own : {};
  return String(text).replace(/\$\{([^}]+)\}/g, (_, name: string) => {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    const given = values[name];
    if (given !== undefined) return String(evaluate(given, scope));
    const [id = '', ...path] = name.split('.');
    return String(path.length === 0 ? scope.ref(id) : scope.attribute(id, path.join('.')));
  });
}
