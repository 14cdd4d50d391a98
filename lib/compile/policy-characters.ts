import type { Json, JsonObject } from '../model/json.js';

/** What stands for a value of the account, and how long the longest of them is. */
const PSEUDO: Readonly<Record<string, number>> = {
  'AWS::Partition': 'aws-us-gov'.length,
  'AWS::Region': 'ap-southeast-1'.length,
  'AWS::AccountId': 12,
  'AWS::URLSuffix': 'amazonaws.com.cn'.length,
};
/** A reference to a resource: an id, a name or an ARN. */
const REFERENCE = 60;

/** About how many characters a policy has once CloudFormation has put the values in. */
export function policyCharacters(value: Json): number {
  return JSON.stringify(resolved(value)).length;
}

function resolved(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(resolved);
  const object = value as JsonObject;
  if (object['Ref'] !== undefined || object['Fn::GetAtt'] !== undefined) return 'x'.repeat(REFERENCE);
  const text = object['Fn::Sub'];
  if (text !== undefined) return filledIn(typeof text === 'string' ? text : String((text as readonly Json[])[0]));
  return Object.fromEntries(Object.entries(object).map(([key, inner]) => [key, resolved(inner)]));
}

const filledIn = (text: string): string =>
  text.replaceAll(/\$\{([^}]+)\}/g, (_, name: string) => 'x'.repeat(PSEUDO[name] ?? REFERENCE));
