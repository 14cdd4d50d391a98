import type { Json, JsonObject } from '../../lib/model/json.js';
import type { Template } from '../../lib/model/template.js';

/** One call as IAM sees it. */
export interface Call {
  readonly action: string;
  readonly resource: string;
  /** Condition keys that the call has. */
  readonly context: Readonly<Record<string, string>>;
}

interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

const PSEUDO: Readonly<Record<string, string>> = {
  'AWS::Partition': 'aws',
  'AWS::Region': 'us-east-1',
  'AWS::AccountId': '123456789012',
  'AWS::URLSuffix': 'amazonaws.com',
};

/** What references stand for once the platform is deployed. */
export const DEPLOYED: Readonly<Record<string, string>> = {
  Cluster: 'main-cluster',
  'Cluster.Arn': 'arn:aws:ecs:us-east-1:123456789012:cluster/main-cluster',
  'Releases.Arn': 'arn:aws:s3:::empire-default-releases-123456789012-us-east-1',
  Vpc: 'vpc-0123456789abcdef0',
  Zone: 'ZPRIVATE',
};

/** Evaluates a role as IAM does: a denial wins, then an allowance, and otherwise no. */
export class Role {
  private readonly statements: readonly Statement[];

  constructor(template: Template, id: string) {
    const properties = template.resources.find((resource) => resource.id === id)?.properties ?? {};
    const policies = (properties['ManagedPolicyArns'] ?? []) as readonly { readonly Ref: string }[];
    this.statements = policies.flatMap(({ Ref }) => {
      const policy = template.resources.find((resource) => resource.id === Ref);
      const document = policy?.properties['PolicyDocument'] as { readonly Statement: readonly JsonObject[] };
      return document.Statement.map(statementOf);
    });
  }

  may(action: string, resource: string, context: Readonly<Record<string, string>> = {}): boolean {
    const matching = this.statements.filter((statement) => fits(statement, { action, resource, context }));
    return matching.some(({ Effect }) => Effect === 'Allow') && !matching.some(({ Effect }) => Effect === 'Deny');
  }

  /** Actions that are allowed on `*`. */
  anywhere(): string[] {
    const open = this.statements.filter(({ Effect, Resource }) => Effect === 'Allow' && Resource.includes('*'));
    return open.flatMap(({ Action }) => [...Action]);
  }
}

function statementOf(raw: JsonObject): Statement {
  const { Effect, Action, Resource, Condition = {} } = resolved(raw) as JsonObject;
  const conditions = Object.entries(Condition as Record<string, Record<string, Json>>).map(([operator, keys]) => [
    operator,
    Object.fromEntries(Object.entries(keys).map(([key, value]) => [key, listOf(value)])),
  ]);
  return {
    Effect: Effect as Statement['Effect'],
    Action: listOf(Action as Json),
    Resource: listOf(Resource as Json),
    Condition: Object.fromEntries(conditions),
  };
}

const listOf = (value: Json): string[] => (Array.isArray(value) ? value : [value]).map(String);

function resolved(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(resolved);
  const object = value as JsonObject;
  if (typeof object['Ref'] === 'string') return known(object['Ref']);
  if (Array.isArray(object['Fn::GetAtt'])) return known(object['Fn::GetAtt'].join('.'));
  if (object['Fn::Sub'] !== undefined) return substituted(object['Fn::Sub']);
  return Object.fromEntries(Object.entries(object).map(([key, inner]) => [key, resolved(inner)]));
}

function substituted(written: Json): string {
  const [text, variables] = (Array.isArray(written) ? written : [written, {}]) as [string, JsonObject];
  return text.replaceAll(/\$\{([^}]+)\}/g, (_, name: string) => {
    const own = variables[name];
    return own === undefined ? known(name) : String(resolved(own));
  });
}

function known(name: string): string {
  const value = PSEUDO[name] ?? DEPLOYED[name];
  if (value === undefined) throw new Error(`nobody said what ${name} is`);
  return value;
}

function fits({ Action, Resource, Condition }: Statement, { action, resource, context }: Call): boolean {
  return (
    Action.some((pattern) => like(pattern.toLowerCase(), action.toLowerCase())) &&
    Resource.some((pattern) => like(pattern, resource)) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) => holds(operator, values, context[key])),
    )
  );
}

function holds(operator: string, values: readonly string[], given: string | undefined): boolean {
  switch (operator) {
    case 'StringEquals':
      return given !== undefined && values.includes(given);
    case 'StringEqualsIfExists':
      return given === undefined || values.includes(given);
    case 'ArnEquals':
    case 'StringLike':
      return given !== undefined && values.some((pattern) => like(pattern, given));
    default:
      throw new Error(`nobody knows the condition ${operator}`);
  }
}

const like = (pattern: string, text: string): boolean =>
  new RegExp(`^${pattern.split('*').map(escaped).join('.*')}$`, 's').test(text);
const escaped = (text: string): string => text.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&');
