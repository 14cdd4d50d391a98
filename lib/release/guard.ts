import { createHash } from 'node:crypto';
import { Failure } from '../failure.js';
import type { Given } from '../model/given.js';
import type { Json, JsonObject } from '../model/json.js';
import type { ReleaseKind, ReleaseRecord, RollbackGuard } from '../model/release.js';
import { isObject } from '../plan/template-json.js';
import { readTemplateObject } from './foreign-template.js';
import { autoscalingResources, withoutScale } from './scale-group.js';
import { resourcesOf } from './template-references.js';

const ABSENT = 'absent';

/**
 * What the release that was left did, so that nobody does it again by accident: the resources whose definition differs from the one
 * returned to, scale ignored. None: they are alike, or something else made one of them and it cannot be read.
 */
export function guardOf(
  left: { number: number; template: string },
  back: { number: number; template: string },
): Given<RollbackGuard> {
  const [bad, good] = [definitionsOf(left.template), definitionsOf(back.template)];
  if (bad === undefined || good === undefined) return { kind: 'none' };
  const ids = [...new Set([...bad.keys(), ...good.keys()])].sort();
  const differing = ids.filter((id) => bad.get(id) !== good.get(id));
  if (differing.length === 0) return { kind: 'none' };
  const hashes = (of: ReadonlyMap<string, string>) => Object.fromEntries(differing.map((id) => [id, of.get(id) ?? ABSENT]));
  return { kind: 'given', value: { from: left.number, to: back.number, bad: hashes(bad), good: hashes(good) } };
}

/** Whether a template gives every guarded resource its bad definition again, whatever else it has. */
export function putsBack(guard: RollbackGuard, template: string): boolean {
  const definitions = definitionsOf(template);
  if (definitions === undefined) return false;
  return Object.entries(guard.bad).every(([id, hash]) => (definitions.get(id) ?? ABSENT) === hash);
}

/** Releases that are not made from the app directory say nothing about whether it was corrected. */
const NOT_FROM_DIRECTORY: readonly ReleaseKind[] = ['restart', 'external'];

/**
 * The guards in force: those of the rollbacks since the last release of the directory that served. One of which a later rollback brought
 * everything back is none any more: somebody wanted that.
 *
 * @param recent newest first
 */
export function guardsInForce(recent: readonly { readonly record: ReleaseRecord }[]): readonly RollbackGuard[] {
  const guards: RollbackGuard[] = [];
  let since: Readonly<Record<string, string>> = {};
  for (const { record } of recent) {
    if (record.status !== 'succeeded' || NOT_FROM_DIRECTORY.includes(record.reason.kind)) continue;
    if (record.reason.kind !== 'rollback') break;
    if (record.guard.kind === 'none') continue;
    const { bad, good } = record.guard.value;
    // what runs now of what this one changed: later ones win
    since = { ...good, ...since };
    if (Object.entries(bad).some(([id, hash]) => since[id] !== hash)) guards.push(record.guard.value);
  }
  return guards;
}

/** Refuses to put back what was rolled back from. `--force` does it all the same. */
export function refuseGuarded(
  recent: readonly { readonly record: ReleaseRecord }[],
  app: string,
  template: string,
  forced: boolean,
): void {
  const guard = forced ? undefined : guardsInForce(recent).find((one) => putsBack(one, template));
  if (guard === undefined) return;
  const { environment = 'default' } = recent[0]?.record ?? {};
  const where = environment === 'default' ? '' : ` -e ${environment}`;
  throw new Failure(
    app,
    `this puts back v${guard.from}, which was rolled back to v${guard.to}: the app directory still says what v${guard.from} did`,
    `correct the directory, or write the files of v${guard.to} into it with \`empire rollback v${guard.to} --write -a ${app}${where}\`; --force releases it all the same`,
    'rollback-guard',
  );
}

/** Logical id → SHA-256 of its definition, scale ignored; nothing for what is no template of ours. */
function definitionsOf(text: string): ReadonlyMap<string, string> | undefined {
  const template = readTemplateObject(text);
  if (template === undefined) return undefined;
  const scaling = autoscalingResources(template);
  const definitions = new Map<string, string>();
  for (const id of Object.keys(resourcesOf(template))) {
    const definition = withoutScale(template, id, scaling);
    if (definition !== undefined) definitions.set(id, hashOf(definition));
  }
  return definitions;
}

/** The same for the same value in any order of keys. */
const hashOf = (value: JsonObject): string =>
  createHash('sha256')
    .update(JSON.stringify(sorted(value)))
    .digest('hex');

function sorted(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(sorted);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
