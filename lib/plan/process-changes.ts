import type { Json, JsonObject } from '../model/json.js';
import type { ProcessChange, ResourceChange } from '../model/plan.js';
import type { PinnedReference } from '../model/release.js';
import type { PlanWords } from './input.js';
import { maskedWords } from './masked.js';
import { type ProcessFacts, text } from './process-facts.js';
import { listAt, objectAt, sameJson } from './template-json.js';

/** What changes for a process that was there and stays, in the words of its manifest files first. */
export function processChanges(
  before: ProcessFacts,
  after: ProcessFacts,
  resources: readonly ResourceChange[],
  words: PlanWords,
): ProcessChange[] {
  const pair = (kind: 'size' | 'count' | 'schedule'): ProcessChange[] =>
    before[kind] === after[kind] ? [] : [{ kind, before: before[kind], after: after[kind] }];
  return [
    ...images(before, after, words),
    ...commands(before, after, words),
    ...named('variables', 'Environment', before, after),
    ...named('secrets', 'Secrets', before, after),
    ...pair('size'),
    ...pair('count'),
    ...pair('schedule'),
    ...others(resources),
  ];
}

/** What a new process is, as changes from nothing: their `before` is empty. */
export function introduced({ containers, size, count, schedule }: ProcessFacts, words: PlanWords): ProcessChange[] {
  const own = containers.flatMap((container): ProcessChange[] => {
    const image = imageName(container['Image'], words.references.after);
    const command = 'Command' in container ? maskedWords(listAt(container['Command']), words) : OWN_COMMAND;
    return [
      { kind: 'image', container: text(container['Name']), before: '', after: image },
      { kind: 'command', before: '', after: command },
    ];
  });
  const facts = [
    { kind: 'size', before: '', after: size },
    { kind: 'count', before: '', after: count },
    { kind: 'schedule', before: '', after: schedule },
  ] as const;
  return [...own.slice(0, 2), ...facts.filter(({ after }) => after !== '')];
}

const OWN_COMMAND = "(the image's own)";

const containersOf = ({ containers }: ProcessFacts): Map<string, JsonObject> =>
  new Map(containers.map((container) => [text(container['Name']), container]));

function images(before: ProcessFacts, after: ProcessFacts, { references }: PlanWords): ProcessChange[] {
  const now = containersOf(after);
  return [...containersOf(before)].flatMap(([container, old]): ProcessChange[] => {
    const other = now.get(container);
    if (other === undefined || sameJson(old['Image'], other['Image'])) return [];
    const names = [imageName(old['Image'], references.before), imageName(other['Image'], references.after)] as const;
    return [{ kind: 'image', container, before: names[0], after: names[1] }];
  });
}

/** `remind101/acme-inc:v1@sha256:…`: the reference as written beside what decides. */
function imageName(image: Json | undefined, references: readonly PinnedReference[]): string {
  const name = text(image);
  const at = name.indexOf('@');
  if (at === -1) return name;
  const digest = name.slice(at + 1);
  const repository = name.slice(0, at);
  const own = ({ reference }: PinnedReference): boolean =>
    reference === repository || reference.startsWith(`${repository}:`) || reference.startsWith(`${repository}@`);
  const written = references.find((reference) => reference.digest === digest && own(reference))?.reference;
  return written === undefined || written.includes('@') ? (written ?? name) : `${written}@${digest}`;
}

function commands(before: ProcessFacts, after: ProcessFacts, words: PlanWords): ProcessChange[] {
  const now = containersOf(after);
  return [...containersOf(before)].flatMap(([name, old]): ProcessChange[] => {
    const other = now.get(name);
    if (other === undefined || sameJson(old['Command'], other['Command'])) return [];
    const command = (of: JsonObject): string => ('Command' in of ? maskedWords(listAt(of['Command']), words) : OWN_COMMAND);
    return [{ kind: 'command', before: command(old), after: command(other) }];
  });
}

/** Names of variables or secrets, of all containers together; a value never appears. */
function named(kind: 'variables' | 'secrets', property: string, before: ProcessFacts, after: ProcessFacts): ProcessChange[] {
  const [old, now] = [valuesOf(property, before), valuesOf(property, after)];
  const added = [...now.keys()].filter((name) => !old.has(name)).sort();
  const removed = [...old.keys()].filter((name) => !now.has(name)).sort();
  const changed = [...now]
    .filter(([name, value]) => old.has(name) && old.get(name) !== value)
    .map(([name]) => name)
    .sort();
  return added.length + removed.length + changed.length === 0 ? [] : [{ kind, added, changed, removed }];
}

function valuesOf(property: string, { containers }: ProcessFacts): Map<string, string> {
  const values = new Map<string, string>();
  for (const container of containers) {
    for (const entry of listAt(container[property]).map(objectAt)) {
      const name = text(entry['Name']);
      values.set(name, `${values.get(name) ?? ''}\n${text(container['Name'])}=${text(entry['Value'] ?? entry['ValueFrom'])}`);
    }
  }
  return values;
}

/** Property paths that the kinds above say already. */
const SAID = [
  /^ContainerDefinitions\/\d+\/(?:Image|Command)(?:\/|$)/,
  /^ContainerDefinitions\/\d+\/(?:Environment|Secrets)(?:\/|$)/,
  /^(?:Cpu|Memory|DesiredCount|MinCapacity|MaxCapacity|ScheduleExpression|ScheduleExpressionTimezone|State)$/,
  /^Target\/EcsParameters\/TaskCount$/,
  /^ForceNewDeployment(?:\/|$)/,
  /^DependsOn$/,
];

/** Anything else, once per top-level property; what only follows a new revision goes without saying. */
function others(resources: readonly ResourceChange[]): ProcessChange[] {
  const found = resources.flatMap(({ id, action, properties }) => {
    if (action !== 'modify') return [{ resource: id, property: action === 'add' ? 'new' : 'removed' }];
    return properties
      .filter(({ path, before, after }) => !sameGiven(before, after) && !SAID.some((said) => said.test(path)))
      .map(({ path }) => ({ resource: id, property: topProperty(path) }));
  });
  const once = new Map(found.map((one) => [`${one.resource} ${one.property}`, one]));
  return [...once.values()].map((one) => ({ kind: 'other', ...one }));
}

/** `ContainerDefinitions/0/StopTimeout` → `StopTimeout`. */
const topProperty = (path: string): string => path.replace(/^ContainerDefinitions\/\d+\/([^/]+).*/, '$1').split('/')[0] as string;

const sameGiven = (
  a: ResourceChange['properties'][number]['before'],
  b: ResourceChange['properties'][number]['after'],
): boolean => a.kind === 'given' && b.kind === 'given' && sameJson(a.value, b.value);
