import type { Json, JsonObject } from '../model/json.js';
import type { PlanFinding } from '../model/plan.js';
import { said } from './process-facts.js';
import type { Sides } from './sides.js';
import { type Grant, grantsOf } from './statements.js';
import { referencesOf } from './substitute.js';
import { isObject, listAt, objectAt, type ResourceJson, sameJson, type TemplateJson } from './template-json.js';

/**
 * Where the new template allows what the running one does not: new actions, resources or principals, a condition or a denial that is
 * gone. Reading parameters under the app's own path (`/<prefix>/<environment>/<app>/…`) is the app's own and broadens nothing.
 */
export function broaderPermissions({ before, after }: Sides): PlanFinding[] {
  const own = ownPath(after.template);
  const found: PlanFinding[] = [];
  for (const [id, resource] of after.template.resources) {
    if (isMachinery(resource)) continue;
    const old = before.template.resources.get(id);
    const had = old === undefined ? [] : grantsOf(old);
    const has = grantsOf(resource);
    const wider = has.filter(
      (grant) => grant.effect === 'Allow' && !isSaid(grant, has, own) && !had.some((other) => covers(other, grant)),
    );
    const freed = had.filter((grant) => grant.effect === 'Deny' && !has.some((other) => covers(other, grant)));
    found.push(...sentences(id, wider, 'may now do'), ...sentences(id, freed, 'is no longer denied'));
    found.push(...foreignRoles(id, old?.Properties ?? {}, resource.Properties, after.template));
    if (old?.Properties['PermissionsBoundary'] !== undefined && resource.Properties['PermissionsBoundary'] === undefined)
      found.push({ kind: 'broader-permissions', resource: id, text: `${id} loses its permissions boundary` });
  }
  return found;
}

/**
 * Roles that AWS itself takes to start a cron process or to shift traffic. No line of a manifest says what they may do: they come with the
 * process, and the app's own tasks cannot take them.
 */
function isMachinery({ Type, Properties }: ResourceJson): boolean {
  if (Type !== 'AWS::IAM::Role') return false;
  const trusted = listAt(objectAt(Properties['AssumeRolePolicyDocument'])['Statement']).flatMap((statement) =>
    listAt(objectAt(objectAt(statement)['Principal'])['Service']),
  );
  return trusted.length > 0 && trusted.every((service) => MACHINERY.has(String(service)));
}

const MACHINERY = new Set(['scheduler.amazonaws.com', 'ecs.amazonaws.com']);

/** One sentence per thing and holder, with all actions: `TaskRole may now do s3:GetObject on arn:aws:s3:::uploads/*`. */
function sentences(id: string, grants: readonly Grant[], verb: 'may now do' | 'is no longer denied'): PlanFinding[] {
  const found = new Map<string, { readonly holder: string; readonly thing: string; readonly actions: Set<string> }>();
  for (const grant of grants) {
    const holder = grant.principal === '' ? id : grant.principal.replace(/^(?:Service|AWS) /, '');
    const thing = thingOf(id, grant);
    const one = found.get(`${holder} ${thing}`) ?? { holder, thing, actions: new Set() };
    one.actions.add(grant.not ? `everything but ${grant.action}` : grant.action);
    found.set(`${holder} ${thing}`, one);
  }
  return [...found.values()].map(({ holder, thing, actions }) => ({
    kind: 'broader-permissions',
    resource: id,
    text: `${holder} ${verb} ${[...actions].join(', ')} on ${thing}`,
  }));
}

/** What a grant is about. The policy of a thing itself (its trust, say) is about that thing. */
function thingOf(id: string, { resource, principal }: Grant): string {
  if (resource !== EVERYTHING) return said(JSON.parse(resource) as Json);
  return principal === '' ? 'everything' : id;
}

/** A role that is not of this stack, given to something that did not have it: what it may do is not known here. */
function foreignRoles(id: string, old: JsonObject, now: JsonObject, { resources }: TemplateJson): PlanFinding[] {
  const had = new Set(rolesIn(old).map((role) => JSON.stringify(role)));
  return rolesIn(now)
    .filter((role) => !had.has(JSON.stringify(role)) && ![...referencesOf(role)].some((reference) => resources.has(reference)))
    .map((role) => ({
      kind: 'broader-permissions',
      resource: id,
      text: `${id} has the role ${said(role)}, which is not of this stack`,
    }));
}

/** Values of `RoleArn`, `TaskRoleArn` and so on, at any depth. */
function rolesIn(value: Json): Json[] {
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(rolesIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, one]) => (key.endsWith('RoleArn') ? [one] : rolesIn(one)));
}

/** JSON of `*`. */
const EVERYTHING = '"*"';

/** Whether whoever holds `wide` already has everything in `narrow`. */
function covers(wide: Grant, narrow: Grant): boolean {
  const sameKind = wide.effect === narrow.effect && wide.not === narrow.not;
  return (
    sameKind &&
    matches(wide.action, narrow.action) &&
    (matches(wide.resource, narrow.resource) || wide.resource === EVERYTHING) &&
    (wide.principal === narrow.principal || wide.principal === '*' || wide.principal === 'AWS *') &&
    (sameJson(wide.condition, narrow.condition) || (isObject(wide.condition) && Object.keys(wide.condition).length === 0))
  );
}

/** `s3:*` covers `s3:GetObject`; a wildcard in the narrow one is only covered when the wide one has it too or is wider. */
function matches(wide: string, narrow: string): boolean {
  if (wide.toLowerCase() === narrow.toLowerCase()) return true;
  if (!wide.includes('*') && !wide.includes('?')) return false;
  const pattern = wide
    .split(/([*?])/)
    .map((part) => (part === '*' ? '.*' : part === '?' ? '[^*]' : part.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')))
    .join('');
  return new RegExp(`^${pattern}$`, 'is').test(narrow);
}

/** `/empire/production/acme-inc/`, as the log group has it. */
function ownPath({ resources }: TemplateJson): string {
  const name = resources.get('LogGroup')?.Properties['LogGroupName'];
  return typeof name === 'string' ? `${name}/` : '';
}

/** What needs no finding: the app's own parameters, and the decryption of exactly what another grant reads. */
function isSaid(grant: Grant, all: readonly Grant[], path: string): boolean {
  const inPath = (value: string): boolean => path !== '' && value.includes(`:parameter${path}`) && !value.includes('*');
  if (grant.action === 'ssm:GetParameters') return inPath(grant.resource);
  const contexts = grant.action === 'kms:Decrypt' ? contextsOf(grant.condition) : [];
  const read = new Set(all.filter(({ action }) => READS.has(action)).map(({ resource }) => resource));
  return contexts.length > 0 && contexts.every((context) => read.has(context));
}

const READS = new Set(['ssm:GetParameters', 'secretsmanager:GetSecretValue']);

/** The things a key may decrypt, as the condition on their encryption context names them. */
function contextsOf(condition: Json): string[] {
  const like = objectAt(objectAt(condition)['StringLike']);
  const found = Object.entries(like).find(([name]) => name.startsWith('kms:EncryptionContext:'));
  return found === undefined ? [] : listAt(found[1]).map((one) => JSON.stringify(one));
}
