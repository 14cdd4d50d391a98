import type { Problems } from '../../problems.js';
import { parseImageReference } from '../image.js';
import { didYouMean } from '../nearest.js';
import type { ScalarNode, YamlNode } from '../yaml/node.js';
import { fields, listOf } from './form-readers.js';
import { command } from './key-command.js';
import { environment } from './key-environment.js';
import { health } from './key-health.js';
import { comparableName, PROCESS_NAME, PROCESS_NAME_RULE } from './process-names.js';
import { memory, wholeNumber } from './quantity-readers.js';
import { asMap, asScalar, type Reader } from './reader.js';
import { boolean } from './scalar-readers.js';
import type { DependencyCondition, SidecarValues, WrittenDependency, WrittenSidecar } from './written-process.js';

const image: Reader<SidecarValues['image']> = {
  read(node, what, problems) {
    const scalar = asScalar(node, what, 'an image reference', problems);
    if (scalar === undefined) return undefined;
    const parsed = parseImageReference(scalar.text, scalar.place, problems);
    return parsed.kind === 'given' ? parsed.value : undefined;
  },
  schema: { type: 'string' },
};

const CONDITIONS = new Map<string, DependencyCondition>([
  ['start', 'START'],
  ['healthy', 'HEALTHY'],
  ['complete', 'COMPLETE'],
  ['success', 'SUCCESS'],
]);
const CONDITION_WORDS = [...CONDITIONS.keys()];

/** `depends_on`: a list of containers, or a map of container and condition. */
const dependsOn: Reader<readonly WrittenDependency[]> = {
  read(node, what, problems) {
    if (node.kind === 'list') {
      return node.items.flatMap((item): WrittenDependency[] => {
        const name = asScalar(item, what, 'the name of a container', problems);
        return name === undefined ? [] : [{ container: name.text, condition: 'START', place: name.place }];
      });
    }
    const map = asMap(node, what, 'a list of containers, or a map of container and condition', problems);
    return map?.entries.flatMap(({ key, value }): WrittenDependency[] => {
      const condition = readCondition(value, `${what}.${key.text}`, problems);
      return condition === undefined ? [] : [{ container: key.text, condition, place: key.place }];
    });
  },
  schema: {
    anyOf: [
      { type: 'array', items: { type: 'string' } },
      { type: 'object', additionalProperties: { enum: CONDITION_WORDS } },
    ],
  },
};

function readCondition(node: YamlNode, what: string, problems: Problems): DependencyCondition | undefined {
  const scalar = asScalar(node, what, CONDITION_WORDS.join(', '), problems);
  if (scalar === undefined) return undefined;
  const condition = CONDITIONS.get(scalar.text.toLowerCase());
  if (condition === undefined) {
    problems.error('sidecar-condition', scalar.place, `\`${scalar.text}\` is not a condition`, {
      given: scalar.text,
      allowed: CONDITION_WORDS.join(', '),
      hint: didYouMean(scalar.text, CONDITION_WORDS, 'write `start`'),
    });
  }
  return condition;
}

const settings = fields<SidecarValues>(
  {
    image,
    command,
    environment,
    ports: listOf(wholeNumber(1, 65_535), 'a list of container ports'),
    health,
    essential: boolean,
    cpu: wholeNumber(1, 16_384),
    memory: memory(6, 122_880),
    depends_on: dependsOn,
  },
  ['image'],
);

/** `sidecars`: containers beside the process. */
export const sidecars: Reader<readonly WrittenSidecar[]> = {
  read(node, what, problems) {
    const map = asMap(node, what, 'a map of names and containers', problems);
    if (map === undefined) return undefined;
    const taken = new Set<string>();
    const found: WrittenSidecar[] = [];
    for (const { key, value } of map.entries) {
      if (!acceptsName(key, taken, problems)) continue;
      const keys = settings.read(value, `${what}.${key.text}`, problems);
      if (keys === undefined) continue;
      refuseHealth(keys.health, `${what}.${key.text}.health`, problems);
      found.push({ name: key.text, place: key.place, keys });
    }
    return found.sort((a, b) => (a.name < b.name ? -1 : 1));
  },
  schema: { type: 'object', patternProperties: { [PROCESS_NAME.source]: settings.schema }, additionalProperties: false },
};

function acceptsName(key: ScalarNode, taken: Set<string>, problems: Problems): boolean {
  const valid = PROCESS_NAME.test(key.text) && !taken.has(comparableName(key.text));
  if (!valid) {
    problems.error('sidecar-name', key.place, `\`${key.text}\` cannot be the name of a sidecar`, {
      given: key.text,
      allowed: `${PROCESS_NAME_RULE}; unique without \`_\` and \`-\``,
      hint: 'rename the sidecar',
    });
  }
  taken.add(comparableName(key.text));
  return valid;
}

/** A sidecar has only the container's own check; path and codes belong to the load balancer. */
function refuseHealth(written: { readonly value: SidecarValues['health'] } | undefined, what: string, problems: Problems): void {
  for (const name of ['path', 'codes', 'healthy'] as const) {
    const odd = written?.value[name];
    if (odd === undefined) continue;
    problems.error('sidecar-health', odd.place, `\`${what}\` is a check inside the container, so it has no ${name}`, {
      given: `${odd.value}`,
      allowed: 'command, interval, timeout, unhealthy, grace',
      hint: 'write `health: {command: …}`',
    });
  }
}
