import type { Place } from '../../model/problem.js';
import type { Problems } from '../../problems.js';
import { didYouMean } from '../nearest.js';
import type { YamlNode } from '../yaml/node.js';
import { fields } from './form-readers.js';
import { asList, isNotGiven, type Reader, refuseForm } from './reader.js';
import type { Protocol, WrittenPort } from './written-process.js';

const PROTOCOLS = ['http', 'https', 'tcp', 'tls'] as const;
const FORM = 'a port `80`, a pair `"80:8080"` (load balancer : container), or `"5678": {protocol: tcp}`';

const protocol: Reader<Protocol> = {
  read(node, what, problems) {
    if (node.kind !== 'scalar' || node.isNull) return refuseForm(node, what, PROTOCOLS.join(', '), problems);
    const written = node.text === 'ssl' ? 'tls' : node.text;
    const found = PROTOCOLS.find((name) => name === written);
    if (found === undefined) {
      problems.error('port-protocol', node.place, `\`${node.text}\` is not a protocol of a port`, {
        given: node.text,
        allowed: PROTOCOLS.join(', '),
        hint: didYouMean(node.text, PROTOCOLS, 'use `tcp` for what is not HTTP'),
      });
    }
    return found;
  },
  schema: { enum: [...PROTOCOLS, 'ssl'] },
};

const settings = fields<{ protocol: Protocol }>({ protocol });

/** `ports`: what the load balancer listens on, and where the container does. */
export const ports: Reader<readonly WrittenPort[]> = {
  read(node, what, problems) {
    const list = asList(node, what, 'a list of ports', problems);
    if (list === undefined) return undefined;
    const before = problems.all.length;
    const found = list.items.flatMap((item, index) => readPort(item, `${what}[${index}]`, problems));
    refuseTwice(found, problems);
    if (problems.all.length === before) refuseMixed(found, node.place, problems);
    return found;
  },
  schema: {
    type: 'array',
    items: {
      anyOf: [
        { type: 'integer', minimum: 1, maximum: 65535 },
        { type: 'string', pattern: '^[0-9]{1,5}(:[0-9]{1,5})?$' },
        {
          type: 'object',
          patternProperties: { '^[0-9]{1,5}(:[0-9]{1,5})?$': { anyOf: [settings.schema, { type: 'null' }] } },
          additionalProperties: false,
        },
      ],
    },
  },
};

function readPort(node: YamlNode, what: string, problems: Problems): WrittenPort[] {
  if (node.kind === 'scalar' && !node.isNull) return pair(node.text, undefined, node.place, problems);
  if (node.kind !== 'map' || node.entries.length === 0) {
    refuseForm(node, what, FORM, problems);
    return [];
  }
  return node.entries.flatMap(({ key, value }) => {
    const given = isNotGiven(value) ? {} : settings.read(value, `${what}.${key.text}`, problems);
    return given === undefined ? [] : pair(key.text, given.protocol?.value, key.place, problems);
  });
}

function pair(text: string, named: Protocol | undefined, place: Place, problems: Problems): WrittenPort[] {
  const match = /^([0-9]{1,9})(?::([0-9]{1,9}))?$/.exec(text);
  const balancer = Number(match?.[1]);
  const container = Number(match?.[2] ?? match?.[1]);
  if (match === null || !isPort(balancer) || !isPort(container)) {
    problems.error('port-format', place, `\`${text}\` is not a port`, {
      given: text,
      allowed: '1-65535, alone or as `load balancer:container`',
      hint: 'write a port such as `80` or a pair such as `"80:8080"`',
    });
    return [];
  }
  return [{ balancer, container, protocol: named ?? protocolOf(balancer), place }];
}

const isPort = (value: number): boolean => value >= 1 && value <= 65535;

function protocolOf(balancer: number): Protocol {
  if (balancer === 80 || balancer === 8080) return 'http';
  return balancer === 443 ? 'https' : 'tcp';
}

export const isHttp = (port: WrittenPort): boolean => port.protocol === 'http' || port.protocol === 'https';

function refuseTwice(found: readonly WrittenPort[], problems: Problems): void {
  const seen = new Set<number>();
  for (const port of found) {
    if (seen.has(port.balancer)) {
      problems.error('port-twice', port.place, `port ${port.balancer} is written twice`, {
        given: `${port.balancer}`,
        hint: 'remove one of the two',
      });
    }
    seen.add(port.balancer);
  }
}

function refuseMixed(found: readonly WrittenPort[], place: Place, problems: Problems): void {
  const odd = found.find((port) => isHttp(port) !== isHttp(found[0] as WrittenPort));
  if (odd === undefined) return;
  problems.error('port-mixed', odd.place.kind === 'point' ? odd.place : place, 'one process may not have http and tcp ports', {
    given: found.map((port) => `${port.balancer} ${port.protocol}`).join(', '),
    allowed: 'only http and https, or only tcp and tls',
    hint: 'split it into two processes, or name the protocol: `"8000": {protocol: http}`',
  });
}
