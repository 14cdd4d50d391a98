import type { Given } from '../model/given.js';
import type { Json, JsonObject } from '../model/json.js';
import type { Plan, PlanFinding, ProcessChange, ProcessPlan, PropertyChange, ResourceChange } from '../model/plan.js';
import { renderImageChange } from './plan-image.js';
import { renderSize } from './values.js';

/** What a finding is called. */
export const FINDING_TITLES: Readonly<Record<PlanFinding['kind'], string>> = {
  'data-loss': 'data loss',
  downtime: 'downtime',
  'broader-permissions': 'broader permissions',
  'broader-network': 'broader network',
  note: 'note',
};

/** One change of a process: what, and from what to what. */
export function renderChange(change: ProcessChange): { readonly what: string; readonly how: string } {
  switch (change.kind) {
    case 'image':
      return { what: 'image', how: renderImageChange(change.before, change.after) };
    case 'variables':
    case 'secrets':
      return { what: change.kind, how: names(change) };
    case 'size':
      return { what: 'size', how: fromTo(change.before, sizeName(change.before), sizeName(change.after)) };
    case 'command':
    case 'count':
    case 'schedule':
      return { what: change.kind, how: fromTo(change.before, orNone(change.before), orNone(change.after)) };
    case 'restart':
      return { what: 'restart', how: 'asked for' };
    case 'other':
      return { what: change.resource, how: change.property };
  }
}

export const arrow = (before: string, after: string): string => `${before} → ${after}`;

/** Where there was nothing before, only what there is. */
const fromTo = (given: string, before: string, after: string): string => (given === '' ? after : arrow(before, after));

const orNone = (text: string): string => (text === '' ? 'none' : text);

function names({ added, changed, removed }: Extract<ProcessChange, { kind: 'variables' | 'secrets' }>): string {
  const part = (mark: string, list: readonly string[]): string[] => (list.length === 0 ? [] : [`${mark} ${list.join(', ')}`]);
  return [...part('+', added), ...part('~', changed), ...part('-', removed)].join('  ');
}

/** `256:512mb` → `1X`. */
function sizeName(text: string): string {
  const [, cpu, memory] = /^(\d+):(\d+)mb$/.exec(text) ?? [];
  if (memory === undefined) return orNone(text);
  return renderSize({ cpu: Number(cpu), memoryMiB: Number(memory), nproc: { kind: 'none' } });
}

/** `90 s`, `4 min`. */
export const renderAbout = (seconds: number): string =>
  seconds < 120 ? `about ${seconds} s` : `about ${Math.round(seconds / 60)} min`;

/** `+`, `~`, `-`, and `±` for what is made anew. A new revision of a task definition is what a change of it is. */
export function resourceMark({ action, replacement, type }: ResourceChange): '+' | '~' | '-' | '±' {
  if (action === 'modify') return replacement === 'replace' && type !== REVISED ? '±' : '~';
  return action === 'add' ? '+' : '-';
}

const REVISED = 'AWS::ECS::TaskDefinition';

/** What becomes of a resource, beyond its mark; empty when the mark says it. */
export function resourceWords(change: ResourceChange, findings: Plan['findings']): string {
  const lost = findings.some(({ kind, resource }) => kind === 'data-loss' && resource === change.id);
  const how =
    change.replacement === 'replace'
      ? change.type === REVISED
        ? 'new revision'
        : 'replaced'
      : change.replacement === 'maybe'
        ? 'perhaps replaced'
        : '';
  const fate = lost ? 'its data is lost' : change.retained ? 'the old one stays behind' : '';
  return [how, fate].filter((word) => word !== '').join(', ');
}

/** Only that it is another one counts. */
const RESTART = '/ForceNewDeploymentNonce';

/** `v1 → v2`; a property that only follows something new names it. */
export function propertyWords({ path, before, after }: PropertyChange): string {
  if (path.endsWith(RESTART)) return 'a new value';
  if (before.kind === 'given' && after.kind === 'given' && JSON.stringify(before.value) === JSON.stringify(after.value))
    return JSON.stringify(after.value) === '"(hidden)"' ? 'changes (hidden)' : 'follows what it refers to';
  return listWords(before, after) ?? arrow(valueWords(before), valueWords(after));
}

/** Of two lists what is in one alone: `+ a  - b`; undefined where that does not say it. */
function listWords(before: Given<Json>, after: Given<Json>): string | undefined {
  if (before.kind === 'none' || after.kind === 'none' || !Array.isArray(before.value) || !Array.isArray(after.value))
    return undefined;
  const [old, now] = [itemsOf(before.value), itemsOf(after.value)];
  const only = (mark: string, one: readonly string[], other: readonly string[]): string[] => {
    const found = one.filter((item) => !other.includes(item));
    return found.length === 0 ? [] : [`${mark} ${found.join(', ')}`];
  };
  const parts = [...only('+', now, old), ...only('-', old, now)];
  return parts.length === 0 ? undefined : parts.join('  ');
}

const itemsOf = (list: readonly Json[]): string[] => list.map((value) => valueWords({ kind: 'given', value }));

function valueWords(given: Given<Json>): string {
  if (given.kind === 'none') return 'none';
  const { value } = given;
  const reference =
    typeof value === 'object' && value !== null && !Array.isArray(value) ? referenceWords(value as JsonObject) : undefined;
  const bare = typeof value === 'string' && /^[\x21-\x7e]+$/.test(value);
  return shortened(reference ?? (bare ? value : JSON.stringify(value)));
}

/** Digests to what tells them apart, and ARNs of the stack's own account without their long beginning. */
const shortened = (text: string): string =>
  text
    .replaceAll(/sha256:([0-9a-f]{7})[0-9a-f]{57}/g, 'sha256:$1')
    .replaceAll(/arn:\$\{AWS::Partition\}:([a-z0-9-]+):\$\{AWS::Region\}:\$\{AWS::AccountId\}:/g, '$1:');

/** `{Ref: Web}` → `Web`, and so on; undefined for another value. */
function referenceWords(value: JsonObject): string | undefined {
  const { Ref: ref, 'Fn::GetAtt': attribute, 'Fn::Sub': text } = value;
  if (typeof ref === 'string') return ref;
  if (typeof text === 'string') return text;
  return Array.isArray(attribute) ? attribute.join('.') : undefined;
}

/** Parameters that change; restarts are said with their process. */
export function parameterLines({ parameters }: Plan): string[] {
  return parameters
    .filter(({ name }) => !name.endsWith('Restart'))
    .map(({ name, before, after }) => `${name}  ${arrow(valueWords(before), valueWords(after))}`);
}

/** What a process is, in one word; empty when it just changes. */
export const processState = ({ name, change, restarts }: ProcessPlan): string =>
  name === '' ? '' : change === 'added' ? 'new' : change === 'removed' ? 'removed' : restarts ? 'restarts' : '';
