import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject } from '../../model/json.js';
import type { ChangeSetChange } from '../../model/windows.js';
import type { World } from '../world.js';
import { evaluate, type Scope } from './evaluate.js';
import { holderOf } from './names.js';
import { replaces } from './replacement.js';
import { stackScope } from './scope.js';
import type { SimulatedParameter, SimulatedResource, SimulatedStack } from './state.js';
import type { ParsedTemplate, ResourceDefinition } from './template.js';

export interface FoundChanges {
  readonly changes: readonly ChangeSetChange[];
  /** Logical ids whose name another stack has. */
  readonly conflicts: readonly string[];
  /** Logical ids that are there already and could not be taken in, since their policy would delete them again. */
  readonly unsafe: readonly string[];
  /** Whether any output would have another value. */
  readonly outputsDiffer: boolean;
}

type Fate = 'added' | 'replaced' | 'perhaps replaced' | 'modified' | 'same';

/** Stands for a value that is known only once something else was made or changed. Nothing real contains it. */
const LATER = '\u0000later';

const isLater = (value: Json | undefined): boolean => value !== undefined && JSON.stringify(value).includes('\\u0000later');

/**
 * What a change set lists. As CloudFormation's static comparison does, it says too much rather than too little: whoever reads an
 * attribute of something that changes is listed, and `Conditional` where a new value would replace it (user guide, "Change set
 * changes": dynamic evaluation).
 */
export function changesOf(
  world: World,
  stack: SimulatedStack,
  template: ParsedTemplate,
  parameters: readonly SimulatedParameter[],
): FoundChanges {
  const fates = new Map<string, Fate>();
  const scope = scopeOfFates(stackScope(world, stack, template, parameters), stack, fates);
  const found = [...template.resources].map(([id, definition]) => {
    const existing = stack.resources[id];
    const properties = evaluate(definition.properties, scope) as JsonObject;
    const verdict =
      existing === undefined || existing.physicalId === ''
        ? addition(world, id, properties, definition)
        : modification(existing, properties, definition);
    fates.set(id, verdict.fate);
    return { id, ...verdict };
  });
  const removed = Object.values(stack.resources).filter(({ id, physicalId }) => physicalId !== '' && !template.resources.has(id));
  const outputs = Object.fromEntries([...template.outputs].map(([id, value]) => [id, String(evaluate(value, scope))]));
  const named = (fault: Verdict['fault']): string[] => found.filter((one) => one.fault === fault).map(({ id }) => id);
  return {
    changes: [...found.flatMap(({ change }) => change), ...removed.map(removal)],
    conflicts: named('conflict'),
    unsafe: named('unsafe'),
    outputsDiffer: !isDeepStrictEqual(outputs, stack.outputs),
  };
}

/** What becomes of one resource. */
interface Verdict {
  readonly fate: Fate;
  readonly change: readonly ChangeSetChange[];
  readonly fault: 'none' | 'conflict' | 'unsafe';
}

function addition(world: World, id: string, properties: JsonObject, { type, retain }: ResourceDefinition): Verdict {
  const holder = holderOf(world, type, properties);
  if (holder.kind === 'stack') return { fate: 'added', change: [], fault: 'conflict' };
  const action = holder.kind === 'left-behind' ? 'Import' : 'Add';
  return { fate: 'added', change: [change(action, id, type)], fault: action === 'Import' && !retain ? 'unsafe' : 'none' };
}

/** Names stand for what is there now, unless it is about to become another thing. */
function scopeOfFates(now: Scope, stack: SimulatedStack, fates: ReadonlyMap<string, Fate>): Scope {
  const fate = (id: string): Fate => fates.get(id) ?? 'same';
  return {
    ref: (name) => (['added', 'replaced', 'perhaps replaced'].includes(fate(name)) ? `${LATER} ${name}` : now.ref(name)),
    attribute: (id, name) =>
      fate(id) !== 'same' || stack.resources[id] === undefined ? `${LATER} ${id}.${name}` : now.attribute(id, name),
  };
}

function modification(existing: SimulatedResource, properties: JsonObject, definition: ResourceDefinition): Verdict {
  const names = [...new Set([...Object.keys(existing.properties), ...Object.keys(properties)])];
  const changed = names.filter((name) => !isDeepStrictEqual(existing.properties[name], properties[name]));
  if (changed.length === 0) return { fate: 'same', change: [], fault: 'none' };
  const replacing = changed.filter((name) => replaces(existing.type, name));
  const certain = replacing.some((name) => !isLater(properties[name]));
  const replacement = certain ? 'True' : replacing.length > 0 ? 'Conditional' : 'False';
  const fates = { True: 'replaced', Conditional: 'perhaps replaced', False: 'modified' } as const;
  const policy = replacement !== 'False' && definition.retainReplaced ? 'Retain' : 'Delete';
  const base = change('Modify', existing.id, existing.type);
  return {
    fate: fates[replacement],
    change: [{ ...base, physicalId: { kind: 'given', value: existing.physicalId }, replacement, policy, properties: changed }],
    fault: 'none',
  };
}

function change(action: ChangeSetChange['action'], id: string, type: string): ChangeSetChange {
  return { action, id, type, physicalId: { kind: 'none' }, replacement: 'False', policy: 'Delete', properties: [] };
}

function removal({ id, type, physicalId, retain }: SimulatedResource): ChangeSetChange {
  const base = change('Remove', id, type);
  return { ...base, physicalId: { kind: 'given', value: physicalId }, policy: retain ? 'Retain' : 'Delete' };
}
